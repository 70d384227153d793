"""What a sentence about a new business tells by the way: kitchen, staff, tobacco, area."""

import re
from collections.abc import Mapping, Sequence

from bot.services.answers import spoken_area_m2

BusinessWords = Mapping[str, Mapping[str, Sequence[str]]]
"""Question to answer to the words that mean it; kept in `data/start_business/words.yml`."""

AREA = "area_m2"

_TAKES_OVER = re.compile("接(着|手|过来|下来)|盘(下|过)|子承父业|[过转]到我|[改换转写]成?我的名")
_ANOTHER = re.compile(
    r"(再|另外?|又|还|同时|顺便|对象|媳妇|老婆|老公|爱人|儿子|闺女|女儿|弟弟?|哥哥?|姐姐?|妹妹?|朋友|合伙人|俺妈|我妈|我爸|亲戚)"
    r"(也|还|都)?(想|要|准备|打算)?(在.{1,6}?)?(开|办|弄|搞|整|盘)(一?[个家间]|点)?"
)
_NEW = re.compile("新[开办]|开一?[个家间]")


def told_by(text: str, words: BusinessWords) -> dict[str, str | float]:
    """Return answers by question; the longest word wins, so 没厨房 is not taken for 厨房.

    Args:
        text: What was said.
        words: See `BusinessWords`.
    """
    found: dict[str, str | float] = {}
    for question, answers in words.items():
        hits = [
            (len(word), answer) for answer, said in answers.items() for word in said if word in text
        ]
        if hits:
            found[question] = max(hits)[1]
    area = spoken_area_m2(text)
    if area is not None and area > 0:
        found[AREA] = area
    return found


def tells_of_another(text: str) -> bool:
    """Tell whether a second business is spoken of beside the first: 我对象想开个理发店."""
    return _ANOTHER.search(text) is not None


def takes_over(text: str) -> bool:
    """Tell whether a business that is there already changes hands: 我爸的店我想接着开."""
    return _TAKES_OVER.search(text) is not None and _NEW.search(text) is None
