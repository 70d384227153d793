"""Recognises what is asked of opening or building something that is not named: 开店要啥手续."""

import re

from bot.services.words.bare_trade import is_bare
from bot.services.words.matter_remarks import asks
from bot.services.words.trade_questions import TradeTopic, topic_of_trade

_SHOP = re.compile(
    "(?:(?:开|办|弄|干|做|搞|支|整)(?:一?[个家间]|点)?小?"
    "(?:实体店|门店|门市|店面|店|铺子?|工厂|加工厂|厂子?|作坊|生意|小?买卖|个体户?|企业|营生)"
    "|(?:自主|自己)?创业|当个?小?老板|(?<!年)注册(?![资地商证表号])|办照)"
)
_BUILT = re.compile(
    "(?:新?建|盖|修建?)(?:一?[个栋座])?(?:房子?|楼房?|工程)|(?:工程|建设|基建)?项目(?:审批|报批|开工|建设)?|"
    "(?:工程|基建)(?:开工|审批|报批)?(?:前|之前)?"
)
_OWN_HOUSE = re.compile("宅基地|村|老家|自家|自己家|农村|民房|翻盖|翻建")

_ASKS = re.compile("[啥几哪咋]|什么|怎么|如何|多少|多久|多长|流程|手续|程序|步骤|[难烦杂][不吗么]")
_PAPERS = re.compile("材料|资料|文件")
_HARD = re.compile("难|容易|麻烦|复杂")

_FORM = re.compile("(?:开|办|注册)(?:个|一个|家)?公司|个体户?|公司|小店|店里")
_TAXES = re.compile(
    "(?:交|缴|上|纳)(?:点|些|哪几[种样]|几[种样])?(?:啥|什么|哪些)?税[^，,。]{0,2}[吗不么啊呀呢]?[?？]?$|税(?:咋|怎么)[交缴]"
)
_UNBILLED = re.compile(
    "(?:不要|不开|没开|没要|不用|没有)(?:电子|专|普)?发?票[^，,。]{0,8}[，, ]?[^，,。]{0,6}"
    "(?:交|缴|报|上)[个点]?税"
)
_FROM_WHAT = re.compile(
    "(?:挣|赚|卖|收入|营业额|流水)(?:到|够|了)?(?:多少|几万|几千|多)[^，,。贷补]{0,10}税|起征点"
)

_POOR = re.compile(
    "(?:没|缺|差|缺少)(?:有|点|啥|什么|多少)*(?:本钱|钱|启动资金|资金)|[本资]?[钱金]不够|手[头里]紧"
)

FREE_REPORTED = "免了是不是"
"""Words of the question of a policy on what is free and reported all the same."""

FROM_WHAT = "挣多少"
"""Words of the question on what sales are free of tax."""

LONGEST = 24
"""Signs; a longer text tells more than who somebody is."""

ASKED = frozenset(
    {TradeTopic.FEE, TradeTopic.TIME, TradeTopic.PLACE, TradeTopic.ORDER, TradeTopic.PAPERS}
)
"""Topics that the opening of any business has an answer to; the licence itself is one more."""


WHO = tuple(
    (word, re.compile(said))
    for word, said in (
        (
            "坐过牢",
            "坐过?牢|监狱|服刑|刑满|判过|判刑|犯过|前科|案底|失信|老赖|征信|欠[^，,。]{0,3}[债钱款]|黑名单|限高",
        ),
        ("公务员", "公务员|事业单位|事业编|编制|体制|机关|公职|干部|警察|当官|公家"),
        ("低保", "低保|五保|贫困户|困难户"),
        (
            "不满18岁",
            "未成年|没成年|不满|没满|不到(?:十八|18)|[初高]中生|孩子|小孩|(?:十[一二三四五六七]|1[0-7])岁",
        ),
        (
            "在单位上班",
            "[上打]着?[班工](?!人)|在职|正式工|有工作|教师|老师|医生|大夫|护士",
        ),
        (
            "谁能开店",
            (
                "退休|岁|老(?:人|头|太|年|汉)|年纪|年龄|外地|外省|外乡|外来|外县|本地|户口|户籍|农村|农民|"
                "残疾|聋|哑|盲|瞎|腿脚|学生|大学|宝妈|下岗|失业|文化|识字|谁[能可]|什么人|啥人|"
                "[二三四五六七八九]十[一二三四五六七八九]?了|[2-9][0-9]了"
            ),
        ),
    )
)
"""Word of the question that answers for somebody, and what somebody is called; the first counts."""

_FOUNDS = re.compile(
    f"{_SHOP.pattern}|(?:办|领|申请|申领)(?:个|张|一个|一张)?(?:营业|个体)?执照|"
    "(?:开|办|注册)(?:个|一个|家)?公司|(?:办|注册|干|当|做|搞)(?:个|一个)?个体"
)
_ELSE = re.compile(
    "注销|过户|转让|[更变]更|更换|换|丢|[用借租抵押]|旁|附近|门口|食堂|托管|证书|快点|发票|年报|贷款|开户|交税|多少|几个|几名|招|雇|写谁|名字"
)
"""Something else is asked: 户口本丢了能办执照不."""

_MAY = re.compile(
    "能|可以|可不可|让|准|允许|[行中成][不吗么]|影响|限制|要求|条件|给不给|还给|给[我俺咱]|批不批|还批"
)

