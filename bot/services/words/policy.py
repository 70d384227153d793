"""Reads the facts of an enterprise that a sentence tells by the way, for its policy package."""

import re
from collections.abc import Iterable
from typing import Any

from bot.services.policies.sums import told_sums
from bot.services.reading.numerals import read_number
from bot.services.words.policy_flags import told_flags, told_revenue

_STAFF = re.compile(
    r"(?P<count>\d{1,6}|[一二三四五六七八九十百两]{1,6}|[俩仨])(?:来|多)?(?:个|名|号|位|口)?"
    r"(?:人(?!均|才)|员工|职工|工人)(?!.{0,3}残疾)"
)
_OF_A_KIND = re.compile("残疾|退役|毕业|失业|脱贫|股东|里头|其中|裁|走了|离职|新招|新来")
"""Says of a number of people that it is not all of them: 里头有十几个残疾人."""

_ALONE = re.compile("就(我|俺)(自己|一个|一人)|(我|俺)一个人|光杆|没雇人|没有雇人")
_MORE = re.compile("(?:过了?|超过?了?|超出|不止|多于|大于)[^，,]{0,2}$")
_AND_MORE = re.compile("(?:往上|以上|开外|多了)")
"""Stand before and behind a number that is passed: 过了三十个人."""

MONTHS = 12
_MONTHS = re.compile(
    "(开|干|经营|营业|做|办)(了|有|满|起来)*(才|刚|快|都|不到|大概)?"
    "(?P<count>[\\d一二两俩仨三四五六七八九十]+)个?(来|多)?(月|(?P<year>年))"
)
_SIZE = re.compile(
    "(?:我们?|俺们?|咱们?|属于|算|应该|就|是|个|，|,)*(?P<size>微型|小型|中型|大型)(?:的|企业|公司|吧|那种|呢)*"
)
_UNBANNED = re.compile(
    "(?<!非)(?:限制|禁止)[^，,。？?]{0,6}(?:行业|行当|类|那[些种]|目录|项目|产业|买卖|活)[^，,。？?]{0,6}"
    "(?:不[沾碰干做搞是在属算涉占挨]|没[沾碰干做搞有]|都?不(?:属于|涉及))|"
    "(?:(?<!是)不(?:是|属于|在|沾|碰|干|做|搞|涉及)|没(?:沾|碰|干|做|搞|有))[^，,。？?]{0,6}(?:限制|禁止)[^，,。？?]{0,6}"
    "(?:行业|行当|类|那[些种]|目录|项目|产业|买卖|活)"
)
"""Says that the trade is none of those that the state limits or forbids."""

_COMPANY = re.compile(
    "^(?:我|俺|咱)?们?(?:是|这|家|有|开的|办的|注册的)*(?:[一个家])*(?:有限|小|科技|商贸|贸易)?公司"
    "(?![ ，,。]*(?:是(?:[他她啥什不别人哪谁]|[我俺咱](?!自己|自个|们?[开办]的))|"
    "[做搞干](?:不|啥|什么)|从(?!事)|欠|[注吊]销|不[干开做办]|倒闭|黄了))"
    "(?=[ ，,。]|是|做|搞|干|开了|从事|$)"
)
_OWN_COMPANY = re.compile("(?:我|俺|咱)们?(?:这家|这个|那个|家)?(?:小|有限)?公司(?![法章名])")
_NO_MORE = re.compile(
    "(?<![不没别])[注吊]销|(?:不|没再)[干开做]了|倒闭|黄了|公司[^，,。]{0,6}欠[了着]?(?:我|俺|咱)"
)
"""Says of a company that it is gone, or that it owes the one who speaks: 我们公司注销了."""

_OTHER_FORM = re.compile(
    "(?<!不)(?<!以前)(?<!原来)(?<!原先)(?:是|算|属于|成了|改成|变成)(?:一|个|家)*"
    "(?:个体|合伙|合作社|独资)|^(?:个体|合伙|合作社|独资)"
)
"""Says that a firm has another form: 现在是个体."""
_SMALL_TAXPAYER = re.compile("小规模(?:纳税人)?")
_GENERAL_TAXPAYER = re.compile("一般纳税人")

_SAID = (
    ("taxpayer_type", "general", _GENERAL_TAXPAYER),
    ("taxpayer_type", "small_scale", _SMALL_TAXPAYER),
    ("entity_type", "公司", _COMPANY),
    ("negative_list", False, _UNBANNED),
)
"""Field, value and the words that tell it; the first of a field counts."""

