"""Numbers that people see: one gap-free row per kind and local day.

A number is taken in the transaction that writes what it names, so a transaction that fails gives
its number back, and a second one waits for the first.
"""

import enum
import re
from datetime import datetime

from bot.services.ports import UnitOfWork
from bot.services.times.local_time import local_day

MIN_DIGITS = 4
"""Width of the running number; the ten thousandth of a day simply gets five digits."""

LONGEST_RUNNING_NUMBER = 6
"""More digits than any day will need; keeps a long row of digits from looking like a number."""

CASE_NUMBER_DIGITS = 18
"""City code, date and running number of a usual case number."""

FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {
    ord(mark): "-" for mark in "－—–‐―−_"
}

SPOKEN_DIGITS = dict(zip("零〇○一二三四五六七八九幺", "0001234567891", strict=True))
"""Digits as they are spelt out; 幺 is said for one on the telephone."""


class NumberKind(enum.Enum):
    """What a number names; the value is its prefix."""

    CASE = "371500"
    WHISTLE = "CS"
    COMPLAINT = "TC"
    SUGGESTION = "JY"
    BOOKING = "YY"
    PLAN = "FA"
    INCIDENT = "GZ"
    ERASURE = "SC"


# A county's code may stand where the city's stands; then the year tells it from an identity number.
_CASE_HEAD = rf"(?:{NumberKind.CASE.value}\d{{6}}|3715\d\d20[2-9]\d[01]\d)"


def next_number(uow: UnitOfWork, kind: NumberKind, now: datetime) -> str:
    """Take the next number of `kind` on the local day of `now`.

    Cases are counted as `371500` + yyyymmdd + 4 digits, everything else as `CS-yyyymmdd-nnnn`.
    The caller owns the transaction: the number is given back when it rolls back.
    """
    day = local_day(now)
    running = uow.numbers.take(kind.name.lower(), day)
    date_part = day.strftime("%Y%m%d")
    if kind is NumberKind.CASE:
        return f"{kind.value}{date_part}{running:0{MIN_DIGITS}d}"
    return f"{kind.value}-{date_part}-{running:0{MIN_DIGITS}d}"


def hold_numbers(uow: UnitOfWork, kind: NumberKind, now: datetime) -> None:
    """Make others who want a number of this kind and day wait for this transaction.

    Called before looking whether an origin is already there: of two transactions with one origin
    the second then finds the row of the first and takes no number.
    """
    uow.numbers.hold(kind.name.lower(), local_day(now))


def normalise_case_number(text: str) -> str | None:
    """Return the case number that stands in `text`, or None.

    Full-width digits, digits spoken one by one ("三七一五零零…"), blanks or hyphens between groups
    of digits, and a number inside the address of a QR code are understood. Digits that do not make
    a whole number, such as "尾号0017", are no number: see `recall_case_number`.
    """
    plain = plain_digits(text)
    # as it stands first: joining could glue a date to the number
    for form in (plain, re.sub(r"(?<=\d)[\s\-]+(?=\d)", "", plain)):
        extra = LONGEST_RUNNING_NUMBER - MIN_DIGITS
        found = re.search(rf"(?<!\d){_CASE_HEAD}\d{{6,{6 + extra}}}(?!\d)", form)
        if found:
            return found.group()
    return None


def read_tail(text: str) -> str | None:
    """Return the digits of "尾号0017", "0017那个" or a bare "0017" (4 to 8 digits), or None."""
    plain = plain_digits(text)
    found = re.search(r"(?:尾号|尾数|后[四六八]位|末[四六八]位|最后)\D{0,4}(\d{4,8})(?!\d)", plain)
    bare = re.fullmatch(r"\s*(\d{4,8})\s*(?:结尾|的|那|这|号|个|件|办件|[,，。])*\s*", plain)
    match = found or bare
    return match.group(1) if match else None


def plain_digits(text: str) -> str:
    """Return the text with full-width digits, and four or more spoken ones in a row, as ASCII."""
    return re.sub(
        rf"[{''.join(SPOKEN_DIGITS)}]{{4,}}",
        lambda run: "".join(SPOKEN_DIGITS[digit] for digit in run.group()),
        text.translate(FULL_WIDTH),
    )


def normalise_ticket_number(text: str) -> str | None:
    """Return the whistle, complaint or suggestion number in `text` as it is written, or None.

    Small letters, full-width characters, missing or other hyphens and lost leading zeros are
    understood: "cs 20261123 1" is CS-20261123-0001.
    """
    letters = {ord("Ａ") + i: chr(ord("A") + i) for i in range(26)}
    letters |= {ord("ａ") + i: chr(ord("A") + i) for i in range(26)}
    plain = text.translate(FULL_WIDTH | letters).upper()
    found = re.search(
        r"(?<![A-Z])(CS|TC|JY)[\s\-:：号]*(\d{4})[\s\-]*(\d{2})[\s\-]*(\d{2})"
        rf"[\s\-]*(\d{{1,{LONGEST_RUNNING_NUMBER}}})(?!\d)",
        plain,
    )
    if not found:
        return None
    prefix, year, month, day, running = found.groups()
    return f"{prefix}-{year}{month}{day}-{int(running):0{MIN_DIGITS}d}"