_AGED = re.compile(
    "年纪|年龄|上岁数|岁数|[一二三四五六七八九]十[一二三四五六七八九]?(?:多|来)?(?:岁|好?几了|了)"
    "|[4-9][0-9]多?(?:岁|了)|退休|老了"
)
_GIVEN = re.compile(
    "(?:(?:还|也|人家|那|就)*(?:能不能|给不给|让不让|能|给|让|可以|准|批)[我俺咱]?"
    "(?:办|批|开|干|弄|领|做|整|登记|注册)[^，,。]{0,4}|碍事|有影响|受影响|行|中|成|超龄|卡年[龄纪])"
    "[吗不么没嘛啊呀吧]*[?？]?$"
)
_FOR_OTHERS = re.compile(
    "注销|过户|转让|丢|替|代|陪|帮|社保|保险|工资|贷|补[贴助]|养老|驾|退休金|保姆|员工|雇|招|人手|工人|低保|失业|租|房龄|孩子|学生"
)


def asks_if_too_old(text: str) -> bool:
    """Tell whether somebody asks if a business is still granted at one's age: 我62了还给办不.

    Meant only where a business is talked about; nothing of it need be named.
    """
    is_asked = len(text) <= LONGEST and asks(text) and _FOR_OTHERS.search(text) is None
    return is_asked and _AGED.search(text) is not None and _GIVEN.search(text) is not None


_SALES = re.compile(
    "(?:(?:一|每|这|个|整)?(?:个月|月|季度?|年)(?:也|就|才|能|大概|差不多|下来|里|不过)*"
    "(?:卖|挣|赚|收|做|进账|走)|流水|营业额|销售额|收入)[^，,。0-9]{0,4}?"
    "(?:[0-9]+|[一二两三四五六七八九十几])[^，,。]{0,3}[千万块]"
    "|(?:个月|月|季度?|年)[^，,。]{0,8}[千万块](?:的)?(?:流水|营业额|销售额|收入|进账)"
)
_TAX_BESIDE = re.compile(
    "(?:^|[，, 那])税(?:上|收|务上|这块儿?|这边)?(?:呢|咋|怎么|要|得|用|交|缴|多少|[，, ]|$)"
)


def asks_tax_of_sales(text: str) -> bool:
    """Tell whether tax is asked of what one sells: 税呢 一个月就卖两三万."""
    is_told = len(text) <= LONGEST and _SALES.search(text) is not None
    return is_told and _TAX_BESIDE.search(text) is not None


def asked_who_may(text: str) -> str | None:
    """Return the word of the question on who may begin any business: 退休了能开店不; else None."""
    founds = _FOUNDS.search(text)
    if len(text) > LONGEST or founds is None or not asks(text):
        return None
    if _ELSE.search(text) is not None or _MAY.search(text) is None:
        return None
    said = text[: founds.start()]
    return next((word for word, person in WHO if person.search(said) is not None), None)


def taxes_asked(text: str) -> str | None:
    """Return the word of the question on taxes of any business: 开店都交什么税; else None."""
    if len(text) > LONGEST or "税" not in text or not (asks(text) or _ASKS.search(text)):
        return None
    if _UNBILLED.search(text) is not None:
        return "不开发票"
    if _FROM_WHAT.search(text) is not None:
        return FROM_WHAT
    is_named = _SHOP.search(text) is not None or _FORM.search(text) is not None
    return "交哪些税" if is_named and _TAXES.search(text) is not None else None


def lacks_money(text: str) -> bool:
    """Tell whether somebody without money asks to begin: 没本钱能开店吗."""
    is_short = len(text) <= LONGEST and (asks(text) or _ASKS.search(text) is not None)
    return is_short and _POOR.search(text) is not None and _SHOP.search(text) is not None


def asked_of_any_shop(text: str) -> TradeTopic | None:
    """Return what is asked of a business that nobody named; ORDER for all of it, else None."""
    return _asked(text, _SHOP)


def asked_of_any_building(text: str) -> TradeTopic | None:
    """Return the same of something that is to be built: 盖房子要啥手续, 项目审批要多久."""
    return None if _OWN_HOUSE.search(text) is not None else _asked(text, _BUILT)


def _asked(text: str, words: re.Pattern[str]) -> TradeTopic | None:
    found = words.search(text)
    if found is None or _ASKS.search(text) is None:
        return None
    if is_bare(text, found[0]):
        return TradeTopic.PAPERS if _PAPERS.search(text) is not None else TradeTopic.ORDER
    topic = topic_of_trade(text, (found[0],))
    if topic is TradeTopic.MAY and _HARD.search(text) is not None:
        return TradeTopic.ORDER
    return topic if topic in ASKED else None


_FREE_OF_TAX = re.compile(
    "(?:免|不用[交缴]|不[交缴])(?:了|税|的话)*[^，,。]{0,3}[，, ]?(?:那|是不是|也|就|还)*"
    "(?:不用|不必|用不用|还用|还得|还要|要不要|用|要|得)(?:去|再)?(?:申报|报)(?:税)?"
)


def asks_to_report_free(text: str) -> bool:
    """Tell whether it is asked if what is free of tax is reported too: 免了就不用报了呗."""
    return len(text) <= LONGEST and _FREE_OF_TAX.search(text) is not None
