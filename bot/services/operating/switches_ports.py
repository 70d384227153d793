"""The repository of switches, as use cases see it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.switches import SwitchChange


class SwitchStore(Protocol):
    """Switches and their history."""

    def off(self) -> Mapping[str, SwitchChange]:
        """Return the switches that are off now, by name."""

    def history(self, limit: int) -> Sequence[SwitchChange]:
        """Return the latest changes, newest first."""

    def add(self, change: SwitchChange) -> bool:
        """Write a change; False when the switch stands that way already."""
