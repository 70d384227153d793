"""The words of a phrase for a time as the rules read them; part of `time_phrases`."""

import re
import unicodedata

from bot.services.reading.wording import in_simplified
from bot.services.time_phrases.clock import HOUR, NUMBER
from bot.services.time_phrases.months import WEEKDAYS
from bot.services.time_phrases.sounds import as_meant

COLLOQUIAL = (
    ("大下周", "下下周"),
    ("再下个周", "下下周"),
    ("再下周", "下下周"),
    ("转天", "次日"),
    ("也就是", "，"),
    ("公历", ""),
    ("新历", ""),
    ("今个儿", "今天"),
    ("明个儿", "明天"),
    ("后个儿", "后天"),
    ("今个", "今天"),
    ("明个", "明天"),
    ("后早", "后天早上"),
    ("头晌午", "上午"),
    ("半晌午", "上午"),
    ("半过晌", "下午"),
    ("晌歪", "下午"),
    ("过了晌午", "下午"),
    ("晌午过后", "下午"),
    ("过了中午", "下午"),
    ("下晌", "下午"),
    ("晚半晌", "傍晚"),
    ("晚晌", "晚上"),
    ("下黑", "晚上"),
    ("后黑", "晚上"),
    ("黑夜", "晚上"),
    ("黑家", "晚上"),
    ("黑里", "晚上"),
    ("天黑以后", "晚上"),
    ("天黑之后", "晚上"),
    ("天黑后", "晚上"),
    ("天快黑", "傍晚"),
    ("快黑", "傍晚"),
    ("晌午饭口", "中午"),
    ("俩月后", "两个月后"),
    ("个钟后", "个小时后"),
    ("黑天前", "下午"),
    ("歇晌", "午休"),
    ("晌觉", "午觉"),
    ("下了班", "下班后"),
    ("天黑前", "下午"),
    ("天黑以前", "下午"),
    ("天黑之前", "下午"),
    ("傍黑天", "傍晚"),
    ("黑天", "晚上"),
    ("太阳落山", "傍晚"),
    ("清起来", "早上"),
    ("清晨", "早上"),
    ("早清", "早上"),
    ("早间", "早上"),
    ("赶早", "早上"),
    ("起早", "早上"),
    ("头半天", "上午"),
    ("上半午", "上午"),
    ("下半午", "下午"),
    ("午间", "中午"),
    ("晌饭", "午饭"),
    ("阴历", "农历"),
    ("旧历", "农历"),
    ("冬月", "农历11月"),
    ("下一工作日", "下一个工作日"),
    ("听日", "明天"),
    ("明日", "明天"),
    ("后日", "后天"),
    ("今日", "今天"),
    ("朝早", "早上"),
    ("朝头早", "早上"),
    ("上昼", "上午"),
    ("下昼", "下午"),
    ("晏昼", "下午"),
    ("夜晚", "晚上"),
    ("礼拜天", "星期日"),
    ("星期天", "星期日"),
    ("周天", "周日"),
    ("礼拜", "星期"),
    ("大后个", "大后天"),
    ("外后天", "大后天"),
    ("后儿个", "后天"),
    ("后儿", "后天"),
    ("明儿个", "明天"),
    ("明儿", "明天"),
    ("今儿个", "今天"),
    ("今儿", "今天"),
    ("明早", "明天早上"),
    ("明晚", "明天晚上"),
    ("今早", "今天早上"),
    ("今晚", "今天晚上"),
    ("晌午错", "下午"),
    ("头一天", "第一天"),
    ("晌午头", "中午"),
    ("过晌午", "下午"),
    ("傍晌午", "中午"),
    ("前半晌", "上午"),
    ("上半晌", "上午"),
    ("后半晌", "下午"),
    ("下半晌", "下午"),
    ("前晌", "上午"),
    ("后晌", "下午"),
    ("头晌", "上午"),
    ("头午", "上午"),
    ("过午", "下午"),
    ("过晌", "下午"),
    ("傍晌", "中午"),
    ("半拉", "半"),
    ("仨", "三个"),
    ("明朝", "明天"),
    ("上半日", "上午"),
    ("下半日", "下午"),
    ("上半天", "上午"),
    ("前半天", "上午"),
    ("下半天", "下午"),
    ("后半天", "下午"),
    ("晌午", "中午"),
    ("中午饭", "午饭"),
    ("早起", "早上"),
    ("擦黑", "傍晚"),
    ("傍黑", "傍晚"),
    ("头一个", "第一个"),
    ("首个", "第一个"),
    ("双休日", "周末"),
    ("本周", "这周"),
    ("本星期", "这周"),
    ("本月", "这个月"),
    ("这月", "这个月"),
    ("元月", "1月"),
    ("月头", "月初"),
    ("大年初", "正月初"),
    ("年后初", "正月初"),
    ("阳历年", "元旦"),
    ("平安夜", "12月24日"),
    ("圣诞节", "12月25日"),
    ("圣诞", "12月25日"),
    ("双12", "12月12日"),
    ("双十二", "12月12日"),
    ("俩", "两"),
    ("当天", "今天"),
    ("的明天", "的第二天"),
    ("隔一天", "后天"),
    ("上班的日子", "工作日"),
    ("上班日", "工作日"),
)
"""Colloquial words and what the rules and the library understand, longest first."""

