"""Times, durations and links as agents read them."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.services.times.local_time import LOCAL

WEEKDAYS = "一二三四五六日"
MINUTE_S = 60
HOUR_S = 3600


def clock(moment: datetime) -> str:
    """Return the local time of day, "10:05"."""
    return moment.astimezone(LOCAL).strftime("%H:%M")


def day(moment: datetime) -> str:
    """Return the local date, "11月24日 星期二"."""
    local = moment.astimezone(LOCAL)
    return f"{local.month}月{local.day}日 星期{WEEKDAYS[local.weekday()]}"


def date_of(moment: datetime) -> date:
    """Return the local date of a moment."""
    return moment.astimezone(LOCAL).date()


def date_text(on: date) -> str:
    """Return a date with its weekday, "2026-12-04 周五"."""
    return f"{on.isoformat()} 周{WEEKDAYS[on.weekday()]}"


def moment(at: datetime) -> str:
    """Return the local date and time of day, "2026-11-24 10:05"."""
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")


def iso(moment: datetime) -> str:
    """Return the time for machines, with its zone."""
    return moment.isoformat()


def waited(length: timedelta) -> str:
    """Return a waiting time in words; the same wording as `waited` in `desk.js`."""
    minutes = max(int(length.total_seconds()), 0) // 60
    if minutes < 1:
        return "刚刚进入"
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"已等 {minutes} 分钟"
    return f"已等 {minutes // 60} 小时 {minutes % 60} 分"


def length_of(seconds: float) -> str:
    """Return a length of time in its two largest units, "3 分 20 秒"."""
    whole = round(max(seconds, 0))
    if whole < MINUTE_S:
        return f"{whole} 秒"
    if whole < HOUR_S:
        return f"{whole // MINUTE_S} 分 {whole % MINUTE_S} 秒"
    return f"{whole // HOUR_S} 小时 {whole % HOUR_S // MINUTE_S} 分"


def href(url: str) -> str:
    """Return a link that cannot run anything: http(s) or a path of ours, else "#"."""
    parts = urlsplit(url.strip())
    is_path = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return url.strip() if is_path or parts.scheme in {"http", "https"} else "#"
