"""Draws the conclusion of a question of the catalogue from the amounts that a text tells.

"我那招牌长三米五 高一米" wants to hear that neither side reaches four metres, and not a rule.
The limits stand with the questions (`limits` in `data/catalogue`); `docs/catalogue.md`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.facts import Faq, Measure
from bot.services.reading.land_area import SQUARE_METRES_PER_MU
from bot.services.reading.numerals import NotANumber, read_number

_NUMBER = r"(?P<n>\d+(?:\.\d+)?[百千万亿]?|[一二两俩仨三四五六七八九十百千万亿半]+)"
_NUMERALS = "[一二两三四五六七八九十百千]+"
_REST = r"(?P<rest>[\d一二三四五六七八九半](?![\d万百千层个间]))?"
_ABOUT = "[来多几]?"
_UNITS: Mapping[Measure, Sequence[tuple[re.Pattern[str], float]]] = {
    Measure.AREA: (
        (re.compile(f"{_NUMBER}{_ABOUT}个?(?:平(?!台|时|均)|㎡|m2|m²|方米)"), 1.0),
        (re.compile(f"{_NUMBER}{_ABOUT}亩"), SQUARE_METRES_PER_MU),
        (re.compile(f"{_NUMBER}{_ABOUT}公顷"), 10_000.0),
    ),
    Measure.LENGTH: ((re.compile(rf"{_NUMBER}{_ABOUT}米{_REST}(?!方|粉|饭|面|线|皮)"), 1.0),),
    Measure.WEIGHT: (
        (re.compile(rf"{_NUMBER}{_ABOUT}吨{_REST}"), 1000.0),
        (re.compile(f"{_NUMBER}{_ABOUT}(?:公斤|千克|kg)", re.IGNORECASE), 1.0),
    ),
    Measure.SHARE: (
        (re.compile(f"{_NUMBER}(?:%|％|个点)"), 1.0),
        (re.compile("百分之" + _NUMBER), 1.0),
        (re.compile(rf"{_NUMBER}成{_REST}(?!立|功|本|员|天|年|品)"), 10.0),
        (re.compile(f"占(?:股|比)?(?:了|有)?{_NUMBER}(?![%％成\\d人万平米个])"), 1.0),
    ),
    Measure.PEOPLE: (
        (re.compile(f"{_NUMBER}{_ABOUT}[个口名位]?(?:人|社员|成员|股东|职工|员工)"), 1.0),
        (re.compile(f"(?!一个){_NUMBER}{_ABOUT}(?:个(?![月小点工字证])|名|户)"), 1.0),
        (re.compile("(?P<n>[俩仨])"), 1.0),
    ),
    Measure.MONEY: (
        (re.compile(rf"(?P<n>\d+(?:\.\d+)?[百千]?[万亿]|{_NUMERALS}[万亿])"), 1.0),
        (re.compile(f"{_NUMBER}(?:元|块)"), 1.0),
    ),
    Measure.POWER: ((re.compile(f"{_NUMBER}{_ABOUT}个?(?:千瓦|kw)", re.IGNORECASE), 1.0),),
    Measure.YEARS: ((re.compile(f"{_NUMBER}{_ABOUT}年(?!前|后|内|报|底|初|级|纪|\\d)"), 1.0),),
}
_LEFT = re.compile("(?:只|就|还)?剩(?:下|了)?.*")
_MOVED = re.compile(
    r"(?:走|退|少|添|加|多|来|招|拉|换)[了掉出进来]*[\d一二两俩仨三四五六七八九十]+[个口名户]?"
)
_ASKED_LIMIT = re.compile(
    r"((?:是不是|不都?是说|是否|必须|非得|非要|听说|规定)[^，,。？?我俺咱这\d一二两俩仨三四五六七八九十百千万亿半]{0,10})"
    r"[\d一二两三四五六七八九十百千万亿半]+(?:\.\d+)?[百千万亿]?"
)
"""A limit that is asked about or heard of, and no amount of one's own: 是不是三百平以上才查."""

