"""Tells whether a text gives the service that a model takes it to wish for any ground to open.

A form that nobody asked for is worse than an answer that is missing: the words must speak for it.
"""

import re
from collections.abc import Callable, Mapping

from bot.services.words.opening_told import MEANS_TO
from bot.services.words.story import finds_fault, tells_trouble
from bot.services.words.unsaid import asks_on, blames_others, drops_thing
from bot.services.words.unwished import is_acted_against, wishes_story

_TERM_ASKED = re.compile(
    "(?:啥|什么|嘛)意思|(?:是个?|叫|指)(?:啥|什么|嘛)(?:东西|玩意儿?|证|"
    "许可)?[啊呀呢]?(?=[?？ ，,。]|$)|"
    "(?:啥|什么)(?:叫|是)|咋回事|没听说过"
)
"""Asks what a term means: 那个筹建的是啥意思."""

_WISH = re.compile(
    "(?:[我俺咱]们?|公司|单位|厂里|家里)[^，,。?？]{0,6}(?:想|要|打算|准备|计划|得|寻思)|(?:想|"
    "打算|准备|计划|寻思)(?:着)?[^，,。?？]{0,4}"
    "(?:盖|建|开|办|弄|干|搞|上|做)|(?:给|帮|替)[我俺咱]"
)
"""Says what somebody wants."""

_ASSESSED = re.compile(
    "(?:[环能安稳震洪雷灾职地]|影响|安全|环境|风险|能耗|节能|稳定|危害|灾害|地震|洪水|交通|卫生|"
    "质量|资产|技术|结题)"
    "(?:性)?评(?:价|估|审)?|评(?:估|审|标|级|定|职称)"
)
_RATED = re.compile("评|分|星|满意|好差|给个?[高低好差]")

_SELF_ASKED = re.compile(
    "(?:就(?:行|中|可以|成|好|管|够)了?[吧呗吗不么]?|(?:行|中|可以|成)[吧呗吗不么])[?？ ]*$|"
    "(?:是不是|用不用|要不要|得不得|能不能|可不可以|必须|还[得用要]|也[得用要])[^，,。]{0,14}"
    "(?:申请|申报|填|提交|上传|报)"
)
_ORDERED = re.compile(
    "[给帮替][我俺咱]|[你您恁]|[我俺咱]们?(?:就|现在|这就|直接)?(?:要|想|来)|现在|直接|这就|马上|"
    "开始|在这"
)
_TO_PLATFORM = re.compile(
    "(?:平台|抖音|淘宝|拼多多|美团|快手|京东|微信|小红书|视频号|闲鱼|饿了么|天猫|微店)[^，,。]{0,8}"
    "(?:让|叫|要|催|通知|说)[^，,。]{0,8}(?:执照|证|资质)"
)
"""A platform wants the licence of who sells there: 平台让我上传执照了."""

_SLIP_GIVEN = re.compile(
    "(?:给|开|下|递|贴|留|塞|拿|收|接|送|发)(?:到|了|着|过|我|俺|咱)*(?:[一两这那]?[张个份])?"
    "(?:[^，,。]{0,4})?(?:单(?:子|(?=[ ，,。子]|$))|通知书?|告知书|决定书|文书|条子)"
)
"""An office leaves a paper: 城管昨天来说让我拆了 给了张单子."""

_FILED = re.compile(
    "哨|投诉|举报|建议|意见|诉求|工单|编号|反映|[A-Z]{2}-?\\d|我提|提的|登记的|信访|回复|答复"
)

_PLANS = re.compile(
    "合计着?|寻思着?|琢磨着?|打算|(?<![不没])想(?:着)?(?=[^，,。]{0,8}(?:弄|干|开|搞|办|做))|准备|"
    "盘算|"
    "一(?:块|起|同)干|(?:自己|合伙|搭伙|搭帮)干"
)
"""Tells what somebody means to do: 我们几个合计着一块干."""

_OF_STORY = re.compile(
    "哨|投诉|举报|协调|反映|求助|牵头|部门|窗口|大厅|局|曝光|说法|评理|管管|出面|解决|救|诉求|"
    "意见|难题|堵|断|卡|拖欠|没人(?=[管理问接来搭处解答]|$)"
)


