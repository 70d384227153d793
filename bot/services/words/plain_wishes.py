"""Reads wishes that are said in so many words, whatever else a text tells or asks."""

import re

from bot.services.words.remarks import clauses

_CALLS = re.compile(
    "(?:^|给|帮|替|[我俺咱你您恁]|请|让|能不能|能|可以|直接|还是|就|快|赶紧|麻烦|想|要|得)"
    "(?:我|俺|咱)?(?:们)?(?:叫|找|换|喊|派|转|接|来|请|安排|联系)(?:一?[个位名])?(?:到)?"
    "(?:真人|活人|人工(?:客服)?|客服|大活人|(?:能|会|懂)[^，,。]{1,4}的?(?:真|活)?人)"
    "(?:来|吧|呗|说|聊|谈|问|服务|跟我|跟俺|和我|给我|给俺|接|过来|行不|行吗|中不|好不|可以吗|[说讲谈聊]说|一下|[吗不])*$"
)
"""The end of a clause that has a person called: 你给我叫个真人来."""
_NOT_WANTED = re.compile(
    "不(?:要|用|想|必|需要?)[^，,。]{0,2}(?:叫|找|换|喊|派|转|接)|别|甭|咋|怎么|几点|多久|啥时候"
)

LONGEST = 40
"""Signs of a text that may tell beside it why a person is wanted."""


def calls_person(text: str) -> bool:
    """Tell whether a text ends with having a person called: 搬家那事说不清 你给我叫个真人来."""
    last = (clauses(text) or [text])[-1]
    is_short = len(text) <= LONGEST and len(last) <= LONGEST // 2
    return is_short and _CALLS.search(last) is not None and _NOT_WANTED.search(last) is None


_TICKET = "(?:投诉|吹(?:过|了)?(?:[一两]?[次回个])?的?哨|举报|反映|诉求|意见|建议)"
_NUMBER = "(?:编号|单号|工单号?|号码|回执|号)"
_FILED = re.compile(
    f"{_TICKET}(?:过|完|了|的)|(?:打|交|提|递|登记|报|发|写)(?:过|了)[^，,。？?]{{0,6}}{_TICKET}|"
    f"(?:上|前|昨|之前|以前)[^，,。？?]{{0,12}}{_TICKET}|{_TICKET}[^，,。？?]{{0,4}}{_NUMBER}"
)
_LOST = re.compile(
    f"{_NUMBER}(?:我|俺|给|都|也|早|就|弄|让我)*(?:找不[着到见]|没了|丢了?|忘了?|不见了|没记|没存|记不[得住清])|"
    f"(?:忘了?|没(?:记住?|存)|弄?丢了?|找不[着到])(?:那个|投诉|吹哨|的)*{_NUMBER}|没有?{_NUMBER}"
)
_LOOKS = re.compile("查|找|看|咋[办弄整]|怎么[办弄]|进展|进度|结果|到哪|下文|处理")


def looks_for_unnumbered(text: str) -> bool:
    """Tell whether something filed earlier is looked for whose number is lost.

    "上礼拜我打过一回投诉 号找不着了 怎么查".
    """
    if len(text) > LONGEST or _FILED.search(text) is None or _LOST.search(text) is None:
        return False
    return _LOOKS.search(_LOST.sub("", text)) is not None


_FILES = re.compile(
    "(?:那|就|我|俺|咱|今天|现在|必须|非)*(?:要|想|得|来)(?:你|去)?(?:投诉|举报)"
    "(?!过|完|了|不|信|平台|处理)[^，,。？?]{0,8}"
)
"""The whole of a clause: 我要投诉, 我要投诉供电所."""
_HOW = re.compile(
    "找谁|找哪|[打去上到][^，,。]{0,2}哪|哪个(?:部门|电话|号)|哪[里儿]投诉|电话|热线|匿名|要钱|收费|流程|"
    "(?:咋|怎么|如何|能不能|能|可以|可不可以)(?:去|来)?(?:投诉|举报|反映|写)|"
    "几天[^，,。]{0,4}(?:答复|回复|处理)|多久|管用|有用|带啥|要带|材料"
)
SHORTEST_STORY = 8
"""Signs of what is told beside the wish."""


def files_in_words(text: str) -> bool:
    """Tell whether a text wants a complaint filed and tells of what, its scolding in questions.

    "我要投诉，大厅窗口让我来回跑了三趟，就不能一次说清楚吗"; how one complains is asked by another.
    """
    parts = clauses(text)
    rest = [part for part in parts if _FILES.fullmatch(part) is None]
    is_told = len("".join(rest)) >= SHORTEST_STORY
    return len(rest) < len(parts) and is_told and not any(map(_HOW.search, parts))
