"""Recognises a question about a trade that says nothing else of it: 能开点心厂不.

It means no single licence, but all that the trade wants. `bare_trade.py` knows the question that
has no topic at all: 养老院咋办.
"""

import enum
import re
from collections.abc import Iterable

LONGEST = 28
"""Characters of what says so little."""


class TradeTopic(enum.Enum):
    """What is asked of a trade as a whole."""

    MAY = "may"
    """Whether it may be begun, and under which conditions."""

    FEE = "fee"
    TIME = "time_limit"
    PLACE = "place"
    ORDER = "order"
    """What comes first."""

    FINE = "fine"
    """What follows when it is begun without its papers."""

    AREA = "area"
    """Whether an office or a field of work has to do with it: 要环评不."""

    LICENCE = "licence"
    """How its registration is got: 面馆的执照咋办."""

    PAPERS = "materials"
    NEED = "need"
    """Whether it must be registered at all: 拉货用办照吗."""


_TOPICS = (
    (
        TradeTopic.FINE,
        (
            "没有|没|无|不办|营业执照|执照|照|证件|证|备案|擅自|先|会|被|挨|处罚|罚款|罚|多少钱|几个钱|多少|钱|抓住|抓|"
            "查|后果|违法|犯法|能|可以|行|中|允许"
        ),
        "(?:没有?|无|不)办?(?:营业)?(?:执照|照|证|手续|许可|备案)",
    ),
    (
        TradeTopic.ORDER,
        "先|后|再|哪一?[个样边]|哪个在前|头一?步|第一步|从哪|起|开始|顺序|的话|营业执照|执照|许可证|许可|照|和|跟|与|还是",
        "先.{0,6}后|先办|第一步|头一?步|顺序",
    ),
    (TradeTopic.FEE, "多少钱|几个钱|花|费用?|收|掏|钱|贵不贵|贵|免费", "钱|费|贵"),
    (
        TradeTopic.TIME,
        "几天|多少天|多久|多长时间|多长|时间|啥时候|什么时候|几个月|快不快|慢不慢|快|能|可以|拿到?|下来|完|开业|开门|批",
        "几天|多少天|多久|多长|啥时候|什么时候|几个月|快不快|慢不慢",
    ),
    (
        TradeTopic.PLACE,
        "哪(?:个|儿|里)?|哪(?:个)?(?:部门|单位|局|窗口|地方)|去|上|到|在|找谁|谁|归|管|批|审批|部门|窗口|地方",
        "哪(?:个|儿|里)?(?:部门|单位|局|窗口|地方|办|去|管|批)|[去上到在]哪|找谁|归谁|谁管|谁批",
    ),
    (
        TradeTopic.PAPERS,
        "材料|资料|文件|东西|交|带|拿|备|提交|齐|去|来",
        "材料|资料|文件|[交带拿](?:些|点|着)?(?:啥|什么|哪些)",
    ),
    (
        TradeTopic.LICENCE,
        "营业执照|个体执照|执照|照",
        "执照|办照",
    ),
    (
        TradeTopic.MAY,
        (
            "能不能|能|可不可以|可以|可|让不让|让|行不行|行|中不中|中|允许|条件|要求|门槛|资格|限制|"
            "难不难|难|容易|符合|满足|具备|够"
        ),
        "能|可以|可不可|让|行|中|允许|条件|要求|门槛|资格|限制|难|符合|满足|具备",
    ),
)

_FILLER = (
    "请问|问一?下|咨询|打听|我们?|俺们?|咱们?|你们?|想|准备|打算|个人|自己|私人|一般人|普通人|老百姓|一个人|"
    "农村|村里|镇上|县里|城里|市里|这边|这里|这儿|本地|当地|现在|今年|目前|还|如今|到底|究竟|大概|大约|一共|总共|全部|"
    "开办|开设|开|办理?|弄|搞|做|干|经营|注册|成立|申请|投资|一?家|一?个|一?间|一下|都|得|该|要|用|需要?|有|的|了|呢|"
    "啊|吗|么|嘛|呀|吧|不(?!办)|呗|哈|整|店|铺|厂|是|就|才|怎么|咋样?|怎样|如何|啥样|啥|什么|哪些|几样|多少|"
    "证件|证照|证|手续|资质|许可|这行|这个行业|行业|生意|人|最|全|和|也|给|过|，|,|。|？|\\?|！|!|~|\\s"
)
_AREA_FILLER = (
    "那边|那头|这边|跟着|也|换|改|动|去|补|交|方面|评估|检查|验收|审批|备案|"
    "报备|批|查|过|做|跑|走一趟|走"
)