WEEKDAY_IN_DIGITS = re.compile(r"(?<=周|期)[1-6](?![\d点:时月号日个次天回遍趟/.-])")
"""周3, 下星期5; 周3点 is a time of day."""

IN_FULL = re.compile("(?<=周|期)[壹贰叁肆伍陆]|[壹贰叁肆伍陆](?=[点月号])")
FULL_DIGITS = "壹贰叁肆伍陆"
"""Digits as they stand on cheques, which a keyboard offers for its plain ones: 周肆."""

FIRST_OF_WEEK = re.compile("(?<=下周)的?(?:第一天|头天)")
DAY_BEFORE = re.compile("(?<=[节旦夕])的?头一天|(?<=[至日号])的头一天")
"""The day before a holiday or a date; 下个月的头一天 is its first."""

YESTERDAY = re.compile("^夜来(?=.{0,2}[晌午早])")
"""夜来后晌 is yesterday afternoon in Shandong; 今夜来 is none."""

FOUR_DIGITS = re.compile(r"(?<=\d)\s+([01]\d|2[0-3])([0-5]\d)(?![\d年])")
"""A time of day without its colon behind a date: 12.15 1430."""

MONTH_AND_DAY = re.compile(
    r"(?<![\d.:/-])(1[0-2]|0?[1-9])(?:[。·]|\s+)([0-2]?\d|3[01])(?=$|\s*[号日，,。吧上下早中晚])"
)
"""A date whose point is another sign or a blank: 12。3, 12 3上午."""

NO_TIME = re.compile(
    "[一二两三四五六七八九十几]点(?:意见|建议|要求|问题|想法|看法|疑问|说明|情况|理由|希望)"
    r"|(?:^|有)一点(?=[不都也没儿])|\d-\d(?=个?[人平万])"
    "|(?:五一|三八|八一|七一|五四|十一)(?=路|大街|街|广场|小学|中学|大厦|花园|小区|村|商场|大道)"
)
"""Numbers and days that are part of something else: 三点意见, 五一路."""

