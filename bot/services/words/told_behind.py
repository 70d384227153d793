"""Recognises what is told right behind an offer: a yes in other words, a size, who works there."""

import re

from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LONGEST = 40
"""Signs of a text that only tells more; a longer one is a story of its own."""

_BEFORE = "(?:嗯|行|好|中|那|对|就|我|俺|咱|是|也|还是|当然|肯定|可以|先|给我|给俺|帮我|一?定)*"
_AGREES = re.compile(
    f"{_BEFORE}(?:想|要|愿意|打算|准备)?(?:要|想)?(?:接(?:手|下来?|过来)?|[干弄开办搞整盘做排])"
    "(?:起来|上|了|它|一?个|一?家)?(?:吧|呗|啊|呀|的|呢)?|"
    f"(?:能|行|可以|中|不要紧|没事)(?:的话|办|弄|开)*(?:那|我|俺|咱)?就[开弄办干接盘](?:吧|呗|了)?|"
    f"{_BEFORE}(?:想|愿意|有(?:这个?)?(?:想法|打算|意思))(?:的|啊|呀|呢|吧)?"
)
_REFUSES = re.compile("(?:不|没|别|甭)(?:想|要|打算|准备|弄|干|开|办|搞|整|接|排|是|用|愿)")

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万半几俩仨])+"
_MEASURE = (
    "个(?!月|钟|小时|星期|礼拜|工作日|问题|证|事)|张(?!单|证)|头|只|间|台|床|桌|户|家|亩|辆|"
    "层(?!手续)|把|位|人|"
    "口(?!子)|套|铺|排|池|棚|匹|箱|筐|吨|车(?!位费)"
)
_SCALE = re.compile(
    "(?:一共|总共|大概|大约|差不多|也就|就|有|能|才|放|摆|养|存栏?|停|装|设|弄|分|带|得|了|着|不到|"
    "将近|快|小|打算|准备|想|先|[一二两三]个?院)*"
    f"{_NUMBER}(?:来|多|几)?(?:{_MEASURE})[^，,。？? ]{{0,4}}?(?:左右|上下|吧|呢|的|啊|那样|"
    f"样子)*"
)
_WAGES = re.compile("欠|罚|赔|拖|被|证|照|[块元钱岁]|年了|个月|远|近")
"""Stands in a number that tells no size: 十个月没发."""


def agrees(text: str) -> bool:
    """Tell whether a text says nothing but a yes in the words of the trade: 接 想接, 那就弄吧."""
    parts = clauses(text)
    is_said = bool(parts) and all(_AGREES.fullmatch(part) for part in parts)
    return is_said and not asks(text)


def refuses(text: str) -> bool:
    """Tell whether somebody does not want what was offered: 不想开, 没打算弄."""
    return any(_REFUSES.match(part.lstrip("我俺咱们就还是那可也")) for part in clauses(text))


def tells_scale(text: str) -> bool:
    """Tell whether a part of a text is nothing but how much there is: 六间房, 200头左右."""
    parts = (part for part in clauses(text) if _WAGES.search(part) is None)
    return any(_SCALE.fullmatch(part) for part in parts)


_SETTLES = re.compile(
    "(?:干脆|要不|不如|还是|直接|那就|索性)(?![^，,。？?]*[不别没])[^，,。？? ]{2,12}算了(?:吧)?$"
)


def settles_on(text: str) -> bool:
    """Tell whether somebody decides for something, and leaves nothing: 要不干脆注销算了."""
    return _SETTLES.search(text) is not None
