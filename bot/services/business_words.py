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
HIRES_STAFF = "hires_staff"
_KIN = "媳妇|对象|老婆|老公|爱人|家属|孩他爸|孩他妈|孩子他?[爸妈]"
_HIRES = re.compile(
    r"(?<![不没别])[雇招请找用](了|上|着|过)?(?=[\d一两二三四五六七八九十俩仨几个名位])"
    r"(\d{1,3}|[一两二三四五六七八九十俩仨几])?(来|多)?(个|名|位|号)?(人|小妹|姑娘|服务员|营业员|工人|员工|伙计|"
    r"帮工|店员|师傅|阿姨|大姐|小工|学徒|小伙|帮手|厨师|[，,。吧呢 ]|$)"
)
_ALONE = re.compile(
    rf"就[我俺咱](自己|自个|一个|跟|和|[们俩])|[我俺咱]一个人|[跟和同][我俺咱]?({_KIN})|两口子|夫妻|"
    r"(?<!不是)(自己|自个儿?|个人)(一个)?(干|搞|弄|开|办|做|来|经营|单干|名义|就行|就中|的就?|吧|呗|$)"
)
_COMPANY = re.compile(
    r"(?<![不没])(注册|成立|设立|开办?|办|弄|搞|整)(了|一|个|家|间)*[^，,。？?个还]{0,8}(?<!分)公司(?!类|制)|"
    r"[一1两2三3几]个股东|股东就|一人公司|个法人"
)
_OTHER_FORM = re.compile("个体|合伙|合作社|独资|分公司|还是|或者|不想|不是|不办")


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
    if HIRES_STAFF not in found and _HIRES.search(text):
        found[HIRES_STAFF] = "yes"
    if "股东" in text:
        found.pop(HIRES_STAFF, None)  # 就我一个股东 tells nothing of who works there
    area = spoken_area_m2(text)
    if area is not None and area > 0:
        found[AREA] = area
    return found


def says_company(text: str) -> bool:
    """Tell whether a company is meant, and no other form: "想注册一家公司做软件", "一个股东"."""
    return _COMPANY.search(text) is not None and _OTHER_FORM.search(text) is None


def works_alone(text: str) -> bool:
    """Tell whether one person or one family does it: "个人搞就行", "就俺跟俺媳妇"."""
    is_alone = _ALONE.search(text) is not None
    return is_alone and not re.search("公司|股东|合伙|合作社|独资", text)


def tells_of_another(text: str) -> bool:
    """Tell whether a second business is spoken of beside the first: 我对象想开个理发店."""
    return _ANOTHER.search(text) is not None


def takes_over(text: str) -> bool:
    """Tell whether a business that is there already changes hands: 我爸的店我想接着开."""
    return _TAKES_OVER.search(text) is not None and _NEW.search(text) is None
