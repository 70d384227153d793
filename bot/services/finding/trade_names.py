"""Reads the name of a trade by its end and by the words that stand for one another in it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.services.reading.wording import normalise
from bot.services.words.runs_told import is_no_trade, long_done

LONGEST_TRADE = 7
"""Signs of a name that is read by its end; a longer text is a sentence."""

_ALONE = re.compile(
    "(?:^|换成|改成|改为|改做)(?P<done>[^，,。换改成开做]{2,4})的(?:呢|吧|了)?[?？]?$"
)
"""What somebody does, and no other name of a trade: 打台球的, 改成唱歌的呢."""

_SHORTEST_END = 3
_SHORTEST_STEM = 2

_OPENING = re.compile(
    "^(?:.*[开整弄搞干做盘]一?[个家间]|(?:[我俺咱]们?)?(?:想|打算|准备|要)?(?:开办|举办|[开整弄搞干办做盘])?)"
)
_END = re.compile("[店铺馆坊厂摊吧厅]$|种植$|养殖$")
"""Names of two signs that may be the end of a longer name: 花店, but not 厂房."""

_OTHER_KIND = re.compile("宠物|动物|汽车|兽|图书|.*烟花|.*棉花")
"""Begins names of trades that end like another one: 动物诊所 is no 诊所."""

_NOT_MEANT = re.compile(".*(?:[不没别]|旁边|附近|对面|隔壁|楼[上下]|门口)")
"""Begins what is denied, or only lies near."""

_DROPPED_BEHIND = re.compile(
    "[^，,。 ]{0,2}?(先|就|咱|我|俺|也)*(不|别|甭)(再|想|打算|准备)*"
    "[弄干开做办搞整]了?[吧呗]?[，,。 ]+.{2}"
)
"""What follows a trade that is given up for what is said next: 网吧不弄了，弄个书店."""

_DENIED_BEFORE = re.compile(
    "(?:[不没别](?:想|要|打算|准备|再)?(?:卖|开|做|弄|搞|干|碰)?|不是"
    "|(?:旁边|附近|对面|隔壁|楼[上下]|门口|左边|右边|挨着|紧邻)(?![^，,。]{0,3}[开办弄干搞做])"
    "[^，,。]{0,4}?[是有]?[一]?[个家]?)$"
)
"""Stands right before a trade in a sentence that is denied there, or only lies near."""

_NEAR = "(?:旁边|边上|附近|对面|隔壁|门口)"
_AT = "(?=的|[开弄整办搞再租盘摆做卖想干支])"
_NEAR_BEHIND = re.compile(f"{_NEAR}{_AT}")
_NEAR_AT_END = re.compile(f"{_NEAR}$")
"""What follows a place that a shop only lies near: 养老院旁边的小药房, 加油站边上的修理铺."""

_DONE = re.compile(
    "(?:(?:开|卖|做|搞|弄|干|整|办|生产|加工|经营|批发|装修成?)(?:了|上|着)?一?(?:个|家|间|点|些)?|(?<![装维检翻整请指])(?=[教修]))"
    "(?P<what>[\u4e00-\u9fffA-Za-z]{2,8}?)(?=[，,。！!？?、 ]|的|吧|呢|啊|呗|$)"
)
"""What is opened, sold or made, and what is taught or mended with that word: 想开个猫咖, 教跳舞."""

_FITTING_OUT = frozenset({"装修", "装潢", "装饰"})
_FITTED_OUT = re.compile("一?[个家间]|成|[都也已经全早就快]*(?:得差不多|完|好|妥|到位)+了")
_TAUGHT = re.compile("^教(?![培育辅学材师练])(?:小孩子?|孩子|人|娃娃?|学生)*(?P<what>..+)$")
_NO_TRADE = re.compile("[证照啥]|什么|手续|公司|体户|企业|合作社|生意|买卖|东西")
"""What is opened or made as well and tells no trade."""

_VARIANTS = (
    (
        re.compile(
            "(?:专卖店|加盟店|连锁店|经营部|门市部?|商[店行]|店铺|铺子|小店|(?<=批发|小吃|维修|修理)部|[店铺馆行])$"
        ),
        ("店", "铺", "馆", ""),
    ),
    (re.compile("(?:加工厂|生产厂|制造厂|厂子)$"), ("厂",)),
    (re.compile("(?:加工|小)?作坊$"), ("坊",)),
)


class TradeNames:
    """The names of all trades, ready to be looked up; immutable after construction.

    Args:
        names: What a trade is called, and which trade it is.
        short_ends: Names of two signs that count as an end although no place ends like them.
    """

    def __init__(self, names: Mapping[str, str], short_ends: frozenset[str] = frozenset()) -> None:
        self._names = {normalise(name): trade for name, trade in names.items()}
        self._short_ends = short_ends

    def find(self, text: str) -> str | None:
        """Return the trade that a name means as it stands, under another word, or by its end.

        The longest end counts: 村头农药店 is a 农药店 and no 药店.
        """
        name = normalise(text)
        bare = _OPENING.sub("", name, count=1)
        if name in self._names:
            return self._names[name]
        is_name = len(bare) <= LONGEST_TRADE and not _NOT_MEANT.match(name)
        if not is_name or _OTHER_KIND.match(bare):
            return None
        return next(self._by_end(bare), None)

    def _by_end(self, name: str) -> Iterator[str]:
        for start in range(len(name) - 1):
            end = name[start:]
            if start and not self._may_end(end):
                continue
            known = (self._names.get(form) for form in _forms(end))
            yield from (trade for trade in known if trade is not None)

    def _may_end(self, end: str) -> bool:
        is_long = len(end) >= _SHORTEST_END
        return is_long or end in self._short_ends or _END.search(end) is not None


def is_other_kind(text: str, known: str) -> bool:
    """Tell whether a short text begins like a trade of its own, and a name in it does not."""
    name = _OPENING.sub("", normalise(text), count=1)
    is_other = len(name) <= LONGEST_TRADE and _OTHER_KIND.match(name) is not None
    return is_other and _OTHER_KIND.match(known) is None


def what_is_done(text: str) -> tuple[str, ...]:
    """Return what a sentence says is opened, sold, made or taught; may be no trade: 执照."""
    said = (found["what"] for found in _DONE.finditer(text))
    trades = (w for w in said if _NO_TRADE.search(w) is None and not is_no_trade(w))
    if lends_people(text):
        return (LABOUR, *trades)
    if (worked := next((name for name, told in _WORKED if told.search(text)), None)) is not None:
        return (worked, *trades)
    if (years := long_done(text)) is not None:  # 给人洗了五年车
        return (years, *trades)
    done = tuple(_TAUGHT.sub(r"\g<what>培训", word) for word in trades)
    alone = _ALONE.search(text) if not done else None
    return done if alone is None else (alone["done"],)


_WORKED = (
    (
        "拉货",
        re.compile(
            "(?:货车|卡车|(?<![加扩])大车(?!间)|半挂|挂车|冷藏车|厢货|厢式|轻卡|自卸|罐车|"
            "渣土车|高栏)"
            "(?!车?(?:店|厂(?!里)|维修|修理|配件|停车|洗|轮胎|用品|改装))[^。]{0,16}?"
            "(?:拉(?![人客面])|运(?!营)|跑(?!业务|堂|腿|了|保险))"
        ),
    ),
    (
        "吊车租赁",
        re.compile(
            "(?:挖掘机|挖机|铲车|吊车|塔吊|升降机|推土机|压路机|泵车|装载机)[^。]{0,14}?"
            "(?:出租|[外租]租|租赁|租出去|租给)"
        ),
    ),
    (
        "农机作业",
        re.compile(
            "(?:收割机|拖拉机|旋耕机|播种机|打药机|植保)[^。]{0,14}?"
            "(?:给人|给乡亲|给村里|作业|收割|收[麦庄玉]|耕地|打药|播种|干活)"
        ),
    ),
)
"""Trades that are told by the machines that one has and what is done with them."""


def is_not_meant(text: str, word: str) -> bool:
    """Tell whether a sentence denies the trade that it names, or says that it lies near.

    Nor is 装修 one in 想装修个小旅馆 and 装修完了.
    """
    at = text.find(word)
    behind = text[at + len(word) :]
    if at < 0:
        return False
    if word in _FITTING_OUT and _FITTED_OUT.match(behind):
        return True
    if _NEAR_BEHIND.match(behind) or (_NEAR_AT_END.search(word) and re.match(_AT, behind)):
        return True
    is_denied = at > 0 and _DENIED_BEFORE.search(text[:at]) is not None
    return is_denied or _DROPPED_BEHIND.match(behind) is not None


_WAS_BEFORE = re.compile(
    "(?:把|将|旧|老|原先?的?|原来的?|以前的?|之前的?|早先的?|前身|废弃的?|闲置的?|空)"
    "(?:是)?(?:一?[个家间座])?$"
)
_WAS_ALONE = re.compile(
    "(?:以前|原来|之前|早先|原先)[^，,。 ]{0,3}是(?:做|开|干)?(?:一?[个家间座])?$"
)
_BECOMES = re.compile(
    "[改弄装变整][造修]?(?:一?下)?[成为作做建]|想?改(?:造|建)?(?=[，,。 ]|$)|"
    "(?:租|盘|买|拿|包)(?:下来?|过来|了)[^，,。]{0,4}[开做办弄搞干]"
)
_WAS_BEHIND = re.compile(
    "(?:厂房|车间|仓库|房子?|店面?|楼|院子?|厂|那)?都?是(?:以前|原来|之前|早先|原先|旧|老|上一?家|前头|过去)"
)


def is_former(text: str, word: str) -> bool:
    """Tell whether a trade is only what a place was used for: 旧纺织厂房想改成羽毛球馆."""
    at = text.find(word)
    if at < 0:
        return False
    before, behind = text[:at], text[at + len(word) :]
    if was_before(text, word):
        return True
    return _WAS_BEFORE.search(before) is not None and _BECOMES.search(behind) is not None


_CUSTOMER_BEFORE = re.compile(
    "(?P<sent>派到|派去|派往|派进|送到|送进|供到|输送到|介绍到|弄到)?(?:给|往|到|进)?"
    "(?:各|几个|附近的?|周边的?|那些|一些|本地的?|县里的?|镇上的?|当地的?|人家)*(?:一?[个家些])?$"
)
_GIVES_TO = re.compile(
    "(?:给|往)(?:各|几个|附近的?|周边的?|那些|一些|本地的?|县里的?|镇上的?|当地的?)*$"
)
_SERVED = re.compile(
    "(?:里|上|那边|食堂|们)*(?:送|派|供|配|上班|干活|打工|提供|做保洁|做饭|搞保洁|洗|拉|运|装(?!修)|修|输送|招工)"
)
_LENT = re.compile(
    "(?:人|工人|员工|劳务工?|保安|保洁员?)[^，,。]{0,4}(?:外派|派|输送)(?:到|去|往|给|出去|进)|"
    "(?:派|输送)(?:几?个?人|工人|员工|劳务工?)(?:到|去|给|过去|往|上班|干活)|"
    "给[^，,。 ]{1,6}(?:派|送|输送)(?:几?个?人|工人|员工)(?!体检|家)"
)
LABOUR = "劳务派遣"
"""Trade of who lends out people."""


def is_customer(text: str, word: str) -> bool:
    """Tell whether a trade is only whom one works for: 给饭店送冻货, 把人派到铝厂上班.

    Wherever it is named: 以前给饭店送菜 现在想开个饭店 opens one.
    """
    places = [found.span() for found in re.finditer(re.escape(word), text)] if word else []
    return bool(places) and all(_is_served(text[:start], text[end:]) for start, end in places)


def _is_served(before: str, behind: str) -> bool:
    """Tell whether what stands around a trade says that one works for it."""
    sent = _CUSTOMER_BEFORE.search(before)
    is_sent = sent is not None and sent["sent"] is not None
    return is_sent or (_GIVES_TO.search(before) is not None and _SERVED.match(behind) is not None)


def lends_people(text: str) -> bool:
    """Tell whether people are lent to others: 把人派到铝厂上班, 给工厂送工人."""
    return _LENT.search(text) is not None


_BESIDE_BEFORE = re.compile("(?:带着?|有|含|附带|捎带着?|兼着?|配|附设)(?:一?[个间]|点)?$")
_TO_OUTLET = re.compile(
    "(?:(?:送|供|批|铺|发|放|摆|搁)(?:货|菜|到|往|进|给|去|在)?|卖(?:到|往|进|给|去|在))[^，,。]{0,6}$|"
    "(?:往|给|对接)[^，,。]{0,4}$"
)
"""Stands before whom one sells to: 磨好了送镇上超市里卖."""

_WITH_MEALS = re.compile("(?:管|供|包)[^，,。 ]{0,3}饭[，,。 ]")
"""Stands before what guests are given to eat: 管饭 地锅鸡啥的."""
_BESIDE_BEHIND = re.compile("也(?:开|有|做|弄|要|带|搞|干)")


def stands_beside(text: str, word: str) -> bool:
    """Tell whether what sounds like a trade is only done beside the one known: 餐厅也开."""
    before, _, behind = text.partition(word)
    is_outlet = _TO_OUTLET.search(before) is not None
    is_beside = is_outlet or _BESIDE_BEFORE.search(before) is not None
    is_beside |= _WITH_MEALS.search(before) is not None
    return is_beside or _BESIDE_BEHIND.match(behind) is not None


def without_former(text: str, words: list[str]) -> list[str]:
    """Return the trades of a text without what a place was used for.

    Where a place only becomes something, and no other trade is named, it may be told of its own.
    """
    kept = [word for word in words if not is_former(text, word)]
    return kept or [word for word in words if not was_before(text, word)]


def was_before(text: str, word: str) -> bool:
    """Tell whether a trade is said to be over, whatever comes: 纺织厂是以前的, 原来是饭店."""
    before, _, behind = text.partition(word)
    return _WAS_BEHIND.match(behind) is not None or _WAS_ALONE.search(before) is not None


def without_near(text: str, words: Sequence[str]) -> tuple[str, list[str]]:
    """Return a text, and its words, without places near which a shop lies: 养老院旁边的小药房."""
    for word in words:
        named = re.escape(_NEAR_AT_END.sub("", word))
        text = re.sub(f"{named}{_NEAR}{_AT}的?", "", text)
    return text, [word for word in words if word in text]


def _forms(name: str) -> Iterator[str]:
    """Yield a name, and the name with other words for the same kind of place: 五金铺, 五金店."""
    yield name
    for ending, others in _VARIANTS:
        stem = ending.sub("", name)
        if stem != name and len(stem) >= _SHORTEST_STEM:
            yield from (stem + other for other in others)
