"""Phrases in which a time is taken back for another one; part of `time_phrases`.

明天下午两点，哎不行，改三点吧; 明天上午我没空，下午吧; 周三哦不周四; 九点太早，十点吧.
"""

import re
from datetime import datetime

from bot.services.time_phrases.clock import CLOCK, HOUR, NUMBER, read_clock
from bot.services.time_phrases.months import WEEKDAY
from bot.services.time_phrases.shifted import DayReader
from bot.services.time_phrases.unsuitable import DAY_WORDS, OCCUPIED, TOO_SOON, UNSUITABLE

_PART = "(?:[上下中]午|早上|晚上|傍晚)"
_TIME = rf"(?:{DAY_WORDS}|{_PART}|{HOUR}[点:])"
_BREATH = "[，,。.…啊哎诶呃哦噢呀额嗯、]"
_TAKEN_BACK = (
    "不对|(?:我|俺)?(?:说|打|写|记|输|看|弄|搞|约|选|填)(?:错|岔|反)了?|错了|口误|更正|纠正"
    "|[Ss]orry"
    "|(?<!行)不行|(?<![成中])不[成中]|算了|等(?:[等会]儿?|下(?!周))(?=[，,。…不]|" + _TIME + ")"
    rf"|不是(?=[，,…])|(?<=[点半分])不是(?={HOUR}点)"
    rf"|(?<![要行成中能好可沾得是])不+(?={_BREATH}?{_TIME})"
    rf"|[，,。…](?:呃|额|嗯|那个)[，,。…]+(?={_TIME})"
    rf"|(?<=[吧，,])还是(?={_TIME}.{{0,4}}吧)|(?<=[点半分])还是(?={HOUR}点.{{0,4}}吧)"
    rf"|(?<!还)要不然?(?={HOUR}[点:].{{0,4}}吧)"
    rf"|改(?:成|到|在|为)?(?={HOUR}[点:]|{_PART})"
)
_TOLD_OF_DAY = (
    "(?<=[一二三四五六日天号午])(?:那天)?(?![上下中]午|早|晚|傍)"
    "[^，,。?吧可行能有去约办休好也都或、的选优前后左之以一二三四五六日天号点]{2,8}"
    rf"吧?[，,。?!]+(?={_BREATH}?[那就]?(?:{DAY_WORDS}|{_PART}))"
)
"""What happens on a day, before another one is named: 周三人多，周四吧."""

_UNFIT = (
    rf"(?:我|俺|咱|可能|恐怕|都|就|也|有点)*(?:不[太大怎么]{{1,3}}(?:方便|行|合适)|{UNSUITABLE}"
    rf"|{OCCUPIED}"
    rf"|(?:有[点些])?{TOO_SOON}"
    rf"|(?:还?[得要](?![么不])|去|赶|在)(?!{_TIME})"
    "(?!.{0,2}(?:办|大厅|窗口|你们|拿|取|咨询))"
    rf"[^，,。]{{1,6}}?(?:[，,。]|(?={DAY_WORDS}|{_PART})))"
)
SLIP = re.compile(
    rf"{_BREATH}*(?:{_TAKEN_BACK}|{_UNFIT}|{_TOLD_OF_DAY})"
    rf"(?:{_BREATH}|的话|应该|是|改(?:成|到|在|为)?|换(?:成|到)?|那就?|就|还是|要|约)*"
)
"""Stands between what was a slip, or does not suit, and what is meant."""

FALLBACK = re.compile(
    r"[，,。](?:要是|如果|实在)?(?:不[行成中]|没[号空])(?:的话|那?就|再)+"
    rf"(?=.{{0,2}}{_TIME}).*$"
)
"""What is to be taken where the first does not do: 下午三点，不行的话四点."""

IF = re.compile("要是|如果|万一|假如|除了?|避开|别")
SAID_WRONG = re.compile("[错岔反误正]|不对|不是|不+(?=$|[，,。…])")
MONTH = re.compile(rf"{NUMBER}月")
BARE_DAY = re.compile(rf"^{NUMBER}[日号]")


def put_right(words: str, local: datetime, day_in: DayReader) -> str:
    """Return the words with what is meant in place of the slip, else as they are.

    What is not said anew stays: the day before 改三点吧, the hour before 不对，后天.

    Args:
        words: A normalised phrase.
        local: Now, in Asia/Shanghai.
        day_in: Reads the day in words.
    """
    words = FALLBACK.sub("", words)
    *before, meant = SLIP.split(words)
    wrong = next((part for part in reversed(before) if part), "")
    if not wrong or not meant or IF.search(wrong):
        return words
    had, had_rest = read_clock(wrong, local)
    told, told_rest = read_clock(meant, local)
    is_day_told = day_in(told_rest) is not None
    is_time_told = told.at is not None or told.part_of_day is not None
    if not is_day_told and not is_time_told:
        return words
    if is_day_told:
        hour = CLOCK.search(wrong) if told.at is None else None
        part = had.part_of_day.value if hour and had.part_of_day else ""
        behind = part + hour[0] if hour and told.part_of_day is None else ""
        if hour is None and told.part_of_day is None and told.at is None and had.part_of_day:
            behind = had.part_of_day.value if _is_slip(words, wrong, meant) else ""
        return _of_same_span(had_rest, told_rest) + meant + behind
    has_part = any(word in meant for word in ("午", "早", "晚", "晨", "夜"))
    part = had.part_of_day.value if had.part_of_day and not has_part else ""
    return _day_of(before, had_rest, local, day_in) + part + meant


def _is_slip(words: str, wrong: str, meant: str) -> bool:
    """Tell whether what stands between says that something was said wrong: 写错了, 不对."""
    between = words[words.rindex(wrong) + len(wrong) : len(words) - len(meant)]
    return SAID_WRONG.search(between) is not None


def _of_same_span(had: str, told: str) -> str:
    """Return the month or week that a bare day behind a slip takes over: 下周二，不对，周三."""
    month = MONTH.search(had) if BARE_DAY.match(told) else None
    if month is not None:
        return month[0]
    week, bare = WEEKDAY.search(had), WEEKDAY.match(told)
    is_bare = bare is not None and bare["which"] is None
    return week["which"] if is_bare and week is not None and week["which"] else ""


def _day_of(before: list[str], had: str, local: datetime, day_in: DayReader) -> str:
    """Return the words of the day that stays: the last ones in which a day is told."""
    if day_in(had) is not None or len(before) == 1:
        return had
    rests = (read_clock(part, local)[1] for part in reversed(before) if part)
    return next((rest for rest in rests if day_in(rest) is not None), had)
