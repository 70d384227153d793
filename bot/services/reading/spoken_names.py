"""Reads the name out of what somebody says when asked for it, beside other things or not."""

import re
from collections.abc import Sequence

from bot.services.words.remarks import clauses

_INTRODUCED = re.compile(
    r"(?:店名?|公司|企业|厂[名子]?|名[字称]|字号|招牌|单位|我们?|俺们?|咱们?|他|她|老人)*"
    r"(?:名叫|叫做?|名称是|名字是|名是|是)[：:]?(?P<name>[^\d]{2,})$"
)
_CALLED_AT = re.compile(
    r"(?:店名|名字|字号|公司|企业|店|我们|俺们|我|俺|就)*(?:叫做?|是)"
    r"(?P<name>[^，,。\s\d]{2,16}?)[，, ]*(?:在|位于)(?P<there>.+)"
)
"""A name and behind it, in one breath, where that is: 叫好又来超市在茌平."""

_CALLED = re.compile(r"(?:叫|称呼|喊)我?(?P<name>[^，,\s]{1,4}?)(?:就行|就好|就中|即可|吧|就可以)")
_SELF = re.compile(r"(?:我|俺)?(?:姓|叫|是)(?P<name>[\u4e00-\u9fff]{1,4})(?:$|[，,。 ])")
_CONTACT = re.compile("电话|手机|号码|联系方式|微信|信用代码|尾号")
_REMARK = re.compile(
    "(?:店名?|名[字称]|公司名?|单位名?称?)[啊呀是呢嘛么叫]+|"
    "[哦噢嗯啊哎那]*(?:还)?没(?:说|讲|报)(?:过|呢)?|[哦噢嗯啊哎]*(?:刚才?|前面|不是)*(?:说|报|给)(?:过|了)[么吗嘛]?"
)
"""A clause about what was said already: 哦没说."""

_FILLER = re.compile("[的在是就那我俺了啊呀吧呢哈嗯，,。 ]|们|位于|地址|地区|这边|那边")

_DEPARTMENT = re.compile(
    "[^，,]{1,10}(?:(?<![邮书饭棋])局|管?委会?|委员会|办事处|街道办?|政务大厅|(?<!个体)政府|供电公司|自来水公司|热力公司)"
)


_NAMELESS = re.compile(
    "(?:就|也?是|我|俺|们|自己|自个儿?|家|的|个|一家|小|没有?|还没|注册|起名|个人|本人|呢|店|铺|公司|企业|厂|单位|个体户?|"
    "名字|招牌|[，,。 ])+"
)
"""Says that there is a business, or that it has no name, and gives none: 我自己的小店 没公司."""


def names_nothing(text: str) -> bool:
    """Tell whether a text speaks of one's own business and names none."""
    return _NAMELESS.fullmatch(text.strip()) is not None


def is_department(name: str) -> bool:
    """Tell whether what was given for one's own name is a department's: 住建局."""
    return _DEPARTMENT.fullmatch(name) is not None


def told_name(text: str) -> str | None:
    """Return the name that a text introduces ("我叫王小明"), None when it introduces none."""
    found = _CALLED.search(text) or _SELF.search(text)
    return None if found is None else found["name"]


_SPELLS = re.compile(
    r"(?:是|就是|中间|后[边头面]|前[边头面]|末了|最后|那个|一个|[，, ])*(?:那?个)?"
    r"(?P<word>[\u4e00-\u9fff]{2,4})的那?个?(?P<sign>[\u4e00-\u9fff])字?[吧啊呀]?"
)


def spells_sign(part: str) -> bool:
    """Tell whether a clause only says which sign is meant: 建设的建, of 李建强."""
    found = _SPELLS.fullmatch(part.strip())
    return found is not None and found["sign"] in found["word"]


def as_typed(said: str, typed: str) -> str:
    """Return a piece of a text with the signs that were typed: 施公明, which is no slip for 施工明.

    Args:
        said: A piece of the text after words typed by their sound were put right.
        typed: The whole text as it was typed.
    """
    size = len(said)
    pieces = (typed[at : at + size] for at in range(len(typed) - size + 1))
    nearest = min(pieces, key=lambda piece: _apart(piece, said), default=said)
    return nearest if 2 * _apart(nearest, said) < size else said


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def spoken_name(text: str, beside: Sequence[str] = ()) -> str | None:
    """Return the name that a text gives, None when it only tells other things.

    Args:
        text: What was said: "临清的 店名叫老味道饺子馆", "电话先给你 13706357788".
        beside: Pieces of it that name something else: a place, a telephone number.
    """
    called = _CALLED.search(text)
    if called is not None:
        return called["name"]
    placed = _CALLED_AT.fullmatch(text)
    if placed is not None and any(piece in placed["there"] for piece in beside):
        return placed["name"]
    parts = clauses(text)
    kept = [part for part in parts if not _tells_else(part, beside)]
    if len(parts) > 1:  # 就是3号厂房的，去年十月报的 tells which, and no name
        kept = [part for part in kept if not part.endswith("的")]
    if not kept:
        return None
    for part in kept:
        introduced = _INTRODUCED.match(part)
        if introduced is not None:
            return introduced["name"]
    return text if len(kept) == len(parts) else "，".join(kept)


def _tells_else(part: str, beside: Sequence[str]) -> bool:
    """Tell whether a clause holds nothing but what answers other questions."""
    if _CONTACT.search(part) is not None or _REMARK.fullmatch(part) is not None:
        return True
    rest = part
    for piece in sorted(beside, key=len, reverse=True):
        rest = rest.replace(piece, "")
    return rest != part and not _FILLER.sub("", rest)
