"""Name and telephone that a sentence tells by the way: "王建国 139…"."""

import re
from collections.abc import Callable
from dataclasses import replace

from actions.forms.question import Answer, Value
from actions.turns.beside import value_meant
from actions.turns.history import texts_before
from actions.turns.places import find_district
from actions.turns.turn import Turn
from bot.services.privacy.personal_names import NAME_SIGN, SURNAMES
from bot.services.reading.identifiers import check_phone
from bot.services.reading.spoken_digits import with_digits
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses, is_correction

_NAMED = re.compile(
    r"(?:[我俺他她]叫|(?:对象|同事|会计|来的人)叫|(?:姓名|名字|联系人)(?:是|叫|写|填|[:：])?|称呼我?)(?P<name>(?![和跟与都也全还换改]|电话)[\u4e00-\u9fff]{2,4})|"
    r"(?:我|俺|免贵)?姓(?P<sur>[\u4e00-\u9fff])[，, ]?(?:叫|名)?"
    r"(?P<full>(?P=sur)[\u4e00-\u9fff]{1,2})$|"
    r"(?:我|俺|免贵)姓(?P<family>[\u4e00-\u9fff])|"
    rf"(?:^|[，, ])(?!电话|手机|号码|联系)"
    rf"(?P<before>[老小大][{SURNAMES}]|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"[，, ]?(?=1[3-9]\d{9})|"
    r"1[3-9]\d{9}[，, ]*(?!微信|同号|就|可以|打|联系|电话|手机|这|都|行|好|谢)"
    r"(?P<after>[\u4e00-\u9fff]{2,3})$|"
    rf"1[3-9]\d{{9}}[，, ]*(?P<between>[{SURNAMES}]{NAME_SIGN}{{1,2}})(?=[，, ])|"
    r"(?:^|[，, ])就?(?:叫|写|喊|称呼)我?(?!人|客服|车|救护)(?P<only>[\u4e00-\u9fff]{2,4}?)"
    r"(?:就行|就好|就中|吧)?$|"
    r"^(?:叫我|我是)?(?P<called>[\u4e00-\u9fff]{1,2}(?:师傅|先生|女士|老板|经理|小姐|大哥|大姐|"
    r"老师|工|总|姐|哥|大爷|大妈|大叔|大姨|大娘|叔|姨))$|"
    r"(?:^|[，, ])(?:叫我|我是|俺是)(?P<title>[\u4e00-\u9fff]{1,2}(?:师傅|先生|女士|老板|经理|老师)"
    r")(?=$|[，, ])|"
    r"^姓(?P<surname>[\u4e00-\u9fff])$|"
    rf"(?:^|[，, 哦噢嗯啊那])(?P<own>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)就?是(?:我|俺)"
    r"(?:本人|自己)?"
    r"(?:的?(?:大名|全名|姓名|名字?))?(?:$|[，, ])|"
    rf"(?:^|[，, ]|[上下中]午|[一二三四五六日天]|早上|晚上)(?P<goes>[{SURNAMES}]{NAME_SIGN}{{2}})"
    r"(?=(?:[去来到上])[^，,。 ]{0,6}(?:大厅|窗口|中心))"
)


_NUMBER = re.compile(
    r"(我的?|我)?(电话|手机号?|号码)(是|号码?|[:：，, ])*(?=[\d一二三四五六七八九零幺〇]{5})"
)
"""What stands in front of a telephone number."""

_SAME_NUMBER = re.compile(
    "(电话|手机号?|号码|号)[^，,]{0,3}(刚才|前面|上面|之前|头里|还是)[^，,]{0,4}(那个|那号|一样)|"
    "(刚才|前面|上面|之前)[^，,]{0,3}(那个|说的)?(电话|手机号?|号码)"
)
"""Means a number that was said before: 刚才那个电话."""

_BARE = re.compile(f"[{SURNAMES}][\u4e00-\u9fff]{{2}}")
"""A name of three signs and nothing else."""

_ASKED = re.compile("[啥谁哪]|什么")
"""Stands for a name that is not given."""

_LAST_OF_REMARKS = frozenset(["吗", "呢", "吧", "啊", "了", "的", "么", "呀", "嘛", "哈", "不"])
"""Signs that end a remark and no name."""


def without_number(parse: Callable[[Turn], Answer]) -> Callable[[Turn], Answer]:
    """Return how a way of service is read: "电话13780000001" names none."""
    return lambda turn: parse(replace(turn, text=without_number_words(turn.text)))


def with_number(parse: Callable[[Turn], Answer]) -> Callable[[Turn], Answer]:
    """Return how a name is read: "行 接着约吧 李建国 139…" gives the one before its number."""

    def read(turn: Turn) -> Answer:
        told = told_contact(turn) if turn.requested == "booking_name" else {}
        is_both = {"booking_name", "booking_phone"} <= told.keys()
        is_full = "booking_name" in told and "姓" in turn.text
        is_told = is_both or is_full  # 免贵姓穆，穆青禾
        return Value(told["booking_name"]) if is_told else parse(turn)

    return read


def without_number_words(text: str) -> str:
    """Return a text without what stands in front of a telephone number, which is no way."""
    return _NUMBER.sub("", text)


def _is_bare_name(turn: Turn) -> bool:
    """Tell whether a text is a name and nothing else, whatever is asked for: 李秀兰."""
    is_plain = turn.intent in {"inform", "nlu_fallback"} and not turn.entities
    return (
        is_plain
        and _BARE.fullmatch(turn.text) is not None
        and turn.text[-1] not in _LAST_OF_REMARKS
    )


def told_contact(turn: Turn) -> dict[str, str]:
    """Return name and telephone that a sentence tells by the way, as slots."""
    told = {}
    is_spelt = with_digits(turn.text) != turn.text  # the tagger does not know such numbers
    number = check_phone(value_meant(turn, "phone") or (turn.text if is_spelt else ""))
    if not number.is_valid and _SAME_NUMBER.search(turn.text):
        before = (check_phone(text) for text in reversed(texts_before(turn)))
        number = next((one for one in before if one.is_valid), number)
    if number.is_valid:
        told["booking_phone"] = number.value
    found = _NAMED.search(with_digits(turn.text))
    said = found.groupdict() if found else {}
    if said.get("goes") and asks(turn.text):
        said = {}  # 高铁站到大厅多远
    name = said.get("full") or next((part for part in said.values() if part), None)
    if name is None and turn.loop is not None and _is_bare_name(turn):
        name = turn.text
    if name is None and _SAME_NUMBER.search(turn.text):  # 郭建军 电话就刚才那个
        name = next(filter(_BARE.fullmatch, clauses(turn.text)), None)
    is_none = name is None or is_correction(f"写{name}") or _ASKED.search(name)
    name = None if is_none else name  # 名字写错了, 我姓啥不想说
    if name is not None and find_district(name) is None:  # "高新区，1596…" tells no name
        told["booking_name"] = name
    return told