_GROUPS = {
    "退役军人": re.compile(
        "退伍|退役|当过兵|当了[^，,]{0,3}年兵|当兵(回来|退|的|出身|下来)|部队(上)?(回来|下来|退|转业)|转业军|复员|老兵"
    ),
    "登记失业人员": re.compile("登记失业|领失业金"),
    "返乡入乡农民工": re.compile("返乡|打工回来|外出务工回"),
    "残疾人": re.compile("残疾证|(我|俺)(是|有|[腿脚手眼耳]有?)残疾|(我|俺)是?(聋|盲|哑|聋哑)人"),
    "离校2年内高校毕业生": re.compile(
        "^(?!.*(雇|招|聘|收了|来了|儿子|闺女|女儿|孩子)).*(今年|去年|刚刚?|才)"
        "(?:[\\d一二三四五六七八九十]{1,2}月份?(?:才|刚)?|从?(?:大学|大专|本科|研究生|高校)里?)"
        "毕业(?!了?[三四五六七八九十])|^(?!.*(雇|招|聘)).*(应届(毕业生|生|大学生)|"
        "[一二两1１2]年(以|之)?内(刚)?毕业|毕业(还)?(不到|没到|不满|才)[一二两12]年)"
    ),
}
"""Groups of founders by what leaves no doubt, since a profile keeps it; a remark of whoever may be
of one is read more widely by `bot.services.words.told.person_told`.
"""


def told_fields(text: str) -> dict[str, Any]:
    """Return fields of a profile with their values; none that the text does not tell."""
    told: dict[str, Any] = {**told_flags(text), **told_sums(text)}
    revenue = told_revenue(text)
    if revenue is not None:
        told.setdefault("sales_revenue", revenue)
    staff = None if _OF_A_KIND.search(text) else _STAFF.search(text)
    if staff is not None:
        is_more = _MORE.search(text[: staff.start()]) or _AND_MORE.match(text[staff.end() :])
        told["employees"] = read_number(_plain(staff["count"])) + (1.0 if is_more else 0.0)
    elif _ALONE.search(text):
        told["employees"] = 1.0
    months = _MONTHS.search(text)
    if months is not None:
        count = read_number(_plain(months["count"]))
        told["months_operating"] = count * (MONTHS if months["year"] else 1)
    for field, value, words in _SAID:
        if field not in told and words.search(text):
            told[field] = value
    size = _SIZE.fullmatch(text.strip(" 。，,"))
    if size is not None:
        told["sme_type"] = size["size"]
    group = next((name for name, words in _GROUPS.items() if words.search(text)), None)
    if group is not None:
        told["owner_group"] = group
    return told


_SUBSIDY = re.compile(
    "(?:技能)?[^，,。？?！! 有没啥什么哪能领拿给的些点个几多少这那项样笔分把选请令兑各]{2,5}"
    "(?:补贴|补助|津贴)"
)


def subsidy_named(text: str) -> str | None:
    """Return the name of a subsidy that stands in a text: 住房补贴; None for any subsidy."""
    found = _SUBSIDY.search(text)
    return None if found is None else found[0]


def names_own_company(text: str) -> bool:
    """Tell whether somebody calls their firm a company by the way: 看看我们公司能享受啥."""
    is_named = _OWN_COMPANY.search(text) is not None
    return is_named and not any(words.search(text) for words in (_NO_MORE, _OTHER_FORM))


def called_company(texts: Iterable[str]) -> bool:
    """Tell whether a firm was called a company, where the last that speaks of its form counts.

    Args:
        texts: What was said, oldest first.
    """
    forms = (_OWN_COMPANY, _OTHER_FORM)
    said = [text for text in texts if any(words.search(text) for words in forms)]
    return bool(said) and names_own_company(said[-1])


_SECTIONS = {
    "C16": "烟草制造",
    "F": "批发零售",
    "H": "住宿餐饮",
    "K": "房地产",
    "L": "租赁商务服务",
    "R90": "娱乐",
}
"""Classes of trades that a policy leaves out, by the beginning of their codes."""

OTHER_SECTION = "其他行业"


def section_of(code: str) -> str:
    """Return the class of a trade as policies call it; one word for all that none leaves out."""
    return next(
        (name for start, name in _SECTIONS.items() if code.startswith(start)), OTHER_SECTION
    )


_HAS = (
    "(?:(?:是|属于?|拿[到了]|评[上了]|办[了下]|刚|已经?)[^，,]{0,2}|"
    "(?:我|俺|咱)(?:们|家)?(?:公司|厂|店)?有?)"
)
_GOT = "(?:证书?)?(?:刚|已|到手|拿到|批下|下来|在手|还?有效(?!期|多|几|吗|不))"


def without_policy(text: str, names: Iterable[str]) -> str:
    """Return a text without the names of a policy, unless it tells that the firm is or has it.

    高企 in "高企税率多少" tells nothing of the firm, in "我们是高企" it does.
    """
    for name in sorted(names, key=len, reverse=True):
        said = re.escape(name)
        if re.search(f"{_HAS}{said}|{said}{_GOT}", text) is None:
            text = text.replace(name, "")
    return text


def _plain(count: str) -> str:
    """Return a count without the words of the dialect: 俩 is two, 仨 three."""
    return count.replace("俩", "两").replace("仨", "三")