_OVER = re.compile("(?:超过?|多于|高于|大于|过了)了?$")
_UNDER = re.compile("(?:不到|不够|不满|不足|没到|低于|少于|小于)了?$")
_NUDGE = 0.01
"""超过500万 is above five million by an unknown amount, 不到500万 below."""

_BARE = re.compile(
    "(?:那|要是|如果|换成|改成|我|俺|咱|就|只|才|报|是|有|用|占|做|租|盖|招|雇|到|[，, ])*"
    f"{_NUMBER}(?:的话)?[呢吧]?[?？]?"
)
"""The whole of a text that tells another number, and nothing else."""

_COUNT = re.compile(r"^(?:\d+(?:\.\d+)?[百万亿]?|[一二两俩仨三四五六七八九十百千万亿半]+)(?!瓦|克)")
"""The number before a unit: 240 of 240千瓦."""

_PAIRS = {"俩": 2.0, "仨": 3.0}
_PART = 10.0


@dataclass(frozen=True)
class Amount:
    """An amount of a text: its value in the unit of its measure, and its words."""

    value: float
    words: str


def amounts(text: str, measure: Measure) -> list[Amount]:
    """Return the amounts of a measure that a text tells, in its order: 三米五 is 3.5."""
    left = _LEFT.search(text) if measure is Measure.PEOPLE else None
    said = left.group() if left is not None else text  # 五个人走了一个 只剩四个
    said = _MOVED.sub("", said) if measure is Measure.PEOPLE else said
    found: dict[int, Amount] = {}
    for pattern, factor in _UNITS[measure]:
        for one in pattern.finditer(said):
            value = _value(one)
            if value is not None and one.start("n") not in found:
                whole = round(value * factor + _nudge(said[: one.start()]), 2)
                found[one.start("n")] = Amount(whole, one.group())
    return [found[at] for at in sorted(found)]


def with_unit(text: str, before: str, faq: Faq) -> str | None:
    """Return a text whose bare number has the unit of the amount told before; None for no such.

    "那俺报150呢" after "报200个千瓦" tells 150个千瓦.
    """
    bare = _BARE.fullmatch(text)
    told = [one for limit in faq.limits for one in amounts(before, limit.measure)]
    if bare is None or not told or any(amounts(text, limit.measure) for limit in faq.limits):
        return None
    return f"{bare['n']}{_COUNT.sub('', told[-1].words)}"


def conclusion(text: str, faq: Faq) -> str:
    """Return what the answer to a question means for the amounts of a text; "" for none told.

    The first limit that is reached counts; where none is, what holds for less. A limit that is only
    asked about is none of the amounts.
    """
    text = _ASKED_LIMIT.sub(r"\1", text)
    told = [(limit, amounts(text, limit.measure)) for limit in faq.limits]
    told = [(limit, said) for limit, said in told if said]
    if not told:
        return ""
    for limit, said in told:
        if limit.settles and not any(limit.is_reached(one.value) for one in said):
            return _sentence(said, limit.short)
    for limit, said in told:
        most = max(said, key=lambda one: one.value)
        if limit.is_reached(most.value):
            return _sentence([most], limit.reached)
    limit, said = told[0]
    return _sentence(said, limit.short)


def _sentence(said: Sequence[Amount], follows: str) -> str:
    words = "、".join(dict.fromkeys(one.words for one in said))
    return f"您说的{words}：{follows}"


def _nudge(before: str) -> float:
    """Return by how little an amount differs from the number that is said for it."""
    if _UNDER.search(before):
        return -_NUDGE
    return _NUDGE if _OVER.search(before) else 0.0


def _value(found: re.Match[str]) -> float | None:
    number = found["n"]
    if number in _PAIRS:
        return _PAIRS[number]
    try:
        whole = read_number(number)
        rest = found.groupdict().get("rest")
        if rest == "半":
            return whole + 0.5
        return whole + (read_number(rest) / _PART if rest else 0.0)
    except NotANumber:
        return None
