"""The repository of checks of facts, as use cases see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.fact_checks import FactCheck


class FactCheckStore(Protocol):
    """Checks of facts."""

    def add(self, check: FactCheck) -> None:
        """Write a check."""

    def since(self, moment: datetime) -> Sequence[FactCheck]:
        """Return the checks made at or after `moment`, in the order they were made."""
