"""What makes a password too easy to guess; length counts, forced kinds of signs do not."""

from collections.abc import Iterable

from bot.domain.people import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, WeakPassword

FEWEST_SIGNS = 5
"""Different signs that a password has at least."""

ROWS = (
    *("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "1qaz2wsx3edc4rfv",
)
"""Rows of the alphabet and the keyboard; pieces of them are no secret."""

PIECE = 3
"""Length of the pieces of `ROWS` that are taken off."""

WORDS = (
    *("password", "passw0rd", "admin", "administrator", "root", "welcome", "letmein", "iloveyou"),
    *("mima", "woaini", "xiaoer", "zhengwu", "liaocheng", "banshi", "dashuju", "test", "user"),
)
"""Words that guesses begin with, here and anywhere."""


def check_password(password: str, *, login: str, name: str = "") -> None:
    """Refuse a password that is easy to guess.

    Raises:
        WeakPassword: Too short or too long, made of the person's own names, of few signs, or of
            nothing but common words and rows of the keyboard.

    Source: NIST SP 800-63B, 5.1.1.2 (length, lists of common passwords, no rules of composition).
    """
    if not MIN_PASSWORD_LENGTH <= len(password) <= MAX_PASSWORD_LENGTH:
        raise WeakPassword(WeakPassword.LENGTH)
    lowered = password.strip().lower()
    if len(set(lowered)) < FEWEST_SIGNS:
        raise WeakPassword(WeakPassword.SIMPLE)
    own = [part.lower() for part in (login, name) if len(part) > 1]
    is_personal = any(part in lowered for part in own)
    if is_personal and _rest(lowered, (*own, *WORDS)) < FEWEST_SIGNS:
        raise WeakPassword(WeakPassword.PERSONAL)
    if _rest(lowered, WORDS) < FEWEST_SIGNS:
        raise WeakPassword(WeakPassword.COMMON)


def _rest(password: str, words: Iterable[str]) -> int:
    """Count the signs that are left when words, years and rows of the keyboard are taken off."""
    left = password
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word.lower(), " ")
    for row in ROWS:
        for line in (row, row[::-1]):
            for start in range(len(line) - PIECE + 1):
                left = left.replace(line[start : start + PIECE], " ")
    return len({sign for sign in left if not sign.isspace()})
