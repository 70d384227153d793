"""What a sentence about a building project tells in words that no list holds: who pays."""

import re

from bot.services.reading.answers import is_denied_behind

_OWNER = (
    "自己|自个儿?|自家|公司|企业|老板|个人|私人|股东|合作社|俺们|我们|咱们|厂里|厂子|厂|俺|我|咱"
)
_SELF_PAYS = re.compile(
    rf"(?:{_OWNER})(?:{_OWNER})?的?(?:的钱|钱|投的|投资|投钱|掏的?钱|出的?钱|垫的?钱|出资|垫资)|"
    "(?:大伙儿?|大家|社员|几家|几户|自己)(?:一起|一块儿?)?凑(?!合|热|巧|齐)|钱(?:是|都|就)?(?:大伙儿?|大家)凑"
)
_PUBLIC = "政府|财政|国家|公家|上面|上级|省里|市里|县里|区里|镇里|镇上|乡里"
_PUBLIC_PAYS = re.compile(
    rf"(?:{_PUBLIC})(?:都|全|给|拨|出|掏|下|批|划){{0,3}}的?(?:专项)?(?:的钱|钱|款|资金)(?!补)"
)
_HAS_LAND = re.compile(
    "(?<![场当工本外各产基菜田坡荒])地(?:皮|块)?(?:是|就|都|也|原来|本来|以前|反正){0,3}"
    "(?:早就?[有买拿]?|现成|原有|老早|(?:自己|自家|自个)(?:家|儿)?[的有]|(?:我|俺|咱)们?(?:厂|公司|单位|自己)|"
    "(?:公司|厂里|单位|社里|合作社)的|在[^，,。？?]{0,4}[院校厂]里?)(?![^，,。]{0,3}租)|"
    "(?<![场当工本外各产基菜田坡荒])地(?:皮|块)?(?:已经|都|也)?(?:拿|买|拍)(?:到手?|下来?)?了(?!吗|没|么)|"
    "(?<![场当工本外各产基菜田坡荒])地(?:皮|块)?的?证(?:早就?|都|也|已经|就)*[有办拿领下](?!不|没)|"
    "[院厂校社]里的(?:空|老)?地(?!方|址|[面板砖下])|"
    "不(?:用|需要?|必)?(?:再|另外?)?(?:买|拿|征|批|拍|供)(?:新)?地(?!方|址|[铁毯])|"
    "(?<![场当工本外各产基])地不(?:用|需要?)(?:再|另外?)?(?:买|拿|征|批|拍)"
)
_NO_LAND = re.compile(
    "(?:^|[，,。 我俺还现眼在])(?:没|没有|无)(?:现成的?|自己的?)?地(?:呢|啊|皮|块)?(?=$|[，,。 ])"
)
_NO_HAZARD = re.compile(
    "(?:不|没|没有|又不)(?:会|打算|存放|储存|涉及|存|放|用|做|碰|沾|搞)"
    "(?:啥|什么|任何|那些)?(?:危险|易燃|易爆|有毒|化学品|危化)"
)


_RAISES = re.compile(
    "(?<![已改修翻])(?:盖(?![好完章])|建(?![好完成行议])|起(?![诉来])|造|搭|新上)"
    "(?:个|一?[座栋幢间排]|[两三]?[座栋幢])?[^，,。 ]{0,14}?"
    "(?:仓库|库房|冷库|厂房|车间|办公楼|宿舍楼?|综合楼|教学楼|食堂|商场|酒店|医院|学校|展厅|钢结构)"
)


def raises_building(text: str) -> bool:
    """Tell whether a text tells that something is to be built: 公司出钱起个两千二百平的仓库."""
    return _said(_RAISES, text)


_ORDINARY = re.compile(
    "(?:普通|一般|平常|寻常|常规)(?:的|那种)*(?:小|工业|民用)?(?:厂|仓|库|房|商铺|项目|楼|车间|门面|建筑|$)|"
    "小(?:厂|项目|工程|作坊|车间|仓库|打小闹)"
)


def is_ordinary(text: str) -> bool:
    """Tell whether a project is called one of the usual kind: 就是普通厂房."""
    return _said(_ORDINARY, text)


def told_plainly(text: str) -> dict[str, str]:
    """Return answers by question that no list of words holds: 自己厂的钱, 地就在学校院里.

    What is denied tells nothing (不是公司出钱), and two who pay cancel each other.
    """
    found: dict[str, str] = {}
    is_self, is_public = _said(_SELF_PAYS, text), _said(_PUBLIC_PAYS, text)
    if is_self != is_public:
        found["investor"] = "社会投资" if is_self else "政府投资"
    if _said(_HAS_LAND, text):
        found["has_land"] = "yes"
    elif _NO_LAND.search(text) is not None:
        found["has_land"] = "no"
    if _NO_HAZARD.search(text) is not None:
        found["has_hazard"] = "no"
    return found


def _said(pattern: re.Pattern[str], text: str) -> bool:
    return any(not is_denied_behind(text[: hit.start()]) for hit in pattern.finditer(text))
