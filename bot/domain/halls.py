"""Where and how help is given: halls, ways of service, and the hours of a day.

Halls and hours are settings of the operator, not facts of the catalogue: nothing official was found
for them, so an address that nobody has entered stays empty and is said to be so.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bot.domain.errors import BotError

LOCAL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Local time; a fixed offset, because China has had no summer time since 1991."""

ADDRESS_UNKNOWN = "地址以大厅公布为准"
"""Said in place of an address that the operator has not entered."""


class BadServiceSetting(BotError):
    """A setting of the operator (halls, slots, hours) cannot be understood."""


class Mode(enum.Enum):
    """How a helper meets the applicant."""

    WINDOW = "window"
    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"


MODE_TITLES: Mapping[Mode, str] = {
    Mode.WINDOW: "窗口",
    Mode.ON_SITE: "上门",
    Mode.PHONE: "电话",
    Mode.VIDEO: "视频",
}
"""What applicants call each way of service."""


class DayKind(enum.Enum):
    """What a day is on the working calendar."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Hall:
    """A place where the helpers of a district work.

    Attributes:
        district: Code of a county or id of a functional zone, as in the catalogue.
        address: Empty when the operator has not entered it; never guessed.
        phone: As `address`.
        source: Who says so.
    """

    id: str
    district: str
    name: str
    address: str
    phone: str
    source: str

    @property
    def address_text(self) -> str:
        """Return the address, or the honest sentence that it is not known here."""
        return self.address or ADDRESS_UNKNOWN


@dataclass(frozen=True)
class Period:
    """A stretch of one day in local time; the closing minute is already closed."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """Check the order.

        Raises:
            BadServiceSetting: The period is empty or runs backwards.
        """
        if self.opens >= self.closes:
            raise BadServiceSetting(f"{self.opens:%H:%M}-{self.closes:%H:%M} is no period")


@dataclass(frozen=True)
class OfficeHours:
    """When the desk is staffed, by kind of day; a kind that is missing is closed.

    Attributes:
        periods: In order, without overlap.
        districts: Hours of single districts; they replace `periods` as a whole.
        source: Who says so.
    """

    periods: Mapping[DayKind, tuple[Period, ...]]
    districts: Mapping[str, Mapping[DayKind, tuple[Period, ...]]]
    source: str

    def of(self, district: str | None, kind: DayKind) -> tuple[Period, ...]:
        """Return the periods of one day, empty when closed."""
        own = self.districts.get(district, self.periods) if district else self.periods
        return own.get(kind, ())


def to_local(moment: datetime) -> datetime:
    """Return an aware moment in local time."""
    return moment.astimezone(LOCAL_ZONE)


def at_local(on: date, moment: time) -> datetime:
    """Return the UTC moment of a local date and time of day."""
    return datetime.combine(on, moment, tzinfo=LOCAL_ZONE).astimezone(timezone.utc)
