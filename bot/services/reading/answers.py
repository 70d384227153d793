"""Reads short Chinese answers: yes or no, amounts with units, one of several options."""

import re
from collections.abc import Mapping, Sequence

from bot.services.reading.land_area import land_area_m2
from bot.services.reading.numerals import NotANumber, read_number

_YES = re.compile(
    r"^(是的?|对的?|对头|嗯|嗯呐|恩|有的?|要的?|需要|会的?|可以|行|好的?|好嘞|没错|没问题|没毛病|没意见|就这样|就这么办|正确|同意|确定|确认|当然|属于|算(?!了)|用|做|"
    r"卖|带|中|沾|可不|得|成|必须的?|那肯定|肯定|在的?|拿了|拿到)+"
    r"(呀|啊|吧|呢|嘛|哦|噢|滴|哈|了|咧|哩)*$"
)
"""中 and 沾 are the yes of Henan and western Shandong, 可不 that of the north."""

_NO = re.compile(
    r"^(不是|不对|不|没有?|无|否|不用|不要|不需要|不会|不可以|不行|不属于|不算|不做|不卖|不带|没呢|不涉及|"
    r"不在|不中|不沾|木有|木|么有|没得|还没|没拿|算不上|不存在)+"
    r"(的|呀|啊|吧|呢|嘛|哦|噢|了|咧|哩|拿|有|到)*$"
)
_HEDGED_NO = re.compile(
    "(?:我|俺|咱|我们|俺们|咱们|这)?(?:[这那]?(?:小|个)?(?:厂子?|店|地方|项目|活|房子|摊子|公司))?"
    "(?:应该|肯定|估计|大概|可能|好像|指定|反正|绝对|哪|那|就|也|都)*"
    "(?:不会(?!吗|么|弄|用|填|写|开|做|办)|不至于(?:[那这]么[大高多长远])?|不可能|够不[上着]|轮不[上着]|谈不上|没有|没|不是|不在|不属于|不算|不用|(?:没|不)[那这]么[大高多长远])"
    "(?:在|有|是|的|那|里头|里|上头|这些|那些|那个|这个|东西|吧|啊|呀|了|呢|嘛)*"
)
"""A no that somebody is not quite sure of, or says of their place: 咱这小厂子不会在的."""

_PART_YES = re.compile(
    r"^(也|都|肯定|是)?(是|有|要|做|卖|用|雇|招|算|属于|会|带|拿了|拿到了)(的|啊|呀|呢|吧|呗)*$"
)
_PART_NO = re.compile(
    r"^(都|也|就|先)?(否|没有?|无|没拿|还没|没到手|"
    r"不(雇|招|请|做|弄|卖|要|有|用|搞|带|涉及|设|装|在|属于|算|办|存|开|加))"
    r"(那些|这些|那个|这个|那种|的|呢|啊|呀|吧|呗)*$"
)
"""An answer that stands beside more: "不雇，就我跟徒弟"; 行 and 不是 only begin what follows."""

_NOT_YES = re.compile(r"(不|没|无|别|未)")
_ASKED = re.compile(
    r"(吗|嘛(?=[?？])|么|[?？])[?？。]*$|是不是|要不要|用不用|需不需要|行不行|能不能|有没有|(?<![没不无])(什么|啥)(?!的)|怎么|咋|多少|多久"
)
"""A question is no answer, whatever the model takes it for: 排污是不是要管."""

SHORTEST_THING = 2
_ONLY = re.compile("只|不(?!需)")
_THINGS = re.compile("是否|需要?|等|的|[（）()、，,？?/或和及]|需备案|经营|设置|现场|卖|做|含|有")
_DOES_NOT = re.compile(
    "(不|没|没有|无)(要|卖|做|用|带|设|有|搞|弄|进|装|换|改|变|打算|想)|(没有|没|无)[^，,]{0,6}$"
)
_DOES = re.compile(
    "(也|都|要|会|得|想|还|准备|打算|肯定|全|一起)?(卖|做|用|带|设|有|搞|弄|进|装|换|改|变)(一?点|些|的|了)*|"
    "^(是|对|嗯)?[，, ]?(我|俺|我们)?(也|都|还|肯定|是)*要(?!不|是)"
)
_ADDS = re.compile(
    "(再|还要?|另外|顺便|我)(加|补|添)(上|充)?(一?[个条句点样]|两[个条句点样]|说明|几句)|^补充"
)
"""What is added to a story is no yes, whatever the model takes it for: 对了，再加一条."""

_RECALLS = re.compile(
    "^(?:(?:哦|噢|喔|啊|哎|诶|欸|哎呀)[，, ]*对(?:了|啦)?|对[了啦])[，, ]*(?=[^，,。 ]{3,})"
)
"""Begins with what comes to mind, and says no yes: 哦对 里头要喷漆."""

