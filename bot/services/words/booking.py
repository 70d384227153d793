"""Recognises what is said of a booking beside its day and time."""

import re

from bot.services.privacy.personal_names import SURNAMES

_ANEW = re.compile(
    "(?:重新|再|另|另外|从头|干脆|直接)(?:给我|给俺|帮我)?(?:预)?约(?:个|一个|一次|一位|一回)(?!时间|时候|日子|点)|"
    "重约(?:个|一个)|(?:预)?约(?:个|一个)新的"
)


def books_anew(text: str) -> bool:
    """Tell whether another booking is wanted instead of an old one: 号没了 重新约一个得了."""
    return _ANEW.search(text) is not None


def asks_hours(text: str) -> bool:
    """Tell whether a text asks when one can come, and does not only choose a time."""
    return re.search("[几吗么啥?？]|什么|[上下]班|[开关]门|办公|营业|[行中成]不", text) is not None


LONGEST_TOPIC = 20
"""Signs of what a booking is for, told in a few words."""

_TOPIC = re.compile(
    "(?:就是|那|嗯|我|俺|是|想|要|约的|来|为了|关于|一下|[，, ])*"
    "(?P<topic>(?:开|办|盖|建|问|咨询|了解|聊|搞|弄|注册|申请|报)[^，,。？?]{2,16}?)"
    "(?P<end>的?(?:事儿?|事情|手续|问题|流程|业务))?[。！!]?"
)
_ASKS_ADVICE = re.compile("(?:想|要|来|是)+(?:问问?|咨询|了解|聊聊?)")
_NO_TOPIC = re.compile(
    "[不没吗么啥咋谁几哪完快]|个问题|清楚|取消|退款|办公室|[上下]午|[今明后]天|周[一二三四五六日末]|星期|礼拜|点钟?|什么|怎么|多少|这个|那个|别的|其他|时间|预约|帮办|人工|上门|窗口|电话|视频"
)


_SOMEBODY = re.compile(f"(?:问问?|咨询|了解|聊聊?)(?:一下)?[{SURNAMES}].{{1,2}}")


def told_topic(text: str) -> str | None:
    """Return what a booking is for, in the words of who books: 开饭店的事; None for other texts."""
    found = _TOPIC.fullmatch(text.strip()) if len(text) <= LONGEST_TOPIC else None
    if found is None or _NO_TOPIC.search(text) is not None:
        return None
    if found["end"] is None and _SOMEBODY.fullmatch(found["topic"]) is not None:
        return None  # 想问问李四
    is_said = found["end"] is not None or _ASKS_ADVICE.search(text) is not None
    return f"{found['topic']}{found['end'] or ''}" if is_said else None


_CANCELS = re.compile(
    "(?:嗯|对|是|行|好|中|那|就|都)*[，, ]*(?:我|俺)?(?:确认|确定|要|给我|帮我)?(?:把?它|预约)?"
    "(?:取消|退了|不约了)(?:它|预约|吧|了|掉)*"
)


def cancels_again(text: str) -> bool:
    """Tell whether it is said once more that a booking is to be cancelled: 嗯 取消吧."""
    return _CANCELS.fullmatch(text.strip("。.!！~ ")) is not None
