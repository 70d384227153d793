"""Reads the values of several fields out of one sentence.

"公司叫聊城甲有限公司，注册资本50万，法人李雷，电话13800138000": what stands behind the name of a
field belongs to it; what stands alone is known by its shape (a telephone number, an area, a date).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.domain.identity import compact
from bot.domain.single_form import FieldKind, FormField
from bot.services.reading.answers import spoken_area_m2, without_somebody
from bot.services.reading.called_names import begins_with_surname, may_be_called, may_name_firm
from bot.services.reading.identifiers import find_phones

SEPARATORS = "，,；;。!！?？\n"
CONNECTOR = r"\s*(?:[:：=]|是|为|在|叫做|叫|写成|写|填|(?:改|换)(?:成|为|一下)?)?\s*"
STRONG_CONNECTOR = r"\s*(?:[:：=\d]|是|为|叫|写|填|改|换)"
LONG_LABEL = 4
"""From so many characters on a label is one wherever it stands."""

LONG_TEXT = 200
"""A text field that may be as long as this runs on over commas."""

PERSONAL = "姓名"
"""Word of a field in which a person may be named as well as a firm."""

FEW_EXTRA = 4
"""Characters that may stand around the name of an option."""

_SHAPES: Mapping[FieldKind, re.Pattern[str]] = {
    FieldKind.ID_NUMBER: re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])"),
    FieldKind.CREDIT_CODE: re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10}(?!\w)"),
    FieldKind.MONEY: re.compile(r"^[\d.,一二两三四五六七八九十百千]+\s*[万亿]?(?:元|块钱?|万|亿)$"),
    FieldKind.DATE: re.compile(
        r"^(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{0,2}[日号]?(?:左右|开业|开工)?$"
        r"|^(?:今天|明天|后天|下?个?(?:周|星期|礼拜)[一二三四五六日天]|下?个?月底|年底)$"
    ),
    FieldKind.ADDRESS: re.compile(r"[路街道村镇园区楼层号院巷].*\d|\d+(?:号|楼|层|室)"),
    FieldKind.COMPANY_NAME: re.compile(r"(?:公司|店|厂|社|行|部|中心|馆|院|铺|合伙企业|事务所)$"),
    FieldKind.PERSON_NAME: re.compile(
        r"^(?!经营|主营|[在卖做干搞弄没不先])(?!.*[点吧呢吗啊呀呗])[\u4e00-\u9fff]{2,4}$"
    ),
}

_SLIP = re.compile(
    "(?:(?:写|填|说|打|弄|报|输|记|留|搞)(?:错|反|岔)了|(?<=[号码址称名话机证])(?:不对|错了|有误))"
    "(?:吧|啊|呀)?[，, ]*"
)
"""Owns to a slip and says nothing of what is right."""

_INTRODUCED = re.compile(
    "(?:我|俺|他|她|本人)(?:叫|名叫|的名字[是叫])(?P<name>[\u4e00-\u9fff]{2,4})"
)
"""Says who somebody is: 我叫孟庆军."""


@dataclass
class Reading:
    """What a sentence says about a form.

    Attributes:
        typed: Raw text by field id; not checked.
        labelled: Ids of the fields that the sentence names.
        rest: Pieces that nothing was made of.
    """

    typed: dict[str, str] = field(default_factory=dict, repr=False)
    labelled: set[str] = field(default_factory=set)
    rest: list[str] = field(default_factory=list, repr=False)


def read_fields(fields: Sequence[FormField], text: str, *, empty: Sequence[str]) -> Reading:
    """Read what a sentence says.

    Args:
        fields: Those that apply.
        text: What was said.
        empty: Ids of the fields without a value, in the order to ask them; only these are filled
            from what stands alone.
    """
    reading = Reading()
    text = _SLIP.sub("", text)
    alone = _take_labelled(fields, text, reading)
    known = {one.id: one for one in fields}
    waiting = [known[name] for name in empty if name in known and name not in reading.typed]
    for piece in _take_codes(waiting, alone, reading):
        found = _field_of(piece, [one for one in waiting if one.id not in reading.typed])
        if found is None:
            reading.rest.append(piece)
        else:
            is_place = found.kind is FieldKind.ADDRESS
            named = _INTRODUCED.fullmatch(piece)
            value = named["name"] if named else piece
            reading.typed[found.id] = piece.removeprefix("在") if is_place else value
    return _without_doubtful_names(fields, reading)


def _without_doubtful_names(fields: Sequence[FormField], reading: Reading) -> Reading:
    """Take out what stands beside words that nothing was made of, unless it begins as names do.

    In 个体的吧 便宜 nobody is called 便宜; 秀兰 alone may be a name.
    """
    for one in fields if reading.rest else ():
        name = reading.typed.get(one.id, "")
        is_bare = one.kind is FieldKind.PERSON_NAME and one.id not in reading.labelled
        is_said = _INTRODUCED.search(" ".join(reading.rest)) is not None
        if name and is_bare and not is_said and not begins_with_surname(name):
            del reading.typed[one.id]
            reading.rest.append(name)
    return reading


def labels_in(fields: Iterable[FormField], text: str) -> list[FormField]:
    """Return the fields that a text names anywhere, the one with the longest name first."""
    named = [(_longest_name(one, text), one) for one in fields]
    found = [(length, one) for length, one in named if length]
    return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _longest_name(one: FormField, text: str) -> int:
    return max((len(word) for word in (one.label, *one.words) if word in text), default=0)


def _take_labelled(fields: Sequence[FormField], text: str, reading: Reading) -> list[str]:
    """Fill in what stands behind a label; returns the pieces without one."""
    owners = {name: one for one in reversed(fields) for name in (one.label, *one.words)}
    labels = sorted(owners, key=len, reverse=True)
    pattern = re.compile("(" + "|".join(map(re.escape, labels)) + ")" + CONNECTOR)
    marks = [m for m in pattern.finditer(text) if _is_label(m, text)]
    alone = _pieces(text[: marks[0].start()] if marks else text, blanks=False)
    for mark, following in zip_longest(marks, marks[1:]):
        end = following.start() if following else len(text)
        owner = owners[mark.group(1)]
        said = text[mark.end() : end].strip(SEPARATORS + " 、")
        value, rest = said, []
        if not (owner.kind is FieldKind.TEXT and owner.longest >= LONG_TEXT):
            value, *rest = _pieces(said, blanks=False) or [""]
        alone += rest
        if value:
            reading.typed[owner.id] = value
            reading.labelled.add(owner.id)
    return alone


def _is_label(mark: "re.Match[str]", text: str) -> bool:
    before = text[: mark.start()].rstrip(" ")
    stands_first = not before or before[-1] in SEPARATORS + "、" or text[mark.start() - 1] == " "
    has_value = re.match(STRONG_CONNECTOR, text[mark.end(1) :]) is not None
    return stands_first or has_value or len(mark.group(1)) >= LONG_LABEL


def _pieces(text: str, *, blanks: bool = True) -> list[str]:
    marks = SEPARATORS + (" " if blanks else "")
    parts = re.split(f"[{re.escape(marks)}]+", text)
    return [part.strip() for part in parts if part.strip()]


def _take_codes(waiting: Sequence[FormField], alone: Iterable[str], reading: Reading) -> list[str]:
    """Take numbers and codes out of the pieces wherever they stand; returns what is left."""
    text = "，".join(alone)
    for kind in (FieldKind.ID_NUMBER, FieldKind.CREDIT_CODE):
        owner = next((one for one in waiting if one.kind is kind), None)
        found = _SHAPES[kind].search(text) if owner else None
        if owner and found:
            reading.typed[owner.id] = compact(found.group())
            text = text[: found.start()] + "，" + text[found.end() :]
    owner = next((one for one in waiting if one.kind is FieldKind.PHONE), None)
    phones = find_phones(text) if owner else ()
    if owner and phones:
        reading.typed[owner.id] = phones[0].value
        text = text[: phones[0].start] + "，" + text[phones[0].end :]
    return _pieces(text)


def _field_of(piece: str, waiting: Sequence[FormField]) -> FormField | None:
    """Return the empty field that a piece has the shape of; the surest shapes first."""
    if _INTRODUCED.fullmatch(piece):
        return next((one for one in waiting if one.kind is FieldKind.PERSON_NAME), None)
    for kind in _ORDER:
        for one in waiting:
            if one.kind is kind and _TESTS[kind](one, piece):
                return one
    return None


def _has_shape(one: FormField, piece: str) -> bool:
    return _SHAPES[one.kind].search(piece) is not None


def _is_person(one: FormField, piece: str) -> bool:
    return _has_shape(one, piece) and may_be_called(piece)  # 真麻烦 is nobody's name


def _is_firm(one: FormField, piece: str) -> bool:
    return _has_shape(one, piece) and may_name_firm(piece)


def _is_area(_one: FormField, piece: str) -> bool:
    return spoken_area_m2(piece) is not None or "亩" in piece


def _is_option(one: FormField, piece: str) -> bool:
    words = [word for option in one.options for word in (option.label, *option.words)]
    said = without_somebody(piece)
    return any(word in said and len(piece) <= len(word) + FEW_EXTRA for word in words)


def _names_business(one: FormField, piece: str) -> bool:
    is_firm = _SHAPES[FieldKind.COMPANY_NAME].search(piece) is not None
    return one.required and ((is_firm and may_name_firm(piece)) or _names_applicant(one, piece))


def _names_applicant(one: FormField, piece: str) -> bool:
    """Tell whether a piece is the name of who applies, where no firm need be: 王二小."""
    is_asked = any(PERSONAL in word for word in (one.label, *one.words))
    is_name = _SHAPES[FieldKind.PERSON_NAME].search(piece) is not None
    return is_asked and is_name and begins_with_surname(piece) and may_be_called(piece)


_TESTS: Mapping[FieldKind, Callable[[FormField, str], bool]] = {
    FieldKind.AREA: _is_area,
    FieldKind.MONEY: _has_shape,
    FieldKind.CHOICE: _is_option,
    FieldKind.DISTRICT: _is_option,
    FieldKind.DATE: _has_shape,
    FieldKind.ADDRESS: _has_shape,
    FieldKind.COMPANY_NAME: _is_firm,
    FieldKind.PERSON_NAME: _is_person,
    FieldKind.TEXT: _names_business,
}
_ORDER = tuple(_TESTS)
