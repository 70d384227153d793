"""What frozen matters need from the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.freezes import Freeze


class FreezeStore(Protocol):
    """Frozen matters; a freeze is kept after it is lifted."""

    def standing(self) -> Sequence[Freeze]:
        """Return the freezes that nobody has lifted, newest first; some may have run out."""

    def history(self, limit: int) -> Sequence[Freeze]:
        """Return the latest freezes, lifted ones as well."""

    def add(self, freeze: Freeze) -> None:
        """Write a freeze; its id is given by the store."""

    def lift(self, matter_id: str, *, by: str, now: datetime) -> bool:
        """Lift every standing freeze of a matter; tells whether there was one."""
