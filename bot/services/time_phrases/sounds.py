"""Words of a phrase for a time that are typed by their sound; part of `time_phrases`.

Each part of such a phrase is one of few words. A sign that sounds like the one which can stand at
its place is taken for it, where what stands around it is a time as well: 礼拜山上午, 明添下五三点,
下周武, 两店半. Names are none (周武在吗, 周思远), nor is 上五楼.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from bot.domain.near_sounds import near_syllable
from bot.services.time_phrases.clock import HOUR, NUMBER

_LATER_PARTS = "上下中早晚头过后傍晌擦尚商夏响棒旁赏"
"""Signs with which a part of the day begins, a few that only sound so among them."""

_AFTER = (
    r"(?:$|[，,。.、；;？?！!…~]|[吧呗哈啊嘛吗呢啦哦呃嗯哎行中成]|可以|能[不来约行去办]"
    r"|[还]?有[没空号人时吗]|"
    rf"的|[去来]|过[去来]|我|俺|咱|再|约|大[概约]|左右|差|那|[之以]?[前后]|{HOUR}[点:时店电典])"
)
"""What may follow a word of time: its end, what asks, a time of day."""

_AFTER_DAY = re.compile(rf"{_AFTER}|[{_LATER_PARTS}一].")
_AFTER_PART = re.compile(_AFTER)
_AFTER_FEAST = re.compile(r"$|[，,。吧]|[前后过那当节第的以之]")
_OPENING = "^|[，,。、；;…]|[吧呗就那约定订在到改换等赶要好想啊哦呃嗯]"
_BEFORE_DAY = re.compile(rf"(?:{_OPENING}|(?:我|俺|咱|给|大)(?!.))$")
_BEFORE_WEEK = re.compile(rf"(?:{_OPENING}|[上下这本夏个俺])$")
_BEFORE_PART = re.compile(
    rf"(?:{_OPENING}|(?:[周期拜][一二三四五六日天末1-6]|[今明后]天|[日号儿个门]|[/.月-]\d+))$"
)
_BEFORE_HOUR = re.compile(
    r"(?:(?:[周期拜][一二三四五六日天1-6]|[今明后]天|号|午|[早晚][上晨]?|晌|黑)的?|大[概约]"
    r"|差不多)$"
)

_HEADS = ("星期", "礼拜")
_DAYS = ("今天", "明天", "后天", "今儿", "明儿", "后儿")
_PARTS = ("上午", "下午", "中午", "晌午", "早上", "晚上", "傍晚", "傍黑", "头午", "过晌", "后晌")
_FEASTS = ("元旦", "冬至", "春节", "圣诞", "除夕", "小年", "腊八")

_WEEK_HEAD = re.compile(r"(?:周|星期|礼拜)(?=[\u4e00-\u9fff])")
_WEEK_SIGN = re.compile(r"[州洲粥舟](?=[一二三四五六日天])")
_DIGITS = "一二三四五六日天七末几"
_NO_DIGIT = frozenset(_DIGITS + "的里内是以有也要时事市试日")
"""Signs behind 周 that are what they are, whatever they sound like: 周时, 周以后."""

_SOUNDS = {"yi": "一", "san": "三", "shan": "三", "si": "四", "wu": "五", "liu": "六"}
_SOUNDS_OF_WEEK = {**_SOUNDS, "er": "二", "tian": "日"}
_SOUNDS_OF_HOURS = {**_SOUNDS, "liang": "两", "qi": "七", "ba": "八", "jiu": "九", "shi": "十"}
_HALF = re.compile("(?<=点)[伴版拌绊](?!理)")
_HOUR_SIGN = re.compile(
    rf"(?P<hour>{HOUR})[店电典碘殿垫颠](?=半|一刻|三刻|钟|左右|来钟|{NUMBER}|{_AFTER})"
)
_WRONG_HOUR = re.compile(
    rf"[\u4e00-\u9fff](?=店半|点(?:半|钟|一刻|三刻|左右|{NUMBER}|$|[，,。吧呗行中可我俺能]))"
)
_NUMBERS = frozenset("零一二两三四五六七八九十半几多早晚快整差有")
_SMALL: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(rf"(?<=月)({NUMBER})[好耗浩豪](?!多)"), r"\1号"),
    (re.compile(rf"^({NUMBER})[好耗浩豪](?=$|吧|上午|下午|早上|{NUMBER}点)"), r"\1号"),
    (re.compile(r"(?<=月)[山散伞](?=[号日])"), "三"),
    (re.compile(rf"({NUMBER})[越阅悦](?={NUMBER}[号日])"), r"\1月"),
    (re.compile(r"(?<=[下这]个)[越阅悦](?=.)"), "月"),
    (re.compile(r"(?<=月)[第低抵]最后"), "底最后"),
    (re.compile(rf"({NUMBER})[添填甜田](?=[以之]?后)"), r"\1天"),
    (re.compile(rf"^(过?{NUMBER})天[候厚]"), r"\1天后"),
    (re.compile(rf"^({NUMBER})个?[州洲粥](?=[以之]?后)"), r"\1周"),
    (re.compile("(?:[理里离利立]拜|礼[败白百])(?=[后以之的])"), "礼拜"),
    (re.compile(rf"响(?=午)|(?<=[过后头傍前])响(?=$|[，,。吧]|{HOUR}点)"), "晌"),
    (re.compile("(?<=点[一三])[克课客](?=$|[，,。吧])"), "刻"),
    (re.compile("(?<=最后一)[添填田](?=$|[上下吧，,])"), "天"),
    (re.compile("(?<=那)[添填](?=$|[上下吧，,])"), "天"),
)


@lru_cache(maxsize=4096)
def _spoken(sign: str) -> str:
    """Return the syllable of a sign, without its tone."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 57 MB that most processes never need

    return str(lazy_pinyin(sign)[0])


