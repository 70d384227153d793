"""What has to be known before each answer, read together with the claim of its message."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.meetings import PendingStep
from bot.domain.switches import SwitchChange


@dataclass(frozen=True)
class Looks:
    """What the store said in the transaction that claimed a turn.

    Attributes:
        off: Switches that were off, by name.
        step: What the person was asked for about a talk last, answered or not; None for nothing.
    """

    off: Mapping[str, SwitchChange]
    step: PendingStep | None
