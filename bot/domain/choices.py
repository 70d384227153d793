"""Which of the numbered choices a person means: "2", "２", "②", "第二个", "回复2", its title."""

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.conversations import Button

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_TEN = "十"
_NUMBER = r"(\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_BARE = re.compile(r"\(?(\d{1,2})\)?[.、。)]?")
_SAID = re.compile(
    rf"(?:我?(?:选择?|要|回复?|按|点)的?(?:是)?)?第?{_NUMBER}(?:个|项|号|条|种|款)?(?:吧|的|呗|就行)?[.。!]?"
)
_MARKED = re.compile(r"第|选|回复|按|点|[项号]")
"""Without one of these a number in words is more likely an answer ("三", "2个" people)."""
_KEY = re.compile(r"m(\d{1,18})\.(\d{1,3})")
_LAST = re.compile(r"(?:我?选)?最后(?:那?一?)?[个项种]?(?:吧)?[.。!]?")


def chosen(text: str, buttons: Sequence[Button]) -> Button | None:
    """Return the button that the text means, None when it means none of them.

    A number beyond the choices is no choice: it may be an answer to something else.
    """
    if not buttons:
        return None
    typed = folded(text).strip()
    titles = [folded(one.title) for one in buttons]
    if titles.count(typed) == 1:
        return buttons[titles.index(typed)]
    if _LAST.fullmatch(typed):
        return buttons[-1]
    number = _number(typed)
    return buttons[number - 1] if number is not None and 1 <= number <= len(buttons) else None


def folded(text: str) -> str:
    """Return a text by which titles are compared: full width and blanks make no difference."""
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def choice_key(line_id: int, index: int) -> str:
    """Return what a platform is given for a button that stays with us: its line and its place."""
    return f"m{line_id}.{index}"


def read_choice_key(key: str) -> tuple[int, int] | None:
    """Return line and place of a pressed button, None for anything else."""
    found = _KEY.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else None


def _number(typed: str) -> int | None:
    bare = _BARE.fullmatch(typed)
    if bare:
        return int(bare[1])
    said = _SAID.fullmatch(typed)
    if said is None or not _MARKED.search(typed):
        return None
    return int(said[1]) if said[1].isdigit() else _chinese(said[1])


def _chinese(word: str) -> int:
    if _TEN not in word:
        return _DIGITS[word]
    tens, _, ones = word.partition(_TEN)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
