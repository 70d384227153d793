"""Personal data as lists and pages show them until somebody gives a reason to see them."""

import re

COMPANY = re.compile(
    r"公司|企业|集团|厂|店|中心|合作社|事务所|工作室|经营部|商行|超市|餐|馆|院|校|园|局|委员会|协会|农场|银行|部$|社$"
)
"""Signs of a name of a business; the name of a business is public."""

PERSON_LENGTH = 4
"""Signs of a Chinese person's name, at most; longer without a sign of a business is unknown."""

STAR = "*"
SHOWN_START, SHOWN_END = 3, 2
"""Signs of a telephone number that are shown."""

NAMES = re.compile(r"姓名|联系人|代表人|负责人|经营者|投资人|股东|委托人|代理人|经办人|申请人")
"""Labels of form fields that hold the name of a person, or may."""


def mask_name(name: str) -> str:
    """Return the name of a person as its first sign and stars; businesses stay as they are."""
    stripped = name.strip()
    if len(stripped) < 2 or COMPANY.search(stripped):  # noqa: PLR2004 - nothing to hide in one sign
        return stripped
    is_foreign = "·" in stripped or stripped.isascii()
    if len(stripped) > PERSON_LENGTH and not is_foreign:
        return stripped
    return stripped[0] + STAR * min(len(stripped) - 1, 3)


def mask_phone(number: str) -> str:
    """Return a telephone number, of whatever kind, with its middle hidden."""
    stripped = number.strip()
    if len(stripped) <= SHOWN_START + SHOWN_END:
        return STAR * len(stripped)
    hidden = STAR * (len(stripped) - SHOWN_START - SHOWN_END)
    return f"{stripped[:SHOWN_START]}{hidden}{stripped[-SHOWN_END:]}"


def mask_field(label: str, value: str) -> str:
    """Return a value of a form with a person's name hidden, as the field's label tells."""
    return mask_name(value) if NAMES.search(label) else value