_NO_FAULT = re.compile(
    "没问题|没错|没毛病|没意见|没事|没差|不错|不用改|不用动|不变|没别的|没有别的"
)
"""A no in form, a yes in what it means."""

_DIGIT_OR_NUMERAL = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]+"
_AREA = re.compile(
    r"(?:\d[\d,，]*(?:\.\d+)?\s*[百千万]?|[零〇一二两三四五六七八九十百千万半]+)[来多几]?\s*个?\s*"
    r"(?:平(?!台)|㎡|m2|m²|方米)",
    re.IGNORECASE,
)
_METRES = re.compile(rf"(?:{_DIGIT_OR_NUMERAL})[来多几]?\s*米(?!方)")
_LIMIT_M = re.compile(r"≥(\d+)米")
_LIMIT_M2 = re.compile(r"≥(\d+)㎡")
_MEASURE_OF_LAND = re.compile("亩|公顷")
_COUNTED_ELSE = re.compile(
    r"(?:\d+(?:\.\d+)?|第?[一二两三四五六七八九十百半几]+)来?个?"
    r"(?:季度?|年|月|天|周|星期|礼拜|小时|点|号|日|层|楼|栋|间|家|人|元|块|届|期|辆|台|张|岁|次|回|趟)|"
    r"第[一二两三四五六七八九十\d]{1,3}[个家]?"
)
"""A number that counts no area: 还欠一季度税."""

_NUMERALS = r"(?:\d+(?:\.\d+)?(?:\s*[千万])?|[一二两三四五六七八九十百千万零]+)"
_NO_AMOUNT = re.compile(
    r"一(?:下|些|会儿?|起|样|共|直|般|定|边|旦|切|家人|块儿?)|"
    r"(?:工资|月薪|底薪|租金|月租|房租|押金|(?:给|开|发|付|拿|挣|交)(?:他|她|人家|俺|我)?(?:开|发)?)"
    rf"(?:是|开|发|给|到|就|才|得)?{_NUMERALS}(?![\d.一二两三四五六七八九十百千万零])(?!\s*[来多几]?\s*个?\s*(?:平|㎡|m|方))"
)
"""Has the sign of one and counts nothing, or is money: 帮我查一下, 一个月给他开三千."""

_AREA_BY_NAME = re.compile(
    r"面[积積][^，,。？?]{0,6}?[，, ]?(?:改[成为做到]?|实际上?是?|其实是?|就?按|报|算|"
    r"应该?是|(?<!不)是)"
    rf"(?P<amount>{_NUMERALS})(?![共样般直下起定]|\s*[亩公])|"
    r"面[积積](?:大概|大约|差不多|有|共|总共|一共|[，, ])*"
    r"(?P<bare>\d{2,6}|[一二两三四五六七八九十百千]{2,})(?=$|[，,。 ])"
)
_COUNTED_AS = re.compile(
    rf"按(?P<amount>{_NUMERALS})(?:平|个平方|平米|平方米?)?(?:算|来|报|写|填|登)"
)
_AS_BEFORE = re.compile(rf"还是?按(?:原来的?)?(?P<amount>{_NUMERALS})(?:来|算|报|走|吧|$)")
"""An amount without a unit that is returned to: 还按两千八来."""

_AMOUNT = re.compile(
    r"(?:\d[\d,]*(?:\.\d+)?\s*[百千万]?|[零〇一二两三四五六七八九十百千万]+)"
    r"(?![\d下遍样般直共定些起点次天月号日层栋间人楼会家岁块元年期面边旦])"
)
_OF_TIME = re.compile(
    rf"{_NUMERALS}\s*[多几来余]?\s*个?半?\s*"
    r"(?:天|日|周|星期|礼拜|月|年|小时|钟头|分钟|点钟|岁|号(?![房厂楼院地车仓库]))"
)
"""An amount of time, or a day: 报上去二十多天 says nothing of how large a hall is."""

_MENDS = re.compile(
    "不是|不对|错|反了|岔|改|变|其实|实际|应该|更正|一共|总共|合计|[说报写量填算记](?:多|少|大|小|漏|高|低|岔)|"
    "(?:多|少|漏|重新|又|再)[说报写量填算加]|(?:加|减|扩|缩|调)[到成为]"
)
_TAKES_BACK = re.compile(
    r"[哎呀唉哦噢嗯咦诶欸，, ]*(不对|不是|错了|[说报记写算][错多少大小漏高低]|搞错|弄错)"
)
_TAKEN_BACK_BEHIND = re.compile(
    r"(?<=[平㎡米2²吧，,。 ])[哦噢啊哎呃嗯]?(?:不对|不是|错了|[俺我]?[说报记写算][错多少大小]了?)"
)
_AMOUNT_AGAIN = re.compile(
    r"(?<![\d一二两三四五六七八九十百千万第])(?:\d{2,6}(?:\.\d+)?|[一二两三四五六七八九十百千万]{2,})"
    r"(?=[来多]?(?:[吧呢啊了哈，,。 ]|$))"
)
"""The amount that takes the place of one, without its unit: 80平 不对 是90."""
_DENIED = re.compile(
    r"(别|甭|没(在|有)?|不(用|要|想|是|在|叫|去|打|来|走|办|开|做|卖|賣|供|带|含|搞))再?[在打去来走选要办用开]?$"
)
"""What stands before a name that does not hold: 别上门, 不是临清."""