def _rates_nothing(text: str) -> bool:
    """Tell whether only an assessment of a project is spoken of: 那个啥影响评价 也要吗."""
    is_named = _ASSESSED.search(text) is not None
    return is_named and _RATED.search(_ASSESSED.sub("", text)) is None


def _asks_how_applied(text: str) -> bool:
    """Tell whether it is asked how one applies, or somebody else wants a licence to be shown."""
    if _TO_PLATFORM.search(text) is not None:
        return True
    return _SELF_ASKED.search(text) is not None and _ORDERED.search(text) is None


def _shows_paper(text: str) -> bool:
    """Tell whether an office left a paper, and nothing that was filed is looked for."""
    return _SLIP_GIVEN.search(text) is not None and _FILED.search(text) is None


def plans_only(text: str) -> bool:
    """Tell whether a text tells what somebody means to do, and of no trouble."""
    is_story = finds_fault(text) or is_acted_against(text) or wishes_story(text)
    is_story |= _OF_STORY.search(text) is not None
    return _PLANS.search(text) is not None and not is_story


def speaks_of_trouble(text: str) -> bool:
    """Tell whether a text speaks of an office, of trouble or of filing, and not only of a man.

    他说他从来没查过 blames nobody: it is no complaint unless the model is sure that it is.
    """
    is_told = tells_trouble(text) or is_acted_against(text) or wishes_story(text)
    return is_told or _OF_STORY.search(text) is not None


_AGAINST = re.compile(
    "谁(?:来)?(?:能)?管|没人(?:[理接]|给)|"
    "(?:隔壁|楼上|对门|邻居家)[^，,。?？]{0,12}(?:往|天天|半夜|油烟|扬灰|换人)|"
    "(?:城管|执法|检查的|工商|市监|派出所|消防)[^，,。?？]{0,14}(?:扣|[拉收搬摘拖贴]走?了|查封)|查封|"
    "(?:证|照|本子?|牌子)[^，,。?？]{0,5}(?:找不[着到见]|丢了|没了|烂了|撕|过期|快?到[期头])|"
    "(?:报|交|申请|递)(?:上去|了|过)[^，,。?？]{0,4}(?:天|月|礼拜|星期)了"
)
"""Tells what goes wrong with a business that runs, or with a neighbour."""

_OPENS_STILL = re.compile(
    f"(?:{MEANS_TO}|要)[^，,。?？]{{0,8}}(?:[开弄搞干支办做盘]|接(?:手|过来))|让我接|接不接|"
    "盘下|转给我"
)
"""Wishes for a business all the same."""


def _runs_in_trouble(text: str) -> bool:
    """Tell whether a text tells of trouble with a business that runs: 锅炉的证找不着了."""
    is_told = _AGAINST.search(text) is not None or is_acted_against(text)
    return is_told and _OPENS_STILL.search(text) is None


_GROUNDLESS: Mapping[str, Callable[[str], bool]] = {
    "abuse": blames_others,
    "apply_online": _asks_how_applied,
    "blow_whistle": plans_only,
    "complain": plans_only,
    "goodbye": asks_on,
    "query_ticket": _shows_paper,
    "rate_service": _rates_nothing,
    "start_business": _runs_in_trouble,
    "stop": drops_thing,
}

TERM_OPENS_NOT = frozenset({"apply_online", "plan_project", "rate_service"})
"""Intents of forms that who asks what a term means has not asked for."""


def is_groundless(intent: str, text: str) -> bool:
    """Tell whether a text gives a form no ground to open, whatever a model takes it for.

    Args:
        intent: What the model takes it for.
        text: The message, or a clause of it.
    """
    if intent in TERM_OPENS_NOT and _TERM_ASKED.search(text) and _WISH.search(text) is None:
        return True
    tells = _GROUNDLESS.get(intent)
    return tells is not None and tells(text)


_SERVICE = re.compile(
    "约(?!莫|摸)|帮办|人工|客服|建议|意见|办件|进度|编号|单号|通知我|提醒我|投诉|举报|吹哨"
)


def names_service(text: str) -> bool:
    """Tell whether a text speaks of what an office does for people: 那现在约个视频帮办."""
    return _SERVICE.search(text) is not None
