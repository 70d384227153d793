"""The local day of a moment; everything stored is UTC, everything counted is local."""

from datetime import date, datetime, time, timezone
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def local_day(moment: datetime) -> date:
    """Return the local date of an aware moment."""
    return moment.astimezone(LOCAL).date()


def at_local(day: date, moment: time) -> datetime:
    """Return the UTC moment of a local day and time of day."""
    return datetime.combine(day, moment, LOCAL).astimezone(timezone.utc)