_UNFIT = re.compile(
    r"[^，,。 ]{0,2}?(不[中行成要]|不方便|不好使|不管用|就?算了|用不了|不合适|说不清)(?![吗么不])"
)
"""What says of an option that it does not do; 上门不行吗 asks for it."""

_SOMEBODY = re.compile("(?<=[约找派来请换叫让有])[了一]?个人(?!独资)")
"""Speaks of somebody and of no private person: 给我约个人来教我."""

_AROUND_OPTION = re.compile("^(?:那|就|是|算|选|应该|[，, ])+|(?:的|吧|呗|啊|呀|了|那种|那个)+$")

LARGEST = 1e9
"""No amount that is asked for is as large; a telephone number is."""


def read_yes_no(text: str, intent: str | None = None) -> bool | None:
    """Return True, False, or None when the text is neither.

    Args:
        text: What was typed, without surrounding blanks.
        intent: "affirm" or "deny" when the model is sure; used when the words alone do not tell.
    """
    bare = text.strip().rstrip("。.!！~～,，")
    if _NO.match(bare) or _HEDGED_NO.fullmatch(bare):
        return False
    if _YES.match(bare):
        return True
    if _ASKED.search(bare) or _ADDS.search(bare) or _RECALLS.search(bare):
        return None
    if intent == "affirm" and not _NOT_YES.search(_NO_FAULT.sub("", bare)):
        return True
    if intent == "deny":
        return False
    return None


def read_yes_no_part(parts: Sequence[str]) -> bool | None:
    """Return the yes or no that is one of several clauses: "雇，俩护士"; None for none, or both.

    Args:
        parts: The clauses of a text.
    """
    said = {_PART_YES.match(part) is not None for part in parts if _is_bare(part)}
    return said.pop() if len(parts) > 1 and len(said) == 1 else None


def read_verb(text: str, question: str) -> bool | None:
    """Return the yes or no of a text that only repeats the verb of a question: 雇; else None.

    Args:
        text: What was typed.
        question: The question in its own words, or its verbs.
    """
    found = _PART_YES.match(text) or _PART_NO.match(text)
    verbs = set(text) & set("雇招请做弄卖用带设装开加")
    if found is None or not verbs <= set(question):
        return None
    return read_yes_no_part([text, ""])


def _is_bare(part: str) -> bool:
    return _PART_YES.match(part) is not None or _PART_NO.match(part) is not None


def read_yes_no_of(text: str, question: str) -> bool | None:
    """Return what a text says of a thing that a question names: "血压计也卖" is a yes; else None.

    Args:
        text: What was typed.
        question: The question in its own words: "是否卖二类医疗器械（血压计、口罩等）？".
    """
    if _ASKED.search(text) or re.search("(?P<verb>[\u4e00-\u9fff])(不|没)(?P=verb)", text):
        return None
    things = [one for one in _THINGS.split(question) if len(one) >= SHORTEST_THING]
    if _ONLY.search(question) or not any(thing[-SHORTEST_THING:] in text for thing in things):
        return None
    if _DOES_NOT.search(text):
        return False
    return True if _DOES.search(text) else None


def read_reaches(text: str, question: str) -> bool | None:
    """Return whether a size reaches the limit that a question names; None for no size.

    "三米来长吧" is a no to "是否任一边≥4米或单面≥10㎡": the largest length, or the area, counts.
    """
    for limit, unit in ((_LIMIT_M.search(question), _METRES), (_LIMIT_M2.search(question), _AREA)):
        said = [read_number(found.group()) for found in unit.finditer(text)] if limit else []
        if limit and said:
            return max(said) >= float(limit[1])
    return None


def read_amount(text: str) -> float:
    """Return the first amount in the text that is none of time: "审了二十多天，三层" has three.

    Raises:
        NotANumber: There is none.
    """
    return read_number(_OF_TIME.sub("，", text))


_NO_NUMERAL = r"[^\d零一二两三四五六七八九十百千万]*"
_LONE_ONE = re.compile(f"^{_NO_NUMERAL}一{_NO_NUMERAL}$")
"""A text whose only numeral is a "one", which counts something else than square metres."""


