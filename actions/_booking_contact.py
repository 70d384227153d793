"""Name and telephone that a sentence tells by the way: "王建国 139…"."""

import re

from actions._names import find_district
from actions._turn import Turn
from bot.services.identifiers import check_phone
from bot.services.spoken_digits import with_digits

_NAMED = re.compile(
    r"(?:我叫|俺叫|名字叫|联系人是?|称呼我?)(?P<name>[\u4e00-\u9fff]{2,4})|"
    r"(?:我|俺|免贵)姓(?P<family>[\u4e00-\u9fff])|"
    r"(?:^|[，, ])(?!电话|手机|号码|联系)(?P<before>[\u4e00-\u9fff]{2,3})[，, ]?(?=1[3-9]\d{9})|"
    r"1[3-9]\d{9}[，, ]*(?!微信|同号|就|可以|打|联系|电话|手机|这|都|行|好|谢)"
    r"(?P<after>[\u4e00-\u9fff]{2,3})$|"
    r"^就?(?:叫|写|喊|称呼)我?(?!人|客服|车|救护)(?P<only>[\u4e00-\u9fff]{2,4}?)(?:就行|就好|就中|吧)?$|"
    r"^(?:叫我|我是)?(?P<called>[\u4e00-\u9fff]{1,2}(?:师傅|先生|女士|老板|经理|小姐|大哥|大姐))$"
)


def told_contact(turn: Turn) -> dict[str, str]:
    """Return name and telephone that a sentence tells by the way, as slots."""
    told = {}
    is_spelt = with_digits(turn.text) != turn.text  # the tagger does not know such numbers
    number = check_phone(turn.entity("phone") or (turn.text if is_spelt else ""))
    if number.is_valid:
        told["booking_phone"] = number.value
    found = _NAMED.search(turn.text)
    name = next(said for said in found.groups() if said) if found else None
    if name is not None and find_district(name) is None:  # "高新区，1596…" tells no name
        told["booking_name"] = name
    return told
