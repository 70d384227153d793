"""Reads the amounts of an enterprise that a question tells by the way: 一个月卖8万."""

import re
from collections.abc import Mapping

from bot.domain.policies import Policy, leaves
from bot.services.reading.numerals import NotANumber, read_number

_SUM = (
    r"(?:[也就大概差不多]{0,4}[一1]年)?[^\d一二三四五六七八九十百两，,。]{0,8}?"
    r"(?P<sum>[\d.]+|[一二三四五六七八九十百零两]+)[多来]?(?P<unit>[千百][多来几]?万|万|亿|千)"
)
_EACH = {
    "monthly_sales": (
        "(?:(?<![几二三四五六七八九两多]个)(?<![0-9]个)(?<![0-9一二三四五六七八九十])月|"
        "(?<![十0-9])[一1]月(?=[卖挣赚收流营进]))"
    ),
    "quarterly": "季度?",
    "taxable_income": "(?:利润|净赚|所得额?|一年赚|[今去]年赚|挣|(?P<loss>亏))",
    "rd_expense": "(?:研发|搞研究)",
    "project_equipment_unit_price": "(?:设备|机器|机床|生产线|加工中心|器具)",
    "total_assets": "资产",
}
_PRICE = "project_equipment_unit_price"
_PRICED = re.compile(
    r"(?P<sum>[\d.]+|[一二三四五六七八九十百零两]+)[多来]?(?P<unit>[千百][多来几]?万|万|亿|千)"
    f"[块元]?钱?的[^，,。？?]{{0,3}}{_EACH[_PRICE]}"
)
"""Tells what a machine costs: 三百万的机床."""

_READ = {name: re.compile(f"{said}{_SUM}") for name, said in _EACH.items()}
_BARE = re.compile(
    r"(?P<sum>\d+(?:\.\d+)?[万亿]?|[一二两三四五六七八九十百千万亿零半]{2,})(?![\d个名号月年天%])"
)
_QUARTER = re.compile("季")
LEAST = 1000.0
"""Yuan; a smaller number without a unit is no sum of a firm."""

_FACTOR = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
MONTHS_OF_QUARTER = 3
QUARTER = "quarterly_sales"


_LIMIT = re.compile("[元块钱]*(?:以[内下上]|之内|封顶|那条线)")
_OWN = re.compile("我|俺|咱|本人|公司|厂")
"""A limit that is named, and who tells of themselves all the same."""


def told_sums(text: str) -> Mapping[str, float]:
    """Return amounts in yuan by the field of the profile; a quarter's sales as a month's.

    A sum must bear its unit (万, 千), so that "一个月卖8个" tells none.
    """
    found: dict[str, float] = {}
    for name, words in (*_READ.items(), (_PRICE, _PRICED)):
        said = words.search(text)
        if said is None or name in found:
            continue
        if _is_limit(text, said):
            continue
        try:
            value = read_number(said["sum"]) * _factor(said["unit"])
        except NotANumber:
            continue
        if name == "taxable_income" and said["loss"]:
            value = -value  # 今年亏了10万
        if name == "quarterly":
            found.setdefault("monthly_sales", round(value / MONTHS_OF_QUARTER, 2))
        else:
            found[name] = value
    return found


def _factor(unit: str) -> float:
    """Return how much a unit counts, also of about so many: 一千多万."""
    return _FACTOR["".join(sign for sign in unit if sign not in "多来几")]


def _is_limit(text: str, said: re.Match[str]) -> bool:
    """Tell whether a sum is a limit that is asked about: 设备500万以下一次扣完是真的吗."""
    return _LIMIT.match(text, said.end()) is not None and _OWN.search(text) is None


_OVER = re.compile("[超多][过出了的]{0,2}[那这]?$")
"""Stands before what is over a limit, and no sum by itself: 光交超的那两万."""


def bare_sum(text: str, policy: Policy, before: str | None) -> Mapping[str, float]:
    """Return what a sum that says not what it is of means for a policy just spoken of.

    It is of the one sum that the policy asks for: "要是五百二十万的呢" after the limit of what a
    machine may cost. Of several it is the one that was told before ("利润一百万" – "那301万呢"),
    else the one that the amount is worked out from. Empty where the policy asks for none.

    Args:
        text: What is said.
        policy: The one spoken of.
        before: What was typed before it, where a quarter may have been named; None for nothing.
    """
    fields = {one.field for one in leaves(policy.criteria) if one.field in _EACH}
    sums = (hit for hit in _BARE.finditer(text) if _OVER.search(text[: hit.start()]) is None)
    found = [value for value in map(_bare, sums) if value >= LEAST]
    if len(fields) > 1:
        worked_out = {name for one in policy.benefit.estimates for name in one.formula.names}
        told = fields & set(told_sums(before or ""))
        fields = told if len(told) == 1 else (told or fields) & worked_out
    if len(fields) != 1 or not found:
        return {}
    field, value = fields.pop(), found[-1]
    is_quarter = field == "monthly_sales" and _QUARTER.search(before or "") is not None
    if not is_quarter:
        return {field: value}
    return {field: round(value / MONTHS_OF_QUARTER, 2), QUARTER: value}


