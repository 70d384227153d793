"""Recognises who thanks, takes leave or has understood, in sentences of any length.

"中 这回心里有底了 多谢你" asks for nothing more: every part of it only closes what was said.
"""

import re
from enum import Enum

from bot.services.words.form_remarks import pauses_all
from bot.services.words.remarks import clauses


class Closing(Enum):
    """How a conversation is closed, the politest first."""

    THANKS = "thanks"
    LEAVES = "leaves"
    HEARD = "heard"


LONGEST = 44
"""Characters; a longer text tells more than that."""

MOST_PARTS = 3
"""Parts of a text that thanks first; what is longer tells something."""

_YOU = "(你们?|您们?|恁们?|小二|老师|同志|师傅|大哥|大姐|姐|哥|亲)*"
_END = "(了|啦|咯|喽|嘞|哈+|啊|呀|哦|噢|昂|吧|呗|哎|唉|嘛|的|~|！|!)*"
_FILLER = re.compile(
    "(中|好|行|成|得|妥|嗯|哦|噢|喔|啊|哎|唉|欧|ok|哈|呵|嘿|那|就|了|嘞|的|吧|呀|滴|对|是|呗|啦|喽|咯|沾|可以|没事|没问题|收到|这|样|哟|呦)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    f"(?!(?:那|就|这|也|真是?|太|可|实在)+麻烦{_END}$)(那|就|真|太|可|先|好的?|真是|非常|十分|实在|[我俺咱])*(谢+|感谢|多谢|谢过|感激|麻烦|辛苦|劳驾|费心|难为|有劳|打扰){_YOU}"
    f"(了|的|耐心|解答|帮忙|帮助|讲解|回复|提醒|指点|听[我俺][^，,]{{1,6}}|{_YOU}[^，,吗不么啥咋问查办]{{0,6}}){_END}|"
    f"(给|让)?{_YOU}(添麻烦|受累|费心)了?{_END}|不打扰{_YOU}{_END}|3q|thx|thanks|谢谢",
    re.IGNORECASE,
)
_HEARD = re.compile(
    "(这|那|这回|这下|我|俺|咱|就|都|全|可|算|总算|一下子?|心里|大概|基本|差不多|也|真|已经|现在)*"
    "(明白|知道|晓得|清楚|懂|了解|有数|有底|有谱|踏实|放心|听懂|弄懂|整明白|弄明白|搞懂|记住|记下|记着)"
    "(明白|知道|晓得|清楚|懂|有数|有底|了|啦|喽)*"
    f"{_END}|(原来)(是)?(这样|这么(回|个)?事?|如此|这么着){_END}|"
    "(是|怪|都怪|看来|原来|那|就|也许|可能)*(我|俺)(给)?(自己)?(是|的)?(记|听|想|弄|搞|看|说)(岔|错|混|反|拧|差)了?[^，,吗不]{0,3}|"
    "(是|看来|原来)(我|俺)(的)?[^，,吗不]{0,3}(老黄历|老脑筋|老皇历|外行|误会)了?[^，,吗不]{0,2}|(我|俺)误会了?[^，,吗不]{0,4}|"
    "(没|没有|不)(啥|什么|别的|其他|旁的|有)*(问题|事儿?|了|要问的?|问的)+(了)?|"
    "(这|那)?(就)?(中|行|好)了",
)
_PRAISE = re.compile(
    f"(你|您|恁|小二|这|讲|说|答|解释|回答|真|都|挺|比|这么一|一)*(说|讲|答|解释|回)?(得|的)?(都|挺|很|真|怪|可|太|还|非常|比谁都)*"
    "(明白|清楚|清亮|透亮|细|详细|仔细|到位|管用|得劲|好用|不孬|靠谱|周到|耐心|贴心|方便|省心|省事|棒|厉害|痛快)"
    f"(多)?{_END}|(祝|愿){_YOU}[^，,吗不]{{1,10}}|好人一生平安"
)
_LEAVES = re.compile(
    "(那|就|剩下的?|第.个|别的|其他的?|后面的?)*[我俺咱]们?(自己|自个儿?)(再|先)?(去|来)?"
    "(弄|办|跑|看|琢磨|找|搞|整)(就)?(中|行|好|成|可以)?(了|吧)*|"
    "(你|您|恁)(先)?(忙|歇)(着|去)?(吧|哈)*|"
    "(那|就|这|行|好|先|[我俺咱]们?)*(先)?(到|就)?(这|这样|这么着|这些|这里|这儿)(吧|了|呗|哈)*|"
    "(那|就|先|行|好|唉|哎|还是|[我俺咱]们?)*(算了|拉倒|作罢)(吧|呗|了)*|"
    "(那|就|先)*(不|没)(问|聊|说|耽误|打扰|麻烦|再问)[^，,吗么]{0,4}了?|"
    "(那|就|先|行|好|等|[我俺咱]们?|这就|再|现在|马上|明[天儿个早]+|后[天儿]|下午|上午|一早|今[天儿]|回头|改天|晚点|过两天|赶[紧明儿]+|一?会儿?)+"
    "(走|(来|再来|去(?!年)|过去|回去|回家|跑|打车|骑车|坐车|找|问(?!个|一?下|你|您|恁|问你)|等|寻思|考虑|琢磨|商量|合计|"
    "看看?|想想|忍|试|备货|备料|打听|联系|磨|翻)(?!了|的|过(?![去来])))[^，,。吗么啥咋哪谁几多补交]{0,12}|"
    "(那|就|[我俺咱]|这就|先|马上)*(赶紧|赶快|抓紧|赶忙)(去)?(办|弄|报|整|补)(去|了|上)?(吧|哈)?|"
    "(那|就|[我俺咱])+先(办|整|弄|搞)[^，,。吗么啥咋哪谁几多补交]{1,8}|"
    "(回家|回去|回店里?)(跟|和|找|再|想|问)[^，,。吗么啥咋哪谁几]{0,12}|[^，,吗么啥咋哪谁几]{2,8}(得了|算了|拉倒)(吧|呗)?|"
    "[^，,。吗么啥咋哪谁几我俺]{0,3}(再见|拜拜?|回见|走了|撤了|下了|88)[^，,]{0,2}"
)
_GIVEN_UP = re.compile("(先|那|就|我|俺|咱)*不[^，,]{1,4}了(吧|哈|啊)?")
_WANTS = re.compile(
    "约|投诉|吹哨|转告|转达|[带捎]个?[话好]|转人工|查(一?下)?(件|办)|帮[我俺]|给[我俺]|[?？]|[吗么呢][。!！]*$|不[。！!]*$"
)
_MORE = re.compile(
    "还[有想要得]|再[问说帮查约]|另外|顺便|对了|不过|但|可是|就是|那个?我|我[想要]|[俺咱]想"
)
_CALLED_AWAY = re.compile(
    "(我|俺|店里?|家里?|这会儿?|这边|又|先|得|要)*(来|有|接)(个|了)?(客人|顾客|人|生意|活儿?|单子?|电话|快递|车|事儿?)"
    "(找我?|来|要接|打来)?(了|啦|喽)?|"
    "(客人|顾客|电话|快递|孩子|老板|领导|厂里|店里|家里|车)[^，,吗不没咋哪]{0,6}(来|响|叫|喊|找|放学|到)(我|俺)?(了|啦)|"
    "(我|俺)?(得|要|该)?(去)?(接孩子|做饭|吃饭|开会|上菜|干活|上班|下班|忙|收摊|卸货)(了|去|啦)+"
)
_KINDS = ((_THANKS, Closing.THANKS), (_HEARD, Closing.HEARD), (_LEAVES, Closing.LEAVES))


