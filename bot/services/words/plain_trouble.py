"""Recognises trouble that the catalogue has a question on: paid haste, a low mark, a fine.

What such texts name beside it (明天就能出证, 前天) says nothing of a matter or a case.
"""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.unwished import wishes_story

HASTE_PAID, LOW_MARK = "加急费", "差评有人管"
"""Words of the questions of the catalogue that answer."""

LONGEST = 36

_HASTE = re.compile(
    "加急|插队|走后门|包[过下办]|(?:当|明|后|第二|[一两二三几])[天日儿](?:就|准|保准|肯定)*能?(?:给)?[出拿下办批]"
    "|(?:提前|快点|优先|立马|马上)(?:就)?(?:能|给)?[出拿下办批]"
)
_MAN = re.compile(
    "中间人|中介|黄牛|跑腿|代办|门路|有个?(?:人|熟人|朋友)|熟人|办事的|窗口|里头的?人"
)
_SUM = re.compile(
    "[给交掏收花塞出要付][^，,。 ]{0,4}?"
    "(?:\\d+|[一二两三四五六七八九几][百千万]|好处|红包|加急费|辛苦费|钱)"
    "|\\d+块|[一二两三四五六七八九几][百千][块元]"
)
_LAWFUL = re.compile(
    "[合违犯][法规][^，,。]{0,2}$|合不合[法规理]|违不违[法规]|犯不犯法|靠谱|[能敢]信|信得过|真的?假|骗|上当|让这么"
)

_LOW = re.compile(
    "(?:打|给|评|点|选)(?:的|得|个|了)*(?:太)?(?:低|差|[一两12]颗?星|不满意)(?:分|评|的|了|点)*|差评|低分"
)
_REVENGE = re.compile(
    "找[^，,。]{0,3}(?:麻烦|事儿?|茬)|为难|刁难|穿小鞋|记[恨仇]|报复|使绊|得罪|卡[我俺]|甩脸|给[我俺]脸色"
)
_TOLD_OF = re.compile("投诉|吹哨|举报")


def trouble_told(text: str) -> str | None:
    """Return the word of the question that a trouble asks; None for none.

    "有个中间人说给他三百加急 明天就能出证 这合法吗", "打低了他们会不会找我麻烦".
    """
    if len(text) > LONGEST or wishes_story(text) or not asks(text):
        return None
    if _pays_for_haste(text):
        return HASTE_PAID
    is_mark = _LOW.search(text) is not None and _REVENGE.search(text) is not None
    return LOW_MARK if is_mark and _TOLD_OF.search(text) is None else None


def _pays_for_haste(text: str) -> bool:
    """Tell whether it is asked if haste that somebody wants money for is right."""
    is_paid = _SUM.search(text) is not None and _HASTE.search(text) is not None
    is_offered = _MAN.search(text) is not None or _SUM.search(text) is not None
    is_judged = any(_LAWFUL.search(part) for part in re.split("[，,。？?！! ]+", text))
    return is_paid and is_offered and (is_judged or _MAN.search(text) is not None)
