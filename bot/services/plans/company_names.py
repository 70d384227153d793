"""Looks at a name for a business before it is declared: forbidden words, and its shape.

It only warns: whether a name may be used is compared by the registry's own system.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.catalogue import Catalogue
from bot.domain.company_names import NameRule, NameTest

MIN_SIGN = 2
"""Characters of the trade name itself, at least (企业名称登记管理规定 第八条)."""

_NAMED = re.compile(
    r"(?:(?:名字|名称|字号|店名)(?:想|打算|准备|要|就)?(?:叫做|叫作|叫|定为|是|用)|"
    r"(?:公司|企业|店名?|店铺|厂|[起取]名)(?:想|打算|准备|要|就)?(?:叫做|叫作|叫|起名叫?|取名叫?|名为))[“\"「『]?"
    r"[ ]?(?P<name>[\w·（）()]{2,40}?)[ ]?[”\"」』]?"
    r"(?:这个名字?|这名字?)?(?:行不行|行吗|可以吗|可不可以|能用吗|能用不|能不能用|能注册吗|能不能注册|中不中?|合适吗|咋样|怎么样)?"
    r"(?:[？?。！!，,；;]|\s|$)"
)
_CALLED = re.compile(
    r"(?:^|[，,。；;\s])(?:就|想|要|准备|打算|暂定)?叫(?:做|作)?[“\"「『]?"
    r"(?P<name>(?:(?![个来去给我俺咱你您他她人])[\w·]){2,20}"
    r"(?:店|馆|行|厂|公司|超市|铺|坊|社|中心|部|院|园|屋|吧|城|厅|楼|阁|堂|室|所))"
    r"[”\"」』]?(?:[？?。！!，,；;]|\s|$)"
)
"""Names a business by how such names end: 想开个面馆 叫老王面馆 在高唐."""

_LETTERS = re.compile(r"[A-Za-z0-9]")
_OF_SOMEBODY = re.compile("[我俺咱你他她][^，,。]{0,4}的?(?:名|名字)?|自己的?(?:名|名字)?")
"""Says whose name stands there, and none: 执照名字是我的."""

_QUESTION = re.compile(r"[啥嘛吗呢]|什么|怎么|咋|哪")


@dataclass(frozen=True)
class NameProblem:
    """A rule that a name breaks or may break; `word` is what broke it, "" for its shape."""

    rule: NameRule
    word: str


def name_in(text: str) -> str | None:
    """Return the name that a text proposes for a business, None when it proposes none.

    Args:
        text: "公司叫鑫源食品有限公司行不行", "名字就叫老王面馆，个体户"; "我叫张三" names no
            business.
    """
    found = _NAMED.search(text.strip()) or _CALLED.search(text.strip())
    if found is None or _QUESTION.search(found["name"]) or _OF_SOMEBODY.fullmatch(found["name"]):
        return None
    return found["name"]


def check_company_name(name: str, catalogue: Catalogue) -> tuple[NameProblem, ...]:
    """Return what is wrong with a name, in the order of the catalogue; empty when nothing is seen.

    Args:
        name: As proposed, with or without the place in front.
        catalogue: Rules and names of places.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    places = [*_places(catalogue)]
    return tuple(
        NameProblem(rule, word)
        for rule in catalogue.name_rules
        for word in [_broken_by(rule, plain, places)]
        if word is not None
    )


def _broken_by(rule: NameRule, name: str, places: Sequence[str]) -> str | None:
    """Return the word that breaks a rule, "" when the shape does, None when it is kept."""
    if rule.test is NameTest.PREFIX:
        return next((word for word in rule.words if name.startswith(word)), None)
    if rule.test is NameTest.INSIDE:
        return next((word for word in rule.words if name.find(word) > 0), None)
    if rule.test is NameTest.ANYWHERE:
        return next((word for word in rule.words if word in name), None)
    if rule.test is NameTest.LETTERS:
        found = _LETTERS.search(name)
        return found.group() if found else None
    if rule.test is NameTest.FORM:
        return None if name.rstrip("（）()").endswith(rule.words) else ""
    return "" if len(_sign(name, places)) < MIN_SIGN else None


def _sign(name: str, places: Sequence[str]) -> str:
    """Return a name without the place in front and the form behind."""
    for place in places:
        if name.startswith(place):
            name = name.removeprefix(place)
    return re.sub(r"(有限责任公司|股份有限公司|有限公司|股份公司|公司)$", "", name)


def _places(catalogue: Catalogue) -> Iterable[str]:
    yield from ("山东省", "山东", catalogue.city.name, catalogue.city.name.removesuffix("市"))
    for district in catalogue.districts.values():
        yield from (district.name, district.name.rstrip("市县区"))
