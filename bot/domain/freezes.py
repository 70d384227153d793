"""A matter frozen by staff: a rule has changed, and nothing is promised until it is clear again."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.errors import BotError

MAX_REASON_LENGTH = 200


@dataclass(frozen=True)
class Freeze:
    """One freeze of one matter, kept after it is lifted.

    Attributes:
        reason: Shown to applicants (Chinese).
        until: Last local day on which it holds; None until somebody lifts it.
        frozen_by: "agent:3" or "operator" (the command line).
        lifted_at: When somebody lifted it; None while it stands or after it ran out.
        lifted_by: As `frozen_by`.
    """

    id: int
    matter_id: str
    reason: str
    until: date | None
    frozen_at: datetime
    frozen_by: str
    lifted_at: datetime | None = None
    lifted_by: str | None = None

    def holds(self, today: date) -> bool:
        """Tell whether the matter is frozen on this local day."""
        return self.lifted_at is None and (self.until is None or today <= self.until)


class MatterFrozen(BotError):
    """The matter is frozen: nothing is handed in now.

    Attributes:
        freeze: Why and until when.
    """

    def __init__(self, freeze: Freeze) -> None:
        super().__init__(f"{freeze.matter_id} is frozen")
        self.freeze = freeze


class BadFreeze(BotError):
    """The reason is empty or too long, or the last day has passed."""


class NotFrozen(BotError):
    """There is nothing to lift."""
