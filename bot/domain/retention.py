"""How long personal data is kept, by class."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


class RetentionClass(enum.Enum):
    """What is kept equally long; see `bot/store/personal.py` for the columns."""

    CONVERSATION = "conversation"
    BOOKING = "booking"
    TICKET = "ticket"
    FEEDBACK = "feedback"
    CASE = "case"
    ACCOUNT = "account"


@dataclass(frozen=True)
class RetentionRule:
    """One class.

    Attributes:
        days: Counted from the last thing that happened; 0 keeps it for good.
        title: What staff read.
        then: What happens when the days are over, for staff.
    """

    days: int
    title: str
    then: str

    def before(self, now: datetime) -> datetime | None:
        """Return the moment before which things are over, None when they never are."""
        return now - timedelta(days=self.days) if self.days else None


RetentionRules = Mapping[RetentionClass, RetentionRule]
