"""Phrases in which a slip is mended: 明天下午两点，哎不行，改三点吧; part of `time_phrases`."""

import re
from datetime import datetime

from bot.services.time_phrases_clock import CLOCK, NUMBER, read_clock
from bot.services.time_phrases_shifted import DayReader

SLIP = re.compile(
    "[，,。.…啊哎诶呃哦噢呀]*(?:不对|(?:我|俺)?(?:说|打|写|记|输|看)错了?|(?<!行)不行|(?<![成中])不[成中]|算了)"
    "(?:[，,。.…啊呃]|应该|是|改(?:成|到|在|为)?|换(?:成|到)?|那就?|还是|要|约)*"
)
"""Stands between what was a slip and what is meant."""

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
    *before, meant = SLIP.split(words)
    wrong = before[-1] if before else ""
    if not wrong or not meant:
        return words
    had, had_rest = read_clock(wrong, local)
    told, told_rest = read_clock(meant, local)
    is_day_told = day_in(told_rest) is not None
    is_time_told = told.at is not None or told.part_of_day is not None
    if not is_day_told and not is_time_told:
        return words
    if is_day_told:
        month = MONTH.search(had_rest) if BARE_DAY.match(told_rest) else None
        hour = CLOCK.search(wrong) if told.at is None else None
        part = had.part_of_day.value if hour and had.part_of_day else ""
        behind = part + hour[0] if hour and told.part_of_day is None else ""
        return (month[0] if month else "") + meant + behind
    has_part = any(word in meant for word in ("午", "早", "晚", "晨", "夜"))
    part = had.part_of_day.value if had.part_of_day and not has_part else ""
    return had_rest + part + meant
