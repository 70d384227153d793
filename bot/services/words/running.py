"""Tells a business that runs already, and what is to be added to it, from one that begins."""

import re

_SHOP = (
    "(店|铺子?|馆子?|厅|超市|厂子?|摊子?|作坊|诊所|修理部|门诊|猪场|鸡场|牛场|羊场|养殖场|农场|酒店|宾馆|小卖部|公司|园|医院|学校|站|中心|门市|网吧|药房)"
    "(?!面|位|铺|子|点)"
)
_RUNS = re.compile(
    r"(?<!没)(?<!想)(?<!要)(有|开着|开了|干着|经营着|弄着|办着)(一)?[个家间]?[^，,。 想要]{0,7}"
    rf"{_SHOP}|"
    r"(执照|照)(早就?|已经|都|也|之前|以前)*(有了?|办了|办过|办好了?|下来了)|"
    r"(之前|以前|原来|去年|前年|早就)[^，,。]{0,6}[办开](了|过)[^，,。]{0,8}(执照|店|铺|馆|超市|厂)|"
    rf"(?<!想)(?<!要)开[^，,。？? 想要啥什]{{1,8}}的(?=[，,。 ])|"
    rf"(我|俺|咱|家)们?(?<!想)(?<!要)[开卖做弄][^，,。？? 想要啥什]{{1,6}}的?小?{_SHOP}|"
    rf"(我|俺|咱|我们|俺们|俺家|我家|咱家|现在)的?[^，,。想要开办]{{0,4}}{_SHOP}(里|现在|想|要|也想)"
)
_ADDS = re.compile(
    "[加增添]加?(个|点|上|一个|些|一项|几样)?[^，,。不吗]{0,8}(项目|业务|品类|范围|买卖|服务)|"
    "(想|要|准备|打算|再|还)(再|也|顺便)*[加添](个|点|上|着|卖|做|台|套|张|把|部)(?!人|合伙|股东|员工|车间|厨房|空调|[门楼班]|微信|钱|盟)|"
    "(捎带着?|顺便|顺带|带着)(再|也)?(卖|做)|"
    "(想|要|准备|打算)(再|还|也|顺便|顺带)(卖|做|弄|搞|干|接|收|修)(?!个?(?:店|公司|厂))|"
    "(再|还|也)(想|要|打算)(再)?(卖|做|接|收|修)(?!个?(?:店|公司|厂))"
)
_EQUIPS = re.compile(
    "[加添](了|个|点|上|一)*(台|张|把|套|部|组)?[^，,。？?]{0,8}"
    "(机器|机子|[机仪椅](?=$|[，,。 、吗不呢])|设备|仪器|椅子|锅炉|冷柜|冰柜"
    "|灶台|电梯|叉车|大屏|摄像头)"
    "(?!店|房|城|[维检]?修|销售|出租)"
)
_BEGINS = re.compile(
    "(想|要|准备|打算|再|另外?|新)(去|在|再|也|[^，,。]{0,4})?[开盘办](一)?[个家间]|新开|"
    "(想|要|准备|打算)开(?!着|了)|朋友|别人|人家|没有?(店|执照|照)"
)


_OPEN_ALREADY = re.compile(
    "(?:去年|前年|上个?月|上半年|今年|年初|刚刚?|才|早就|已经)[^，,。想要打]{0,3}"
    "开(?:了|的|起来|张|业|[，,。 ]|$)|"
    "开(?:了|着|有)[^，,。]{0,2}[0-9一二两三四五六七八九十几多半]+个?(?:年|月)"
)


def is_open_already(text: str) -> bool:
    """Tell whether the business that is spoken of has opened: 开饭馆 去年刚开 有啥补贴."""
    return _OPEN_ALREADY.search(text) is not None and _BEGINS.search(text) is None


def adds_to_running(text: str) -> bool:
    """Tell whether something is to be added to a business that runs: 有个理发店，想加个美容项目."""
    runs = _RUNS.search(text) is not None and _BEGINS.search(text) is None
    return runs and _ADDS.search(text) is not None


def behind_adding(text: str) -> str:
    """Return what stands behind the words that add: 美容项目."""
    found = _ADDS.search(text)
    return "" if found is None else text[found.start() :]


_LEADS = re.compile(
    "^(?:想|要|准备|打算)?(?:再|还|也|顺便|顺带)?[加增添]?(?:上|个|点|些|着|一个)?[卖做]?"
)


def thing_added(behind: str) -> str:
    """Return the thing that is added: 除草剂 of 想加上除草剂 他小学毕业能办不."""
    first = re.split("[，,。；？? ]", behind, maxsplit=1)[0]
    return _LEADS.sub("", first) or first


def is_equipped(text: str) -> bool:
    """Tell whether a machine is added, and nothing that is sold or done: 添个拍牙片的机子."""
    return _EQUIPS.search(text) is not None
