"""Recognises what is asked beside a trade: another's licence, who may register, one's own rooms."""

import re

from bot.services.words.matter_remarks import asks

_TAKEN = re.compile(
    "盘[了下过]|[接顶兑]过来|接手|接了|接下(?!来)|转给我|转过来|转让|兑[了下]|买[了下]|收购"
)
_OLD = re.compile(
    "(?:原来?|以前|之前|从前|前|老|旧|上[一]?个?|人家|他们?|她们?)(?:来|先)?的?"
    "(?:老板|店主|东家|那家|主家|店家)?(?:留下|办)?的?(?:营业执照|执照|证件|证照|手续|许可证?|照|证)"
)
_USED = re.compile(
    "[能可管](?:以|不能|不可以)?[^，,。]{0,4}用|好使|管用|作数|算数|有效|继续用|接着用|重新?办"
)
_OUTSIDER = re.compile(
    "外地人|外省人|外乡人|外地(?:户口|户籍|的人)|户口[^，,。]{0,3}外|(?:不是|非)(?:本地|聊城)(?:人|户口|户籍)"
)
_ROOMS = re.compile(
    "(?:自家|我家|俺家|咱家|自己家|家里)的?(?:房子?|院子?|车库|储藏室|地下室|一楼|楼下|老房)|车库|储藏室|储物间"
)
_TURNED = re.compile("改[成做作为]|[当做]成?|用来|拿来|开|干|办|弄|搞")
_MAY = re.compile(
    "[能可行中让](?:不[能可行中让])?[^，,。]{0,3}[不吗么吧]?[?？]?$|能不能|可以|行不行|中不中|让不让|违法|违规"
)
_LATE = re.compile(
    "(?:没|无|未)(?:有|去)?(?:办|上)?过?(?:营业)?(?:执照|照|证|手续|许可|登记|注册)"
    "[^，,。]{0,3}[，,。 ]*(?:现在|想|要|该|还|得|应该)*"
    "(?:(?:能|可以)?补|(?:能|可以)?(?:咋|怎么|如何|去哪|找谁)(?:补|办|整|弄))"
)


def asks_for_old_licence(text: str) -> bool:
    """Tell whether who takes over a shop asks for its papers: 盘了个店 原来的证能用吗."""
    is_old = _OLD.search(text) is not None and _USED.search(text) is not None
    return _TAKEN.search(text) is not None and is_old and asks(text)


def asks_as_outsider(text: str) -> bool:
    """Tell whether it is asked if who is not from here may register: 外地人能开吗."""
    return _OUTSIDER.search(text) is not None and asks(text)


def asks_of_own_rooms(text: str) -> bool:
    """Tell whether it is asked if one's own rooms may become a shop: 把我家车库改成面馆行吗."""
    is_told = _ROOMS.search(text) is not None and _TURNED.search(text) is not None
    return is_told and _MAY.search(text) is not None


def makes_up_late(text: str) -> bool:
    """Tell whether papers are wanted for what runs without: 开了半年了没办证 咋补."""
    return _LATE.search(text) is not None


_BUILT_FIRST = re.compile(
    "(?:先|偷着?|直接|硬|边)(?:给|把)?[^，,。办证报批]{0,4}(?:盖|建(?!设工程规划)|垒|动工|开工|施工|搭|砌)"
)
_THEN = re.compile(
    "补|再[办说报批]|会咋|会怎|罚|后果|违建|违法|要紧|[有没]事|没人管|不碍事|[没未](?:有)?(?:手续|证|批)|(?:手续|证|批文|许可)[^，,。]{0,4}[没未]"
)


_ADVISED = re.compile("(?:村里?|人家|别人|他们|干部|邻居|都|有人)[^，,。]{0,4}[说讲]")
"""Tells what others advise: 村里说先盖着没事."""

_ALONGSIDE = re.compile("边(?:盖|建|干|施工|修|砌|动工)[着]?边(?:[办报批补跑]|等(?:证|手续|批))")
"""Building while the papers are still asked for: 能边盖边办不."""


def asks_to_build_first(text: str) -> bool:
    """Tell whether it is asked if one may build before the papers: 先盖起来再补手续中不."""
    if _ALONGSIDE.search(text) is not None and asks(text):
        return True
    is_told = _BUILT_FIRST.search(text) is not None and _THEN.search(text) is not None
    return is_told and (asks(text) or _ADVISED.search(text) is not None)