def topic_of_trade(text: str, names: Iterable[str], areas: Iterable[str] = ()) -> TradeTopic | None:
    """Return what is asked of a trade where the text says nothing else; None for anything else.

    Args:
        text: The message.
        names: The words of it that name the trade and the place.
        areas: The words of it that name an office or a field of work.
    """
    if len(text) > LONGEST:
        return None
    rest = text
    for name in names:
        rest = rest.replace(name, " ")
    words = [word for word in areas if word in rest]
    for word in words:
        rest = rest.replace(word, " ")
    if words:
        is_need = _ASKS.search(rest) is not None and _HOW.search(rest) is None
        return TradeTopic.AREA if is_need and _is_empty(rest, _AREA_FILLER) else None
    for topic, own, sign in _TOPICS:
        if re.search(sign, rest):
            found = topic if _is_empty(rest, own) else None
            is_need = found is TradeTopic.LICENCE and _NEEDS.search(rest) is not None
            return TradeTopic.NEED if is_need else found
    return None


def is_about_lack(question: str) -> bool:
    """Tell whether a question of the catalogue is about who works without the papers."""
    return _LACKS.match(question) is not None


def asks_if_one_may(text: str) -> bool:
    """Tell whether it is asked if oneself may open the trade, after what one is: 够条件不."""
    return _IF_ONE_MAY.fullmatch(text) is not None


_IF_ONE_MAY = re.compile(
    "[我俺这样的那]*(?:够|符合|达到|有)?(?:不够|不符合|没有)?(?:条件|资格|资质|格|要求|标准)(?:[吗么不没]|够不够|行不行)?[?？]?|"
    "[我俺这样的那]*(?:够不够|符不符合|有没有|算不算够)(?:条件|资格|资质|格|要求)?[?？]?|"
    "[我俺这样的那]*(?:能|可以)(?:行|办|开|干|批)(?:下来|成)?[吗么不][?？]?"
)


def asks_fine_of_lack(text: str) -> bool:
    """Tell whether it is asked what follows who works before the papers are there.

    "照没下来俺先收着 让查着罚多少" says more than a bare 没证罚多少. What is no fine (会咋着) must
    be about who begins too soon.
    """
    if _LACKING.search(text) is None or _AFTER_LAPSE.search(text) is not None:
        return False
    is_begun = _BEGUN.search(text) is not None and _FOLLOWS.search(text) is not None
    return is_begun or re.search("罚(?!单|息)", text) is not None


def points_at_lacked(text: str) -> bool:
    """Tell whether one licence just spoken of is what is lacking: 没办这个先干着."""
    return _THIS.search(text) is not None


_THIS = re.compile("[这那](?:个|张|一?样)?(?:证|许可|备案|东西|照)?(?:没|不|还|也|$|[，, 先就])")
_LACKING = re.compile(
    "(?:没有?|无|不)办?(?:营业)?(?:执照|照|证|手续|许可|备案)|"
    "(?:执照|照|证|手续|许可|备案|批文)[^，,。]{0,3}(?:没|未|不)(?:有|办|下|拿|批|弄|到|齐)|"
    "(?:没|未|不)(?:办|拿|批|登记|下来|等)[^，,。]{0,6}(?:先|就|便|直接|偷)"
)
_BEGUN = re.compile(
    "先(?!办|交|递|补|后)|偷|直接|就(?=开|干|卖|收|招|做|接|营|拉|跑|住|用)|提前|悄悄"
)
_FOLLOWS = re.compile(
    "会(?:咋|怎|不会|有啥|有什么|挨|被)|咋[着样罚]|怎么?(?:处|着|样)|处理|处罚|后果|有事[没不吗么]|没事[吧吗不么]|"
    "要紧[不吗么]|犯法|违法|查[着到住]|逮[住着到]|抓[住着到]|取缔"
)
_AFTER_LAPSE = re.compile("过期|到期|年报|年检|变更|注销")
_NEEDS = re.compile("[用要得]办?个?(?:营业)?(?:执照|照).{0,2}[不吗么]|[用要得][不没][用要得]")
_LACKS = re.compile("没办?证|没办|没拿|没登记|没备案|没许可|没照|[无没]证|不办")

_ASKS = re.compile("[不吗么没]|[得要用]")
_HOW = re.compile("怎么|咋(?!说)|如何|啥|什么|哪")


def _is_empty(text: str, own: str) -> bool:
    """Tell whether a text holds nothing but the words of a topic and what fills a sentence."""
    return not re.sub(f"{own}|{_FILLER}", "", text).strip()
