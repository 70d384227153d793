"""The matter that waits for a paper which is missing, where a text names both.

"公章还没刻好 能先开户章后补吗" is about the account, and not about the seal.
"""

import re

from actions.questions.by_words import matter_wanted
from bot.domain.matters import Matter
from bot.services.words.matter_remarks import speaks_of_missing
from bot.services.words.remarks import clauses

_FIRST = re.compile(
    "(能不能|可不可以|能|可以|让)[^，,]{0,2}先|先[^，,]{1,6}[再后][^，,]{0,3}补|后补|承诺代替"
)
_LATE = re.compile("才(出|下|拿|发|办)|丢了|过期|到期|弄丢|找不")


def matter_held_up(text: str) -> Matter | None:
    """Return the matter that is to go on without a paper; None where a text tells of none.

    Args:
        text: What is said: first what is missing, and at last what is to go on.
    """
    parts = clauses(text)
    if len(parts) < 2 or _FIRST.search(parts[-1]) is None:  # noqa: PLR2004 - what and for what
        return None
    if not any(speaks_of_missing(part) or _LATE.search(part) for part in parts[:-1]):
        return None
    thing = _FIRST.sub("", parts[-1])
    return matter_wanted(thing) or matter_wanted(parts[-1])
