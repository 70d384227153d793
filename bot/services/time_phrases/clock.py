"""The time of day in a phrase; part of `time_phrases`."""

import enum
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

CHINESE_DIGITS = "零一二三四五六七八九"

NUMBER = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
"""Pattern of a number up to 99 in either script."""

HOUR = (
    r"(?:(?<!\d)(?:[01]?\d|2[0-4])|(?<![周期])二十[一二三四]?"
    "|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
)
"""Pattern of an hour; 周五九点 is nine and 周二十点 is ten o'clock."""

CLOCK = re.compile(
    rf"(?P<hour>{HOUR})(?:(?:点|时(?!间))钟?|:)"
    rf"(?P<minute>半|一刻|三刻|零[一二三四五六七八九]分?|{NUMBER}分?)?(?:钟|左右)?"
)
UNTIL = re.compile(
    rf"(?:(?<!不)到|至|-|~|—)(?:上午|中午|下午|晚上)?{NUMBER}(?:点|:)(?:半|一刻|三刻|{NUMBER}分?)?"
)
SPAN = re.compile(rf"(?<![\d月./周期-])(?P<from>{HOUR})(?=(?:到|至|-|~|—|、){HOUR}点)")
"""An hour whose 点 is only said behind the later one: 9-10点, 九到十点."""

FEW_HOURS = re.compile(
    "(?<![初十零周期二三四五六七八九一两])(?P<from>[一二三四五六七八两](?=[二三四五六七八九]点)"
    "|九(?=十点))(?!.点半)"
)
"""两三点: between two hours, of which the earlier is read."""

AFTER_PART = re.compile(rf"(?<=[午上])(?P<from>{HOUR})[-~—](?P<to>{HOUR})(?![\d点:])")
"""下午2-4, without its 点."""

SHORT_OF = re.compile(
    rf"差(?P<before>一刻|{NUMBER}分?)钟?(?:到|不到)?(?P<hour>{HOUR})点钟?"
    rf"|(?P<hour_first>{HOUR})点钟?差(?P<after>一刻|{NUMBER}分)钟?"
)
"""A time told by what is missing to the hour: 差一刻十点, 九点差五分."""
IN_HOURS = re.compile(
    rf"(?P<hours>半|{NUMBER})个?(?P<half>半)?(?:小时|钟头)(?:之后|以后|后)"
    rf"|(?:(?:再|等)?过|再?等)(?P<past>半|{NUMBER})个?(?P<past_half>半)?(?:小时|钟头)"
)
IN_MINUTES = re.compile(
    rf"(?P<n>{NUMBER})(?P<unit>分钟?|刻钟)(?:之后|以后|后)|(?:(?:再|等)?过"
    rf"|再?等)(?P<past>{NUMBER})(?P<of>分钟|刻钟)"
)
BETWEEN = re.compile("[一二三四五六七八九两][一二三四五六七八九两]点|十[来几]点|点来钟")
"""A time between two hours: 两三点, 十来点."""
AT_ONCE = re.compile("(?:现在|马上|立刻|这会儿)(?!就?(?:约|预约|想约|要约))")
NOON_FROM, AFTERNOON_FROM, EVENING_FROM = 11, 13, 18
"""Hours at which the parts of the day begin, for naming a given time."""
BARE_AFTERNOON_HOURS = range(1, 7)
"""A bare 三点 is three in the afternoon: nobody is served at night. Marked ambiguous."""


class PartOfDay(enum.Enum):
    """A part of the day; the value is what applicants read."""

    MORNING = "上午"
    NOON = "中午"
    AFTERNOON = "下午"
    EVENING = "晚上"


BOUND = re.compile("^(?:之前|以前|前(?!天)|之后|以后|后(?!天)|左右)")
"""What stands behind a time of day and must not be left to the words for the day: 11点[前]."""

PART_BOUND = re.compile("(?<= )(?:之前|以前|前(?!天)|之后|以后|过后|后(?!天)|左右|那会儿?|的时候)")
"""What stands behind a part of the day that is taken away: 中午[之前]."""

TEN_OR_SO = re.compile("十[来几多]点")

PARTS = (
    (
        re.compile("(?:下班|收工|晚饭)(?:以后|之后|后)|晚上|夜里|夜间|傍晚|晚间"),
        PartOfDay.EVENING,
    ),
    (
        re.compile(
            "(?:下班|收工|放学|晚饭)(?:以前|之前|前)|(?:放学|午饭|午休|中午)(?:以后|之后|过后"
            "|后)|下午|午后|"
            "(?:快|临)(?:下班|收工)|吃(?:完|过|罢|了)(?:中?午)?饭|睡[完醒起了]*午觉"
        ),
        PartOfDay.AFTERNOON,
    ),
    (re.compile("中午|正午"), PartOfDay.NOON),
    (
        re.compile(
            "上午|早上|早晨|清早|(?<![周期])一大?早|凌晨|午前|天一?亮|(?:吃?完?过?了?早饭"
            "|送完孩子)(?:以后|之后|后)?|(?:上班|午饭)(?:以前|之前|前)|(?:一|刚)(?:开门"
            "|上班)(?!就?忙)|上班(?:时候?|那会)"
        ),
        PartOfDay.MORNING,
    ),
)
"""Words for parts of the day; the first that is found first in the text counts."""


