"""Recognises what is doubted in an answer, and that it is to be checked."""

import re

from bot.services.words.remarks import clauses

LONGEST_WISH = 18
"""Characters; a longer text says more than that something is to be checked."""

LONGEST_DOUBT = 24
"""Characters of a doubt with its reason."""

_LONG_AGO = "(?:上回|上次|前几天|前天|昨天|那天|那回|早先|上个?月|上周|前阵子|头几天)"
_US = "(?:你|您|恁|小二|机器人)们?"
_ANOTHER_TALK = re.compile(
    f"{_LONG_AGO}[^，,。]{{0,6}}{_US}[^，,。]{{0,4}}(?:说|告诉|讲|答|跟)|"
    f"{_US}{_LONG_AGO}[^，,。]{{0,4}}(?:说|告诉|讲|答|跟)"
)
_TURNED_OUT = re.compile("结果|可是|但是?|人家|窗口|不对|错|解释|白跑|不一样|不是这|又说|却")
"""Says that it was otherwise: a bare "你上回说要带啥来着" only asks again."""

_CHECK = re.compile(
    "核实|核查|查实|查证|反映|上报|报上去|记下来|登记|求证|问问(上面|领导|他们|部门)|纠错|更正|改改|"
    "(找|让|请|叫|喊)(个|一个)?(人|工作人员|你们领导|懂的|部门|专人)(来|去|给|帮|再)?(看|查|核|问|改)"
)
_ASKS_FOR_CHECK = re.compile(
    "(请|找|让|叫|喊|派)(个|一个|你们)*(人|工作人员|专人|懂的|领导|部门)(再|来|去|给|帮|我|俺|一下)*(核实|核对|核查|查实|查证)"
)
_NOT_ANY_MORE = re.compile(
    "不是(早|早就|已经|都|去年|前年|说)?(取消|免|废|停办?|不用|不要|不办)(掉|除|交|办|了)*(了)?(吗|嘛|么|啊)[?？]?$"
)
_DISBELIEVES = re.compile(
    "(那|可|唉|哼|我|俺|咱|还是|就是|反正|有点|真|都|[，, ])*"
    "(不信|不敢信|不相信|信不过(你|您|恁|机器)?|没法信)"
    "(你|您|恁)?(说的|讲的|这个|这话)?(啊|呀|哎|哈|了)?|"
    "(那|这|我|俺|到底|究竟|该|应该|[，, ])*(听|信|按|以)谁(说)?(的)?(为准|好|算)?(啊|呢)?|"
    "(那|这|到底|究竟|[，, ])*谁说(的|得)?(对|准|算数?)(啊|呢)?|"
    "(可|那|我|俺|[，, ])*(邻居|隔壁|别人|别家|人家|对门|旁边|同行)[^，,。不没也都就]{0,4}"
    "(也|都|就|从来)(没|不)(办|交|要|收|用|弄)(过|啊|呀|的|钱|这个|证)*|"
    "(这|那|是|可|你|您|恁|说的|[，, ])*(真的假的|真的?还是假的?|真假)(啊|呀|哦)?"
)
_NOT_CHECKED = re.compile("不(用|要|必|想|需要)|别|算了|怎么|咋|哪|谁|吗|多久|几天")
_TOPICS = {
    "fee": re.compile(
        "[要收交花掏付给]了?[^，,。]{0,3}(钱|费)|免费|不?收费|钱|[一二两三四五六七八九十几\\d百千万]+(块|元)|"
        "[花掏交收付]了?[一二两三四五六七八九十几\\d]+[百千万]"
    ),
    "time_limit": re.compile(
        "[一二两三四五六七八九十几半\\d]+(多|来)?个?(天|工作日|礼拜|星期|周|月|小时|钟头|分钟)|多久|当天|当场|太?久"
    ),
    "materials": re.compile(
        "材料|资料|[带交拿备]{1,2}[^，,。钱费]{0,6}(证|表|本|复印件|合同|证明)"
    ),
    "place": re.compile("窗口|大厅|地址|到场|本人去|跑一趟|网上(办|申请|就能|能办)"),
}
_BASIS = re.compile(
    "(哪|啥|什么)(一|个)?(条|部|款|项|份)?(国家)?(法律?|条例|规定|文件|办法|红头)|"
    "(依据|出处|文号)(呢|是|在|给|拿|有)|有(没有)?(依据|出处|文件|规定)|[拿给亮](出|个|得出)?.{0,4}(依据|规定|文件|条文)|"
    "(写|定|规定)在(哪|啥|什么)"
)


def wants_check(text: str) -> bool:
    """Tell whether a doubt is to be looked into: "那你帮我反映下吧"."""
    is_short = len(text) <= LONGEST_WISH
    return is_short and _CHECK.search(text) is not None and _NOT_CHECKED.search(text) is None


def asks_for_check(text: str) -> bool:
    """Tell whether a text by itself asks that a person checks an answer: "请人核实一下"."""
    return len(text) <= LONGEST_WISH and _ASKS_FOR_CHECK.search(text) is not None


def speaks_of_another_talk(text: str) -> bool:
    """Tell whether something said in an earlier talk is doubted: "你上回告诉我说不用环评"."""
    is_told = _ANOTHER_TALK.search(text) is not None
    return is_told and _TURNED_OUT.search(text) is not None


def disbelieves(text: str) -> bool:
    """Tell whether we are not believed, and no more is said than why: "真的假的 别家都不要"."""
    parts = clauses(text) if len(text) <= LONGEST_DOUBT else []
    return any(_DISBELIEVES.fullmatch(said.strip(" 。！!？?")) for said in (text, *parts[:1]))


def denies_need(text: str) -> bool:
    """Tell whether it is held that something is not wanted any more: "那个不是取消了吗"."""
    return len(text) <= LONGEST_WISH and _NOT_ANY_MORE.search(text) is not None


def doubted_topic(text: str) -> str | None:
    """Return which question about a matter a doubt is about by its words, None for none."""
    return next((topic for topic, words in _TOPICS.items() if words.search(text)), None)


def asks_basis(text: str) -> bool:
    """Tell whether it is asked where something stands: "哪条法这么写的"."""
    return _BASIS.search(text) is not None
