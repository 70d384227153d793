"""The operator's rules of cases: colours, escalation, quiet hours, digest; read from `data/`."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.cases import CaseState
from bot.domain.people import Role


class Colour(enum.Enum):
    """How near the due day a case is."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    """The clock stands or has ended, or there is no limit."""


def colour_on(today: date, yellow_on: date | None, red_on: date | None) -> Colour:
    """Return the colour on a local day."""
    if red_on is None:
        return Colour.GREY
    if today >= red_on:
        return Colour.RED
    return Colour.YELLOW if yellow_on is not None and today >= yellow_on else Colour.GREEN


@dataclass(frozen=True)
class ColourRule:
    """When a running case turns yellow and red.

    Attributes:
        yellow_days_left: Yellow when so many working days or fewer are left.
        yellow_share_left: Or when this share of the limit or less is left, 0 to 1.
        red_days_left: Red when so many working days or fewer are left; -1 means overdue.
    """

    yellow_days_left: int
    yellow_share_left: float
    red_days_left: int

    def yellow_from(self, limit: int) -> int:
        """Return the working days left at which a limit turns yellow."""
        return max(self.yellow_days_left, int(limit * self.yellow_share_left))

    def colour(self, days_left: int, limit: int) -> Colour:
        """Return the colour of a running case by the working days left of its limit."""
        if days_left <= self.red_days_left:
            return Colour.RED
        return Colour.YELLOW if days_left <= self.yellow_from(limit) else Colour.GREEN


@dataclass(frozen=True)
class Escalation:
    """One level to which an overdue case goes by itself.

    Attributes:
        after_working_days: Working days after the due day, >= 1.
        role: Who has it then.
        name: Of that role, in Chinese, for history and applicants.
    """

    after_working_days: int
    role: Role
    name: str


@dataclass(frozen=True)
class Pause:
    """Why a state is not counted.

    Attributes:
        text: In Chinese, for applicants.
        source: Law or rule.
        verified: False when nobody has found it at its source; say so.
    """

    text: str
    source: str
    verified: bool


@dataclass(frozen=True)
class QuietHours:
    """Local times between which nobody is told anything; `begins` is in the evening."""

    begins: time
    ends: time

    def covers(self, local: datetime) -> bool:
        """Tell whether the local moment lies in the quiet hours."""
        now = local.time()
        return now >= self.begins or now < self.ends


@dataclass(frozen=True)
class DigestRule:
    """When news are put together.

    Attributes:
        over_cases: More cases than this that move on one day are told together.
        at: Local time of the digest.
    """

    over_cases: int
    at: time

    def next_after(self, local: datetime) -> datetime:
        """Return the next moment of the digest, local."""
        today = datetime.combine(local.date(), self.at, local.tzinfo)
        return today if local < today else today + timedelta(days=1)


@dataclass(frozen=True)
class CaseRules:
    """Everything about cases that an official decides.

    Attributes:
        escalations: By rising level; the first is level 1.
        reply_working_days: Working days in which a department answers an urge.
        pauses: Why each state with a standing clock is not counted.
        happening: What happens now in each state, for applicants.
    """

    colours: ColourRule
    escalations: tuple[Escalation, ...]
    reply_working_days: int
    pauses: Mapping[CaseState, Pause]
    happening: Mapping[CaseState, str]
    quiet: QuietHours
    digest: DigestRule


@dataclass(frozen=True)
class Stamp:
    """Due dates of a case, stored when they change; all are local dates.

    Attributes:
        due_on: Last day on time by the promised limit, else by the statutory one; before the
            acceptance the last day for accepting. None when nothing is due.
        statutory_due_on: By the statutory limit.
        is_provisional: A day on the way has no official calendar yet.
        yellow_on: First yellow day.
        red_on: First red day.
        escalate_on: Day on which the next level is told.
        key: Fingerprint of the rules and the calendar that it was counted with.
    """

    due_on: date | None
    statutory_due_on: date | None
    is_provisional: bool
    yellow_on: date | None
    red_on: date | None
    escalate_on: date | None
    key: str