@dataclass(frozen=True)
class Clock:
    """The time of day that was said.

    Attributes:
        at: Time of day, None when only a part of the day or nothing was said.
        part_of_day: The part that was said, or in which `at` lies.
        on: The day, only for times told from now (一小时后, 现在).
        ambiguous: The hour was said without the part of the day and could be another.
    """

    at: time | None = None
    part_of_day: PartOfDay | None = None
    on: date | None = None
    ambiguous: bool = False


def read_clock(words: str, local: datetime) -> tuple[Clock, str]:
    """Return the time of day in `words`, and `words` without it.

    Args:
        words: A normalised phrase.
        local: Now, in Asia/Shanghai.
    """
    told = _from_now(words, local)
    if told is not None:
        return told
    words = AFTER_PART.sub(r"\g<from>点到\g<to>点", SPAN.sub(r"\g<from>点", words))
    rest = UNTIL.sub("", FEW_HOURS.sub(_earlier, TEN_OR_SO.sub("十点", words)))
    part = _part_said(rest)
    for pattern, _ in PARTS:
        rest = pattern.sub(" ", rest)
    rest = PART_BOUND.sub(" ", rest)
    short_of = SHORT_OF.search(rest)
    match = short_of or CLOCK.search(rest)
    if match is None:
        return Clock(part_of_day=part), rest.strip()
    hour, minute = _short_of(match) if short_of else _told(match)
    rest = (rest[: match.start()] + BOUND.sub("", rest[match.end() :])).strip()
    ambiguous = (part is None and hour in BARE_AFTERNOON_HOURS) or bool(BETWEEN.search(words))
    if hour < 12 and _is_after_noon(hour, part):  # noqa: PLR2004
        hour += 12
    try:
        at = time(hour % 24, minute)
    except ValueError:
        return Clock(part_of_day=part), rest
    return Clock(at, part or part_of(at), ambiguous=ambiguous), rest


def _earlier(found: re.Match[str]) -> str:
    """Return the earlier of two hours, with its 点: 两点 for 两三点."""
    return f"{found['from']}点到"


def _part_said(words: str) -> PartOfDay | None:
    """Return the part of the day right before the time, else the first: 上午赶集，下午三点."""
    found = [(m.start(), m.end(), part) for p, part in PARTS for m in p.finditer(words)]
    beside = (part for _, end, part in found if CLOCK.match(words, end))
    first = min(found, key=lambda one: one[0])[2] if found else None
    hour = CLOCK.search(words)
    is_late = hour is not None and chinese_number(hour["hour"]) in BARE_AFTERNOON_HOURS
    if first is PartOfDay.MORNING and is_late:
        first = None  # 周四上午过去，三点前办完
    return next(beside, first)


def part_of(at: time) -> PartOfDay:
    """Return the part of the day a time lies in."""
    if at.hour < NOON_FROM:
        return PartOfDay.MORNING
    if at.hour < AFTERNOON_FROM:
        return PartOfDay.NOON
    return PartOfDay.AFTERNOON if at.hour < EVENING_FROM else PartOfDay.EVENING


def chinese_number(text: str) -> int:
    """Return the value of a number up to 99 in Chinese or Arabic script."""
    if text.isdigit():
        return int(text)
    text = text.replace("两", "二")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(CHINESE_DIGITS.index(c)) for c in ones))
    value = CHINESE_DIGITS.index(tens[-1]) * 10 if tens else 10
    return value + (CHINESE_DIGITS.index(ones[-1]) if ones else 0)


def _from_now(words: str, local: datetime) -> tuple[Clock, str] | None:
    match = IN_HOURS.search(words)
    minutes = IN_MINUTES.search(words)
    if minutes:
        each = 15 if "刻" in (minutes["unit"] or minutes["of"]) else 1
        moment = local + timedelta(minutes=each * chinese_number(minutes["n"] or minutes["past"]))
        rest = words.replace(minutes[0], "")
    elif match:
        said = match["hours"] or match["past"]
        hours = 0.5 if said == "半" else chinese_number(said)
        half = match["half"] or match["past_half"]
        moment = local + timedelta(hours=hours + (0.5 if half else 0))
        rest = words.replace(match[0], "")
    elif AT_ONCE.search(words) and not CLOCK.search(words):
        moment, rest = local, AT_ONCE.sub("", words)
    else:
        return None
    at = moment.time().replace(second=0, microsecond=0)
    return Clock(at, part_of(at), on=moment.date()), rest


def _told(match: re.Match[str]) -> tuple[int, int]:
    return chinese_number(match["hour"]), _minute(match["minute"])


def _short_of(match: re.Match[str]) -> tuple[int, int]:
    """Return hour and minute of 差一刻十点; hour -1 for what is missing to midnight."""
    hour = chinese_number(match["hour"] or match["hour_first"])
    missing = _minute(match["before"] or match["after"])
    return divmod(hour * 60 - missing, 60)


def _minute(text: str | None) -> int:
    fixed = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
    return fixed[text] if text in fixed else chinese_number(str(text).rstrip("分"))


def _is_after_noon(hour: int, part: PartOfDay | None) -> bool:
    if part is None:
        return hour in BARE_AFTERNOON_HOURS
    if part is PartOfDay.NOON:
        return hour < NOON_FROM
    return part in (PartOfDay.AFTERNOON, PartOfDay.EVENING)
