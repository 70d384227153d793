"""Entities that have a form: numbers of cases and people, days, times of day, marks."""

import re
from functools import lru_cache

from bot.nlu.spans import Span, resolve
from bot.nlu.text import normalise

_DIGIT = "零一二两三四五六七八九十"
_SPOKEN = "零〇一二三四五六七八九幺两"
_NUMBER = rf"(?:[{_DIGIT}]{{1,3}}|\d{{1,2}})"
_HOUR = r"(?:二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"
_WEEKDAY = r"(?:周|星期|礼拜)"
_HOLIDAY = (
    r"(?:元旦|春节|过年|清明|五一|劳动节|端午|中秋|国庆"
    r"|十一(?![天个家年月日号点分层米平间户人条项件次万千百]))节?"
)
_PART_OF_DAY = (
    r"(?:上午|下午|早上|早晨|清早|大?清早|(?<![周期拜])一大?早|晚上|中午|傍晚|凌晨|夜里|夜间|午后|午前|头午|过午"
    r"|[前上后下]半晌|后晌|前晌|头晌|晌午头?|擦黑|傍黑|朝早|上晝|下晝|上昼|下昼|晏昼|晏晝|夜晚)"
)

# Words behind a time of day that belong to it: 七点以后.
_BOUND = r"(?:以后|之后|以前|之前)?"

# A Chinese sign of a firm's name; the words of "found a firm in X" end the name.
_NAME_PART = r"(?:(?![开办想要搞弄个的了在]|注册|设立|成立|一家)[\u4e00-\u9fff()])"