def read_area_m2(text: str) -> float:
    """Return an area in square metres; understands 平, ㎡, 亩 and 公顷.

    Raises:
        NotANumber: There is no amount, or only one of time or other things: 一季度, 两层.
    """
    if not _MEASURE_OF_LAND.search(text):
        named = spoken_area_m2(text)
        if named is not None:
            return named
        rest = _COUNTED_ELSE.sub("", _OF_TIME.sub("，", _NO_AMOUNT.sub("", text)))
        if len(rest) > 1 and _LONE_ONE.search(rest) is not None:
            raise NotANumber(text)  # 就是靠窗户那一溜
        return read_number(rest)
    land = land_area_m2(text)
    if land is None:
        raise NotANumber(text)
    return land


def spoken_area_m2(text: str) -> float | None:
    """Return an area named by the way ("80平，没厨房"), None when the text names none.

    What is taken back in the same breath does not count: 七八十平吧 不对 就六十平.
    """
    mended = _TAKEN_BACK_BEHIND.search(text)
    if mended is not None and (later := spoken_area_m2(text[mended.end() :])) is not None:
        return later
    found = _AREA.search(text)
    again = _AMOUNT_AGAIN.findall(text[mended.end() :]) if mended is not None and found else []
    if len(again) == 1:  # 二百六十平吧 哦不对 加上西屋是三百一
        return read_number(again[0])
    counted = _COUNTED_AS.search(text) if found else _AREA_BY_NAME.search(text)
    if counted is not None:
        return read_number(counted.groupdict().get("bare") or counted["amount"])
    if found is None:
        return None
    sign = -1 if text[: found.start()].endswith("负") else 1
    try:
        return sign * read_number(found.group().removesuffix("m2").removesuffix("M2"))
    except NotANumber:
        return None


_HALF = re.compile("一半(?![个间层大小])")


def mended_amount(text: str, known: float, *, is_named: bool) -> float | None:
    """Return the amount that a text puts in the place of a known one; None for none.

    Args:
        text: What was typed: "二百说大了，一百六", "少算了附属用房，总面积11200".
        known: The amount that was noted.
        is_named: Whether the text names what the amount is of; else it must say the known one.
    """
    if _MENDS.search(text) is None:
        return None
    said = [read_number(found.group()) for found in _AMOUNT.finditer(_HALF.sub("", text))]
    others = [amount for amount in said if amount != known and 0 < amount < LARGEST]
    if not others and _HALF.search(text) is not None:  # 说大了 也就一半
        return known / 2 if is_named else None
    return others[-1] if others and (is_named or known in said) else None


def amount_as_before(text: str) -> float | None:
    """Return the amount to which a text returns, without a unit: "还按两千八来"."""
    found = _AS_BEFORE.search(text)
    return None if found is None else read_number(found["amount"])


def takes_back(text: str) -> bool:
    """Tell whether a text begins with taking back what was said: "不对不对，得一百八"."""
    return _TAKES_BACK.match(text) is not None


def without_somebody(text: str) -> str:
    """Return a text without somebody who is no private person: 给我约个人来教我."""
    return _SOMEBODY.sub("", text)


def read_option(text: str, options: Mapping[str, str]) -> str | None:
    """Return the key whose name stands in the text; the longest name wins.

    Args:
        text: What was typed.
        options: Key to the name people see. "2" or "第二个" picks by position.
    """
    bare = text.strip()
    bare = without_somebody(bare)
    hits = [(len(name), key) for key, name in options.items() if name and name in bare]
    hits += [(len(key), key) for key in options if key in bare]
    if len({key for _, key in hits}) > 1:  # 别上门了 我去窗口
        hits = [hit for hit in hits if not _is_denied(bare, options.get(hit[1], ""))] or hits
    if hits:
        return max(hits)[1]
    position = re.fullmatch(r"(?:第|选|选择)?\s*([0-9一二三四五六七八九])\s*(?:个|项|种)?", bare)
    if position:
        index = int(read_number(position.group(1))) - 1
        return list(options)[index] if 0 <= index < len(options) else None
    return None


def option_begun(text: str, options: Mapping[str, str]) -> str | None:
    """Return the key of the only option whose name begins like a short text: 社会 for 社会投资."""
    said = _AROUND_OPTION.sub("", text.strip())
    begun = [key for key, name in options.items() if name.startswith(said)]
    return begun[0] if len(said) >= SHORTEST_THING and len(begun) == 1 else None


def is_denied_behind(text: str) -> bool:
    """Tell whether a text ends with denying the name that follows it: "俺不是" in 俺不是临清的."""
    return _DENIED.search(text) is not None


def _is_denied(text: str, name: str) -> bool:
    """Tell whether a text says that the option it names does not do: "打电话不中"."""
    at = text.find(name) if name else -1
    if at < 0:
        return False
    before, behind = text[:at], text[at + len(name) :]
    return is_denied_behind(before) or _UNFIT.match(behind) is not None
