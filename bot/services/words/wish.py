"""Tells whether a text speaks of the service that a model takes it to wish for."""

import re
from collections.abc import Mapping

from bot.services.plans.open_already import is_running
from bot.services.words.business import begins_new, wishes_to_open
from bot.services.words.remarks import is_a_suggestion
from bot.services.words.story import proposes

_CASE = (
    r"办件|编号|尾号|\d{4}|进度|进展|流程走|查|催|加急|申请|审批|批[了下]|下来|办到|受理|窗口|部门|"
    r"到哪(?!一?[年天月日])|怎么?样了|咋样了|[好办批]了没|"
    r"结果|证|照|许可"
)
_WORDS: Mapping[str, re.Pattern[str]] = {
    "apply_online": re.compile(
        r"申请|申报|申办|网上|在线|线上|提交|递|上传|网办|报上|办(?!下来|[不完好齐了])"
    ),
    "blow_whistle": re.compile(r"哨|协调|反映|求助|没人管|出面"),
    "complain": re.compile(
        r"投诉|举报|告(?:他|她|你|状|窗口|[^，,。]{0,6}[局科所厅办])|反映|曝光|讨个?说法|评评?理|管管|"
        r"骂|凶|吼|刁难|推诿|卡要|红包|好处|收[^，,。]{0,4}钱|态度|摔|瞪|甩脸|拖着|欺负"
    ),
    "follow_case": re.compile(_CASE),
    "query_case": re.compile(_CASE),
    "query_ticket": re.compile(
        r"投诉|举报|吹哨|建议|单子?|编号|反映|诉求|登记|提的|说的|报的|"
        r"那个?事|有人管|处理|答复|回音|到哪|怎么?样了|咋样了"
    ),
    "rate_service": re.compile(r"评|打[个]?分|星|满意|给个?好"),
    "urge_case": re.compile(_CASE),
}
"""A word of each service without which nothing of it is wished for."""


def speaks_of_wish(intent: str, text: str) -> bool:
    """Tell whether a text speaks of the service that an intent wishes for.

    "我急用" urges no case, "跑了三趟了" files no complaint, "材料我都备齐了" applies for nothing.

    Args:
        intent: What the model takes the text for; one that is no such wish is spoken of always.
        text: The message.
    """
    if intent == "start_business":
        return not is_running(text) and (begins_new(text) or wishes_to_open(text))
    if intent == "suggest":
        return is_a_suggestion(text) or proposes(text) or "意见" in text
    words = _WORDS.get(intent)
    return words is None or words.search(text) is not None


_PACKAGE = re.compile(
    "(?:配|排|做|出|来|弄|搞|组|整|要|给)[^，,。]{0,6}政策包|政策包[^，,。]{0,4}(?:来|配|给|弄|整|排)"
)


def orders_package(text: str) -> bool:
    """Tell whether a package of policies is to be put together: 给俺那修车铺配个政策包."""
    return _PACKAGE.search(text) is not None


_MONEY = re.compile(
    "补贴|补助|优惠|扶持|奖励|返还|贴息|[减免退]税|(?<![房车])贷(?:款|点|不|吗)|"
    "(?<![本白首率带占认])领(?![导带养班工队路事结巾域军先]|[^，,。]{0,6}[证照表号书本])"
)

LONGEST_OF_MONEY = 10
"""Signs of a few words that ask for money of the state."""


def asks_for_money(text: str) -> bool:
    """Tell whether a few words speak of money of the state by its name: 能贷款吗, 谁能领."""
    return _MONEY.search(text) is not None


_TRADES = re.compile(
    "(?:想|打算|准备|寻思)(?:着)?(?:再|也|在)?[^，,。]{0,8}?(?:卖|开|摆|干|弄|做|搞|办|养)"
)


def wants_to_trade(text: str) -> bool:
    """Tell whether somebody wants to sell or to open something: 小卖铺想摆点烟卖."""
    return _TRADES.search(text) is not None


_HIRED = re.compile(
    "(?:招|雇|聘|用)了?[^，,。]{0,5}(?:应届|毕业|大学|学生|员工|下岗|失业|残疾|退伍|[个名俩仨]人)"
    "[^，,。]{0,4}?(?:有没有|有|给不给|给|能领|能拿)[^，,。]{0,3}(?:补|钱|奖)"
)


def pays_for_hired(text: str) -> bool:
    """Tell whether money is asked for whom one has hired: 那招了俩应届的有没有补."""
    return _HIRED.search(text) is not None