def closing(text: str) -> Closing | None:
    """Return how a text closes the conversation, None where it says or wants anything more.

    A bare yes ("好的") closes nothing: it may answer something.
    """
    parts = clauses(text)
    if not parts or len(text) > LONGEST or _WANTS.search(text):
        return None
    found = [_kind(part) for part in parts]
    if None in found:
        return None
    kinds = {kind for kind in found if isinstance(kind, Closing)}
    return next((kind for kind in Closing if kind in kinds), None)


def thanks_first(text: str) -> bool:
    """Tell whether a short text thanks and then only talks: "多谢你，问得我口干舌燥的"."""
    parts = clauses(text)
    is_short = len(text) <= LONGEST and 1 < len(parts) <= MOST_PARTS
    is_more = _MORE.search(text) or _WANTS.search(text)
    return is_short and not is_more and _THANKS.fullmatch(parts[0]) is not None


def _kind(part: str) -> Closing | str | None:
    """Return what a part does: closes, is a word of no weight or praise (""), or neither."""
    if _FILLER.fullmatch(part):
        return ""
    plain = _without_filler(part)
    for one, kind in _KINDS:
        if one.fullmatch(part) or one.fullmatch(plain):
            return kind
    if pauses_all(plain) or _CALLED_AWAY.fullmatch(plain):  # 来客人了 回头说
        return Closing.LEAVES
    return "" if _PRAISE.fullmatch(plain) or _GIVEN_UP.fullmatch(plain) else None


def _without_filler(part: str) -> str:
    """Return a part without the yes before it: 行吧我再想想."""
    found = re.match("(那|中|好|行|成|得|妥|嗯|哦|噢|哎|唉|对)+(的|吧|了|嘞|啊|呀|滴)*(?=.)", part)
    return part if found is None else part[found.end() :]
