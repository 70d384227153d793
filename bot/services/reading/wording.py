"""What people type, brought to one form: characters, filler words, sounds."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from opencc import OpenCC

from bot.domain.near_sounds import near_syllable

_FILLERS = re.compile(
    "要办什么证|要办啥证|你好|您好|请问|问一下|想问|问问|我们|咱们|想要|打算|准备|需要|要不要|"
    "要办|要带|要交|要啥|要什么|怎么样|怎么|怎样|咋样|如何|什么|哪些|哪里|哪儿|几个|多少钱|多少|"
    "多久|几天|多长时间|办理|申请|办下来|能不能|可不可以|可以|能办|有没有|是不是|一下|一个|"
    "材料|资料|手续|流程|还没下来|还没有|没下来|"
    "(?<=[贷借修领交补挖刻盖建换改租买卖注移砍打])(?:[点条些个下口]|几棵)|(?<!开)办(?![学公电])|"
    "(?<![书酒网清])吧|[我俺咱吗呢啊呀嘛咋啥哪的了弄搞想]"
)
_JUNK = re.compile(r"[^\w%]|_")
_AFTER_PAPER = re.compile("(?<=[托诺请明告议知约报]书)吧")
"""Ends a sentence on a paper: 要委托书吧 names no 书吧."""

FEWEST_TRADITIONAL = 2

HELD = 4
"""Signs in a row that a text shares with a name which it therefore holds."""


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")  # characters only: tw2sp would turn 文件 into 文档


def in_simplified(text: str) -> str:
    """Return a text with each traditional sign in its simplified form, a lone one as well."""
    return str(_simplifier().convert(text))


@lru_cache(maxsize=512)  # a turn asks for its text, its parts and its names again and again
def simplified(text: str) -> str:
    """Return a text that is written in traditional characters in simplified ones, sign by sign.

    One such sign alone is left as it is: it is more likely a sign of somebody's name (李昇).
    """
    converted = in_simplified(text)
    changed = sum(old != new for old, new in zip(text, converted, strict=False))
    is_traditional = len(converted) == len(text) and changed >= FEWEST_TRADITIONAL
    return converted if is_traditional else text


def normalise(text: str) -> str:
    """Return a text in simplified characters, half width, lower case, without punctuation."""
    half_width = unicodedata.normalize("NFKC", text)
    plain = _JUNK.sub("", _simplifier().convert(half_width)).lower()
    return _AFTER_PAPER.sub("", plain)


def core(normalised: str) -> str:
    """Return a normalised text without question and filler words; never empty unless it was."""
    return content(normalised) or normalised


def content(normalised: str) -> str:
    """Return what is left of a normalised text without question and filler words, maybe nothing."""
    return _FILLERS.sub("", normalised)


def without_names(text: str, names: Iterable[str], least: int = HELD) -> str:
    """Return what a text says beside some names: 给多少 of 一次性创业补贴给多少.

    Args:
        text: What is said.
        names: Of what it is about.
        least: Signs in a row that it must share with a name to hold it.
    """
    for name in names:
        run = SequenceMatcher(None, text, name, autojunk=False).find_longest_match()
        if run.size >= least:
            text = text[: run.a] + text[run.a + run.size :]
    return text


@lru_cache(maxsize=1024)  # several finders ask of each text of a turn
def sound(normalised: str) -> tuple[str, ...]:
    """Return the syllables of a text; near ones (zh/z, n/ng) are taken for the same."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 57 MB that most processes never need

    # it also takes a list for what has no sound; its annotation forgets that
    syllables = lazy_pinyin(normalised, errors=list)  # type: ignore[arg-type]
    return tuple(map(near_syllable, syllables))


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Return the plain pinyin of a text, for people who type 营业执照 as yingyezhizhao."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    return "".join(lazy_pinyin(text))


LONG_NAME = 5
"""Signs of a name from which on one of them may be mistaken."""

_INITIAL = re.compile("^[bpmfdtnlgkhjqxzcsryw]")
"""What a syllable begins with, near ones as one: no zh, ch, sh."""


def is_slip_of(said: str, name: str) -> bool:
    """Tell whether a long name is said with one sign of it mistaken for one that ends alike.

    烟草传卖零售 is a slip of 烟草专卖零售; 道路客运经营 is none of 道路货运经营.

    Args:
        said: What was said, normalised.
        name: A name, normalised.
    """
    if len(said) != len(name) or len(name) < LONG_NAME:
        return False
    wrong = [pair for pair in zip(sound(said), sound(name), strict=True) if pair[0] != pair[1]]
    ends = {_INITIAL.sub("", syllable) for pair in wrong for syllable in pair}
    return len(wrong) == 1 and len(ends) == 1
