"""What is said of a business that runs already: it is in trouble, ends, or becomes a company."""

import re

from bot.services.words.remarks import is_new_wish
from bot.services.words.story import lacks_licence

_RUNS = re.compile(
    r"[开办干弄盘整搞][了着过](?=[个家间一几好俩两有半多三四五六七八九十\d])|已经[开办](?!始)|"
    "开着(?!车)|早就?[开办]了"
)
_TROUBLED = re.compile(
    "举报|投诉|扰民|噪音|噪声|油烟|查封|封了|罚了|罚款|堵门|"
    "(?:要|叫|让|逼|令)(?:我|俺|咱)?们?(?:家|店里?)?(?:关门|关店|停业|停产|搬走|搬家|拆掉|拆了|整改)"
)
_NO_OPENING = re.compile("不是[^，,。]{0,3}(?:要|想|打算|准备)?新?开(?:个?店|业|张)(?!的?时候)")
_BECOMES = re.compile(
    "个体[^。？?]{0,12}(?:升级?|转|变)(?:成|为|做|到)?(?:一?[个家])?(?:有限)?(?:责任)?(?:公司|企业)"
)
_ANOTHER = re.compile(
    "(?:有|开着|开了|办了)[^。？?]{0,10}(?:公司|厂)[^。？?]{0,20}"
    "(?:再|另|又)[^，,。]{0,4}(?:开|弄|办|设|搞|整)(?:一?[家个]|店|点)|"
    "(?:[我俺咱]们?的?|自家)公司[^。？?]{0,10}(?:有|开着|开了)[^。？?]{0,20}"
    "(?:再|又)[^，,。]{0,4}(?:开|弄|设|搞|整)(?:一?[家个]|店|点)"
)
_IDEA = re.compile("(?:有|有个|有一个)[^，,。？?]{0,12}的?(?:想法|打算|念头|主意)")
_PROPOSES = re.compile("建议|希望|应该|能不能|可不可以|你们|恁们|大厅|窗口|政府|部门")


_OWN = re.compile(
    "[我俺咱](?:们|家)*(?:的|这|那|个|开的)*"
    "(?P<name>[\u4e00-\u9fff]{1,5}?(?:店|厂|公司|合作社|馆|宾馆|院|园|所|铺|超市|诊所|药房|(?<![上下加值早晚夜])班))"
    "(?!长|铺|员|面|里头有|人员|子里)"
)
_DEED = re.compile("[盖建买租开办做弄找去到]")  # 盖厂房
_OTHERS = re.compile(
    "(?:供电|燃气|热力|自来水|供水|水务|电力|物业|保险|中介|代办|代账|担保|测绘|刻章|装修队|对方|"
    "他们|人家|法院|医院|派出|工商|税务|事务|研究|打印|隔壁)|^(?:分|子|母|总)公司|^(?:该|各|哪|别|同)"
)


def own_name(text: str) -> str | None:
    """Return what somebody calls their own business: 五金店 of 俺五金店招牌让城管拆了; or None."""
    found = _OWN.search(text)
    name = found["name"].lstrip("的这那家个") if found is not None else ""
    is_other = _OTHERS.search(name) is not None or _DEED.match(name) is not None
    return name if len(name) > 1 and not is_other else None


def is_running(text: str) -> bool:
    """Tell whether a business is said to run, and none to begin: 开了间画室, 已经开了两年."""
    is_told = _RUNS.search(text) is not None and not lacks_licence(text)
    return is_told and not is_new_wish(_NO_OPENING.sub("", text))


def is_troubled(text: str) -> bool:
    """Tell whether somebody's business is reported, fined or told to shut: 邻居天天举报油烟."""
    return _TROUBLED.search(text) is not None


def denies_opening(text: str) -> bool:
    """Tell whether somebody says that nothing is to be opened: 不是要开店 已经开了两年了."""
    return _NO_OPENING.search(text) is not None and not is_new_wish(_NO_OPENING.sub("", text))


def becomes_company(text: str) -> bool:
    """Tell whether the shop of one person is to become a company: 我这个体户想升级成公司."""
    return _BECOMES.search(text) is not None


def opens_one_more(text: str) -> bool:
    """Tell whether who has a company opens one more of the kind: 有个公司 想上高唐再开一家."""
    return _ANOTHER.search(text) is not None


def asks_anew(text: str) -> bool:
    """Tell whether it is asked if a company is founded once more: 得重新注册公司吗."""
    return re.search("重新|另外?|单独|原来|再(?:注册|办|成立)", text) is not None


def has_idea(text: str) -> bool:
    """Tell whether an idea for a business is told and nothing proposed: 有个养老院的想法."""
    return _IDEA.search(text) is not None and _PROPOSES.search(text) is None


_OF_OTHERS = re.compile(
    "(?:那|他|她|人|别人|隔壁|对门|邻居)(?:家|们)?的?(?:那?家|店|铺|厂|饭店|公司|门市)"
)


def is_of_others(text: str) -> bool:
    """Tell whether a text is about somebody else's business: 那家饭店换老板了 卡不给用."""
    return _OF_OTHERS.search(text) is not None