_NUMBER = r"\d+(?:\.\d+)?|[一二两三四五六七八九十百俩仨]+"
_YUAN = r"(?:\d+(?:\.\d+)?万?|[一二两三四五六七八九十]+[万千百])"
_HIRED = re.compile(f"(?:招|雇|聘|新来)[了用过]?(?P<count>{_NUMBER})(?:个|名|口|人)")
_LAID_OFF = re.compile(f"(?:裁|辞|开除|辞退)[了掉过]?(?P<count>{_NUMBER})(?:个|名)?人?")
_STAFF = re.compile(
    f"(?:一共|总共|原来|本来|有|共)[^，,]{{0,3}}?(?P<count>{_NUMBER})(?:来|多)?(?:个|名|号)?人"
)
_NONE_LAID_OFF = re.compile("(?:没|没有|从没|一个没)(?:怎么)?(?:裁|辞退|开除)")
_NO_DISABLED = re.compile("没[有招雇]?[^，,]{0,4}残疾|残疾(?:人|职工)[^，,]{0,3}没|[零0]个?残疾")
_PAID_IN = re.compile(
    rf"失业保?险[^\d，,]{{0,6}}?(?P<one>{_YUAN})|(?P<other>{_YUAN})[多来]?[块元]?钱?的?失业保?险"
)
_LENGTH = f"(?:(?P<half>半年)|(?P<count>{_NUMBER})(?:个)?(?P<unit>月|年)(?P<more>半)?)"
_PAID_FOR = re.compile(
    "(?:(?:社保|失业保?险|保险)[^，,。没不]{0,6}?|(?<![没不满])(?:交|缴|参保)[了够满过]*(?:社保|失业保?险|保险)?(?:才|就|只|刚)?)"
    f"{_LENGTH}(?![内前以])"
)
_RUNNING_FOR = re.compile(
    "(?<![没不])(?:开业?|开张|干|经营|营业|成立|注册|办|做)[了够满过起]*(?:才|就|只|刚|快|有)?"
    f"{_LENGTH}(?![内前以])"
)
_MONTHS = {
    "unemp_ins_months": _PAID_FOR,
    "social_insurance_months": _PAID_FOR,
    "months_operating": _RUNNING_FOR,
}
"""Fields of how long something has gone on, in months."""

SMALL = "小型"
_SMALL = re.compile("(?:小|小微)(?:公司|企业|厂|店|单位)")
_HIRED_GROUPS = {
    "退役军人": re.compile("退伍|退役|转业军"),
    "脱贫人口": re.compile("脱贫|贫困户"),
    "登记失业半年以上": re.compile("失业(?:了)?(?:大?半年|快?一年|六个月|6个月)"),
}


def told_of(text: str, policy: Policy) -> Mapping[str, float | str]:
    """Return what a text tells of the facts that a policy asks for, and which others do not mean.

    "招3个" is the number of those whom a policy on hiring pays for.
    """
    estimates = (*policy.benefit.estimates, *policy.dues)
    formulas = (one.formula.names for one in estimates)
    ways = (policy.criteria, *(one.when for one in estimates if one.when is not None))
    asked = {leaf.field for way in ways for leaf in leaves(way)}.union(*formulas)
    group = next((name for name, words in _HIRED_GROUPS.items() if words.search(text)), None)
    is_hired = group is not None and re.search("招|雇|聘", text) is not None
    told: dict[str, float | str | None] = {
        **{name: _months(words, text) for name, words in _MONTHS.items()},
        QUARTER: _of_quarter(text),
        "hire_count": _counted(_HIRED, text),
        "hire_group": group if is_hired else None,
        "layoff_rate": _laid_off(text),
        "disabled_ratio": 0.0 if _NO_DISABLED.search(text) else None,
        "unemp_ins_paid": _paid_in(text),
        "sme_type": SMALL if _SMALL.search(text) else None,
    }
    return {name: value for name, value in told.items() if value is not None and name in asked}


def tells_layoffs(text: str) -> bool:
    """Tell whether a text tells that somebody was laid off, and how many: 裁了一个人."""
    return _LAID_OFF.search(text) is not None


def told_months(text: str, policy: Policy) -> bool:
    """Tell whether a text tells how long something went on that a policy counts."""
    return any(name in _MONTHS for name in told_of(text, policy))


def _months(words: re.Pattern[str], text: str) -> float | None:
    """Return the months that a text tells, None for none: 才交了三个月, 开了一年半."""
    said = words.search(text)
    if said is None:
        return None
    if said["half"]:
        return 6.0
    count = _counted(words, text)
    if count is None:
        return None
    return count * (12 if said["unit"] == "年" else 1) + (6 if said["more"] else 0)


def _of_quarter(text: str) -> float | None:
    """Return the sales of a quarter that a text tells, None for none."""
    said = _READ["quarterly"].search(text)
    if said is None or _is_limit(text, said):
        return None  # 季度30万以内免税吗
    try:
        return read_number(said["sum"]) * _factor(said["unit"])
    except NotANumber:
        return None


def _counted(words: re.Pattern[str], text: str) -> float | None:
    found = words.search(text)
    if found is None:
        return None
    try:
        return read_number(found["count"].replace("俩", "两").replace("仨", "三"))
    except NotANumber:
        return None


def _laid_off(text: str) -> float | None:
    """Return the share of the staff that was laid off, None where it is not told."""
    if _NONE_LAID_OFF.search(text):
        return 0.0
    gone, staff = _counted(_LAID_OFF, text), _counted(_STAFF, text)
    return round(gone / staff, 4) if gone is not None and staff else None


def _paid_in(text: str) -> float | None:
    found = _PAID_IN.search(text)
    return None if found is None else read_number(found["one"] or found["other"])


def _bare(found: re.Match[str]) -> float:
    try:
        return read_number(found["sum"])
    except NotANumber:
        return 0.0