# name, rank, expression. Ranks: what is long and exact beats what is short and loose.
_FORMS = (
    ("ticket_number", 9, r"(?<![a-z])(?:cs|tc|jy|yy)[-_— ]?\d{8}[-_— ]?\d{4}(?!\d)"),
    ("case_number", 9, r"(?<!\d)371500[- ]?20[12-9]\d[- ]?[01]\d[0-3]\d[- ]?\d{4}(?!\d)"),
    # a person born in this century's twenties owns no firm: 18 digits of our city are a case
    ("case_number", 8, r"(?<!\d)3715\d\d20[2-9]\d[01]\d[0-3]\d\d{4}(?!\d)"),
    ("case_number", 8, rf"(?<![{_SPOKEN}])三七一五[{_SPOKEN}]{{14}}(?![{_SPOKEN}])"),
    ("ticket_number", 8, r"(?<![a-z])[a-z]{2}[-_—]20\d{6}[-_—]\d{4}(?!\d)"),
    # whatever letters stand before a day and a number, as people write down what they were given
    ("ticket_number", 8, r"(?<![0-9a-z])[a-z]{2}20\d\d[01]\d[0-3]\d\d{3,4}(?!\d)"),
    # spelt out sign by sign, in groups as one says them: 幺三九 零六三五 一二三四
    (
        "phone",
        6,
        rf"(?<![{_SPOKEN}])[一幺] ?[三四五六七八九](?: ?[{_SPOKEN}]){{9}}(?! ?[{_SPOKEN}])",
    ),
    ("phone", 6, rf"(?<![{_SPOKEN}])[零〇](?: ?[{_SPOKEN}]){{9,11}}(?! ?[{_SPOKEN}])"),
    ("credit_code", 8, r"(?<![0-9a-z])[159][1-9]\d{6}[0-9a-z]{10}(?![0-9a-z])"),
    ("id_number", 7, r"(?<![0-9a-z])[1-8]\d{16}[\dx](?![0-9a-z])"),
    ("phone", 6, r"(?<![0-9a-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),
    ("phone", 6, r"(?<![0-9a-z])0\d{2,3}[- ]?\d{7,8}(?!\d)"),
    ("date", 5, r"(?<!\d)20\d\d(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|\.\d{1,2}\.\d{1,2})(?!\d)"),
    (
        "date",
        5,
        (
            rf"(?:(?:20\d\d|明|今)年|[上下本]?个?月)?(?<![\d{_DIGIT}])(?:{_NUMBER}月(?:份)?{_NUMBER}[号日]?"
            rf"|{_NUMBER}[号日](?!窗|楼|线|院|厅|门|台|柜|位|店|厂|地|子|用|章|棚|商|令|文|机|内|之内|以内))"
        ),
    ),
    (
        "service_mode",
        5,
        r"(?:^|(?<=^去)|(?<=^到))(?:窗口|上门|电话|视频)(?=服务|办理|吧|就行|预约|帮办|$|\s*$)",
    ),
    ("service_mode", 5, r"上门(?!的)"),
    ("service_mode", 5, r"视频(?=帮办|指导|通话|讲解|辅导|会议|预约|沟通|连线)"),
    ("service_mode", 5, r"电话(?=帮办|指导|沟通|讲解|辅导|预约)"),
    (
        "service_mode",
        5,
        (
            r"(?<=[成为换约用])(?:窗口|电话|视频)(?!号|是|在)|(?<=[约改换去]个)(?:电话|视频)"
            r"|(?<=[^和跟]去|[^ ]到)窗口(?!几|号|在|去|问)|(?<=打)电话(?!号)"
        ),
    ),
    (
        "company_name",
        6,
        (
            rf"(?:山东|聊城|济南|东昌府|茌平|阳谷|莘县|东阿|冠县|高唐|临清)(?:省|市|县|区)?{_NAME_PART}{{2,14}}?"
            r"(?:有限责任公司|股份有限公司|有限公司|专业合作社|经营部|商行|集团公司)"
        ),
    ),
    ("date", 5, rf"(?:这个?|本|上个?|下{{1,2}}个?)?{_WEEKDAY}[一二三四五六日天末1-6](?!天)"),
    ("date", 5, r"(?:下{1,2}个?|上{1,2}个?)(?:周|星期|礼拜)(?![一二三四五六日天末1-6岁])"),
    ("date", 5, r"周末|双休日|工作日(?=上班|来|去)"),
    ("date", 5, r"大?(?:后天|前天)|(?:今|明|昨|后)(?:天|儿个?|日)(?!里)|今晚|明晚|明早"),
    (
        "date",
        5,
        rf"(?:这个?月|本月|[上下]个?月|(?:正|腊|冬|{_NUMBER})?月)(?:[底末中](?!间|旬)|初(?![一二三四五六七八九十])|[上中下]旬)",
    ),
    (
        "date",
        5,
        r"(?:正月|腊月|冬月)(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十)",
    ),
    (
        "date",
        5,
        rf"(?<![{_DIGIT}几\d])年[前后](?!的)|年底|年末|(?:植树|妇女|三八|儿童|六一|教师|建军|重阳|元宵)节|除夕|小年(?!轻|级|糕|纪|龄)|周未",
    ),
    (
        "date",
        5,
        r"(?:[一二两三四五六七八九十几]|\d{1,2})(?:天|个?工作日|周|个星期)(?:以后|之后|后)",
    ),
    ("date", 5, rf"{_HOLIDAY}(?:前一天|当天|以?后第一天|[前后](?:第一天|一天)?)?"),
    ("date", 5, r"节后(?:第一天)?|节前|节假日|大年(?:初[一二三四五六七八九十]|三十)|调休"),
    ("date", 4, r"^\s*(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])\s*$"),
    ("time", 5, r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"),
    (
        "time",
        5,
        (
            rf"{_PART_OF_DAY}的?(?:{_HOUR}|\d{{1,2}})(?:点钟?|时)"
            rf"(?:半|一刻|三刻|整|来钟|多|[{_DIGIT}]{{1,3}}分?|\d{{1,2}}分?)?{_BOUND}"
        ),
    ),
    (
        "time",
        5,
        (
            rf"(?<![\d第有提])(?!一点(?![半钟整到]))(?:{_HOUR}|\d{{1,2}})点"
            rf"(?!意见|建议|想法|\d{{3}})(?:钟|半|一刻|三刻|整|来钟|多|[{_DIGIT}]{{1,3}}分?|\d{{1,2}}分?)?{_BOUND}"
        ),
    ),
    ("time", 5, rf"{_PART_OF_DAY}(?!好|安|\d|[{_DIGIT}]点)"),
    (
        "time",
        5,
        rf"{_PART_OF_DAY}?(?:下了?班|收工|放学|[早午晚]饭)(?:以?[前后]|之[前后])(?!天)|晌午[前后](?!天)",
    ),
    (
        "rating",
        5,
        (
            r"(?:非常|很|十分|特别|相当|极其|比较|挺|太|不太|基本|还算|很不|太不|非常不|相当不"
            r"|特别不|极不)?不?满意(?!度)"
        ),
    ),
    ("rating", 5, r"[零一二两三四五0-5]颗?星(?:好评|差评)?(?!期|级酒店)|满分|[好差中]评(?!差)"),
    ("rating", 5, r"(?<=[打给])(?:\d{1,3}|[零一二两三四五六七八九十])分"),
)


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """Return the expressions, compiled once."""
    return tuple((name, rank, re.compile(form)) for name, rank, form in _FORMS)


def find_patterns(text: str) -> list[Span]:
    """Find all entities that have a fixed form.

    A number keeps its kind even with a wrong check digit: the caller says what is wrong with it.

    Args:
        text: The message as written; offsets of the result index it.

    Returns:
        Spans of which no two overlap, ordered by start.

    Source: GB 32100-2015 (credit code), GB 11643-1999 (identity number).
    """
    folded = normalise(text)
    found = [
        Span(match.start(), match.end(), name, rank)
        for name, rank, expression in _compiled()
        for match in expression.finditer(folded)
        if match.end() > match.start()
    ]
    return [_trimmed(span, text) for span in resolve(found)]


def _trimmed(span: Span, text: str) -> Span:
    """Return the span without white space at its ends."""
    inner = text[span.start : span.end]
    lead = len(inner) - len(inner.lstrip())
    start = span.start + lead
    return Span(start, start + len(inner.strip()), span.entity, span.rank)
