"""Which part of a policy just told a short question asks after: where, papers, until when.

"利息谁出" and "去哪领" want one line of it, and not all of it once more.
"""

import re
from enum import Enum

LONGEST = 20
"""Signs of such a question."""


class Field(Enum):
    """A part of a policy."""

    INTEREST = "interest"
    MATERIALS = "materials"
    PLACE = "place"
    UNTIL = "until"
    AMOUNT = "amount"
    TERMS = "terms"
    TIME = "time"


SURE = frozenset({Field.INTEREST, Field.MATERIALS, Field.PLACE, Field.UNTIL})
"""Parts that are meant whatever question of the catalogue sounds like it."""

_ASKED = (
    (Field.INTEREST, re.compile("利息|利率|贴息")),
    (
        Field.MATERIALS,
        re.compile(
            "材料|手续|资料|(?:带|准备|交|提供)(?:点|些)?(?:啥|什么|哪些)|要(?:啥|什么)(?:东西)?[?？]?$"
        ),
    ),
    (
        Field.PLACE,
        re.compile(
            "(?:去|在|上|到)哪(?!一?[年天])|哪(?:个部门|里|儿|办|申)|找(?:谁|哪)|归谁|哪个(?:部门|单位)|"
            "网上(?:能|可以|咋|怎么)|专门跑|[务保社]局批|跑一?趟|用申请|自动|(?:咋|怎么|怎样|如何)(?:去)?(?:申|报|领|办|享受|弄|拿)"
        ),
    ),
    (Field.UNTIL, re.compile("[到至](?:哪一?[年天]|几号|啥时候|什么时候)|截止|有效期|过期")),
    (Field.TIME, re.compile("(?<![满交干缴])多久|几天|多长时间|啥时候|什么时候")),
    (
        Field.AMOUNT,
        re.compile(
            "(?:给|补|领|拿|贷|返|免|减|奖|抵|享受)[^，,？?]{0,4}(?:多少|几)|多少钱|额度|最[高多]|几个点|几成|税率"
        ),
    ),
    (
        Field.TERMS,
        re.compile(
            "条件|要求|资格|符合|谁(?:能|可以)|哪些人|(?:能|可以|让|给)[^，,？?]{0,4}"
            "(?:享受|领|申|贷|办|补|免|减)[^，,？?]{0,3}[吗不么没][?？]?$|"
            "(?:中不中?|行不行?|行吗|中吗|可以吗|可以不)[?？]?$"
        ),
    ),
)


def field_asked(text: str) -> Field | None:
    """Return the part that a short text asks after, the first that its words tell; or None."""
    if len(text) > LONGEST:
        return None
    return next((field for field, words in _ASKED if words.search(text)), None)


_NOTHING_ELSE = re.compile(
    "[，, 那我俺咱们这个家的自己]*(?:符不符合|符合|够|有)?(?:啥|什么|哪些)?(?:条件|要求|资格|人)?"
    "(?:能|可以|让|给)?(?:不能)?(?:享受|领|申请?|贷|办|补)?(?:到|下来)?(?:吗|不|么|没|中不中?|行不行?)?[?？]?"
)


def asks_nothing_else(text: str) -> bool:
    """Tell whether a text asks for the terms and names no circumstance of its own: 我能领不."""
    return _NOTHING_ELSE.fullmatch(text) is not None