_DAY = "(?:大?[今明后]天|(?:周|星期)[一二三四五六日])"
_PART = "(?:上午|下午|早上|晚上|中午|傍晚)"
WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("(?<![礼理])拜(?=[一二三四五六日天])"), "周"),
    (re.compile("(?<=周|期)[七7](?![点:])"), "日"),
    (re.compile(r"(?<=\d)[—–](?=\d)"), "-"),
    (re.compile("(?<=点)1刻"), "一刻"),
    (re.compile("(?<=点)3刻"), "三刻"),
    (re.compile("(?:新年|明年)的?(?=第一)"), "明年1月"),
    (re.compile("廿"), "二十"),
    (re.compile("卅"), "三十"),
    (re.compile("(?:赶|等)(?=明(?:天|上午|下午|早|晚))"), ""),
    (re.compile("(?<![说证声表文清分简])([今明后])(?=[上下]午|中午|傍晚|清早|早晨|一早)"), r"\1天"),
    (re.compile("(?:^|(?<=赶))([今明后])[门们](?=[上下早中晚傍]|$|吧)(?!口)"), r"\1天"),
    (re.compile("(?<![今明后])[早晚](?:一点|点|些时候|些)(?![钟半整])"), ""),
    (re.compile(f"(?<![上下班])([早晚])(?={HOUR}[点:])"), r"\1上"),
    (re.compile(r"(?<![\d:])(\d{1,2})[Pp][Mm]"), r"下午\1点"),
    (re.compile(r"(?<![\d:])(\d{1,2})[Aa][Mm]"), r"上午\1点"),
    (re.compile(r"(\d{1,2}:\d\d)[Pp][Mm]|[Pp][Mm](?=\d)"), r"下午\1"),
    (re.compile(r"(\d{1,2}:\d\d)[Aa][Mm]|[Aa][Mm](?=\d)"), r"上午\1"),
    (re.compile(rf"({_DAY}|{_PART})(\d{{1,2}})[.。;；]([0-5]\d)(?![\d号日])"), r"\1\2:\3"),
    (re.compile(rf"({_DAY}|{_PART})([01]?\d|2[0-3])([0-5]\d)(?![\d.:/点号日年月-])"), r"\1\2:\3"),
    (re.compile(rf"(?<=点)钟?过(?=一刻|{NUMBER}分?)"), ""),
    (re.compile("今年(?=的?最后)|年底(?=的?最后)"), "12月"),
    (re.compile(r"(?<!\d)(2[6-9])(?=年\d{1,2}月|([./-])\d{1,2}\2\d)"), r"20\1"),
    (re.compile("春节(?=的?[前后][一两二三四五][天日]|今天|那天|第二天)"), "正月初一"),
    (re.compile("大?年三十"), "除夕"),
    (re.compile("(?<![今去明后来])年初(?=[一二三四五六七八九十])"), "正月初"),
    (re.compile("^(?:第二天|次日)"), "明天"),
    (re.compile("(?<!最)后个(?=[上下早中晚头]|$)"), "后天"),
    (re.compile("吃饭(?:[之以]?[前后])"), ""),
)
"""Shapes of writing, and what the rules understand."""

WHITESPACE = re.compile(r"\s+(?!\d)|(?<!\d)\s+")
ROOM_NUMBER = re.compile(rf"{NUMBER}号(?=线|楼|窗|厅|院|门)")


def normalise(text: str) -> str:
    """Return `text` in simplified script, plain words, without room numbers and odd spaces."""
    plain = unicodedata.normalize("NFKC", in_simplified(text).replace("：", ":")).strip()
    words = FOUR_DIGITS.sub(r" \1:\2", plain)
    words = MONTH_AND_DAY.sub(r"\1.\2", words)
    words = YESTERDAY.sub("昨天", WHITESPACE.sub("", words))
    words = as_meant(NO_TIME.sub("", words))
    words = DAY_BEFORE.sub("前一天", words)
    for said, meant in COLLOQUIAL:
        words = words.replace(said, meant)
    for pattern, meant in WRITTEN:
        words = pattern.sub(meant, words)
    words = IN_FULL.sub(lambda found: WEEKDAYS[FULL_DIGITS.index(found[0])], words)
    words = FIRST_OF_WEEK.sub("一", words)
    words = WEEKDAY_IN_DIGITS.sub(lambda found: WEEKDAYS[int(found[0]) - 1], words)
    return ROOM_NUMBER.sub("", words)