def _said(signs: str) -> tuple[str, ...]:
    return tuple(near_syllable(_spoken(sign)) for sign in signs)


def as_meant(words: str) -> str:
    """Return a phrase with what is typed by its sound put right, of the same meaning.

    Args:
        words: A phrase in simplified script, before its colloquial words are replaced.
    """
    words = _put_words_right(words, _HEADS, _BEFORE_WEEK, _is_before_weekday)
    words = _week_signs(_weekdays(words))
    words = _put_words_right(words, _DAYS, _BEFORE_DAY, _matches(_AFTER_DAY))
    words = _put_words_right(words, _PARTS, _BEFORE_PART, _matches(_AFTER_PART))
    words = _put_words_right(words, _FEASTS, _BEFORE_DAY, _matches(_AFTER_FEAST))
    words = _HALF.sub("半", _hours(words))
    for pattern, meant in _SMALL:
        words = pattern.sub(meant, words)
    return words


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda behind: pattern.match(behind) is not None


def _is_before_weekday(behind: str) -> bool:
    """Tell whether a weekday's digit follows, or what sounds like one: 新期三, 理拜山."""
    is_digit = behind[:1] in set("一二三四五六日天123456") - {""}
    return is_digit or (_day_heard(behind[:1]) is not None and bool(_AFTER_DAY.match(behind[1:])))


def _put_words_right(
    words: str,
    meant: Sequence[str],
    before: re.Pattern[str],
    is_before: Callable[[str], bool],
) -> str:
    """Return the text with what sounds like one of some words of two signs put right.

    One of the two signs must be as it should be: 明添, 下五, 尚午.
    """
    for at in range(len(words) - 1):
        pair = words[at : at + 2]
        near = [w for w in meant if (w[0] == pair[0]) != (w[1] == pair[1])]
        if not near or pair in meant or not before.search(words[:at]):
            continue
        heard = _said(pair)
        word = next((w for w in near if _said(w) == heard), None)
        if word is not None and is_before(words[at + 2 :]):
            words = words[:at] + word + words[at + 2 :]
    return words


def _day_heard(sign: str) -> str | None:
    """Return the weekday that a sign sounds like; None for none."""
    if not sign or sign in _NO_DIGIT or sign.isascii():
        return None
    return _SOUNDS_OF_WEEK.get(_spoken(sign))


def _weekdays(words: str) -> str:
    """Return the text with weekdays told by their sound put right: 周武, 礼拜山."""
    for found in list(_WEEK_HEAD.finditer(words)):
        at = found.end()
        day = _day_heard(words[at])
        if day is None or not _AFTER_DAY.match(words[at + 1 :]):
            continue
        if _BEFORE_WEEK.search(words[: found.start()]):
            words = words[:at] + day + words[at + 1 :]
    return words


def _week_signs(words: str) -> str:
    """Return the text with 周 for what sounds so before a weekday: 州三, 下洲四."""
    for found in list(_WEEK_SIGN.finditer(words)):
        at = found.start()
        if _BEFORE_WEEK.search(words[:at]) and _AFTER_DAY.match(words[at + 2 :]):
            words = words[:at] + "周" + words[at + 1 :]
    return re.sub(r"^夏(?=个?(?:周|星期|礼拜))", "下", words)


def _hours(words: str) -> str:
    """Return the text with hours told by their sound put right: 两店半, 下午山点."""
    for found in list(_WRONG_HOUR.finditer(words)):
        at, sign = found.start(), found[0]
        hour = None if sign in _NUMBERS else _SOUNDS_OF_HOURS.get(_spoken(sign))
        if hour is not None and _BEFORE_HOUR.search(words[:at]):
            words = words[:at] + hour + words[at + 1 :]
    for found in list(_HOUR_SIGN.finditer(words)):
        at = found.end() - 1
        if _BEFORE_HOUR.search(words[: found.start()]) or (found.start() == 0 and words[at + 1 :]):
            words = words[:at] + "点" + words[at + 1 :]
    return words
