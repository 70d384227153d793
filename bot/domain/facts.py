"""What every fact of the catalogue carries: its origin, when it was checked, how sure it is."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Confidence(Enum):
    """How far a fact may be relied on; `LOW` is always said with 以窗口答复为准."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Provenance:
    """The origin of one fact.

    Attributes:
        source: Law and article, publication or page, as shown to applicants (Chinese).
        verified: The whole fact was found at the source; False means the researcher's own
            knowledge, or a mixture of both.
        checked_on: Local day (Asia/Shanghai) on which somebody last compared fact and source.
        confidence: How far the fact may be relied on.
    """

    source: str
    verified: bool
    checked_on: date
    confidence: Confidence


@dataclass(frozen=True)
class Citation:
    """One entry of a list of sources: a law, a document or a page, found (`verified`) or known."""

    text: str
    verified: bool


class Unit(Enum):
    """Unit of a time limit."""

    IMMEDIATE = "immediate"
    HOUR = "hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    NOT_SPECIFIED = "not_specified"


@dataclass(frozen=True)
class Duration:
    """A time limit as the law or the department words it.

    Attributes:
        value: Number in `unit`; None when the source names none.
        unit: Unit of `value`.
        working_days: The same in working days of 8 hours, for planning; None when unknown.
        provenance: Origin of the limit.
        is_estimate: `working_days` is converted from calendar days (5/7) and must not be used to
            say that a department is late.
        note: What the limit does not cover; "" when there is nothing to add.
    """

    value: float | None
    unit: Unit
    working_days: float | None
    provenance: Provenance
    is_estimate: bool = False
    note: str = ""


@dataclass(frozen=True)
class Fee:
    """What a matter costs.

    Attributes:
        amount_cny: Yuan; 0 means free of charge, None that it depends (see `text`).
        text: The rule in words.
        provenance: Origin of the fee.
    """

    amount_cny: float | None
    text: str
    provenance: Provenance


class Measure(Enum):
    """What a limit counts, with its unit."""

    AREA = "area_m2"
    LENGTH = "length_m"
    MONEY = "money_cny"
    PEOPLE = "people"
    POWER = "power_kw"
    SHARE = "share_percent"
    WEIGHT = "weight_kg"
    YEARS = "years"


@dataclass(frozen=True)
class Limit:
    """What a question of the catalogue means for an amount that somebody tells.

    Attributes:
        measure: What is counted.
        value: From here on it is reached, in the unit of the measure.
        is_above: The value itself is not yet beyond the limit ("4500千克及以下").
        reached: What then follows, in words.
        short: What follows for less, in words.
        settles: Less than it is enough, whatever another limit says ("投资30万元以下或300㎡以下").
    """

    measure: Measure
    value: float
    is_above: bool
    reached: str
    short: str
    settles: bool = False

    def is_reached(self, amount: float) -> bool:
        """Tell whether an amount in the unit of the measure reaches the limit."""
        return amount > self.value if self.is_above else amount >= self.value


@dataclass(frozen=True)
class Faq:
    """One question that people really ask, and its answer.

    Attributes:
        limits: What the answer means for amounts that are told, in the order they are looked at.
    """

    question: str
    answer: str
    provenance: Provenance
    limits: tuple[Limit, ...] = ()
