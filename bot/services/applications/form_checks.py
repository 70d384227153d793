"""Checks one value of a form by the kind of its field, and makes it canonical."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.catalogue import Catalogue
from bot.domain.single_form import FieldFault, FieldKind, FieldProblem, FormField
from bot.planner.calendar import WorkingCalendar
from bot.services.plans.company_names import check_company_name
from bot.services.reading.answers import read_area_m2, read_option, without_somebody
from bot.services.reading.identifiers import (
    CodeCheck,
    CodeFault,
    PhoneFault,
    check_credit_code,
    check_id_number,
    check_phone,
)
from bot.services.reading.numerals import NotANumber, read_number
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.services.times.local_time import local_day

SHORTEST_NAME, SHORTEST_ADDRESS = 2, 5
LONGEST_PERSON_NAME = 30
TEN_THOUSAND = 10_000
CODE_FAULTS: Mapping[CodeFault, FieldFault] = {
    CodeFault.WRONG_LENGTH: FieldFault.WRONG_LENGTH,
    CodeFault.ILLEGAL_CHARACTER: FieldFault.ILLEGAL_CHARACTER,
    CodeFault.WRONG_CHECK_DIGIT: FieldFault.WRONG_CHECK_DIGIT,
    CodeFault.WRONG_DATE: FieldFault.WRONG_BIRTHDAY,
}

NameCheck = Callable[[str], tuple[str, str] | None]
"""Returns the word that a proposed name must not have and the rule, None when none is seen."""


def any_name(_name: str) -> tuple[str, str] | None:
    """Forbid no company name; used where no rules about names are at hand."""
    return None


def name_check(catalogue: Catalogue) -> NameCheck:
    """Return the check by the catalogue's rules about words; a name's shape is left to the window.

    Args:
        catalogue: Has the rules.
    """

    def check(name: str) -> tuple[str, str] | None:
        broken = (one for one in check_company_name(name, catalogue) if one.word)
        first = next(broken, None)
        if first is None:
            return None
        return first.word, f"{first.rule.says}（{first.rule.provenance.source}）"

    return check


@dataclass(frozen=True)
class Checks:
    """What the checks are made with.

    Attributes:
        now: Aware UTC.
        calendar: Reads dates such as "下周一".
        forbidden_word: Rules for proposed company names.
        insisted: Codes that the applicant has looked at again and insists on; a few early credit
            codes fail their check digit and are right.
    """

    now: datetime
    calendar: WorkingCalendar
    forbidden_word: NameCheck = any_name
    insisted: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """Return the local day."""
        return local_day(self.now)


def check_field(field: FormField, text: str, checks: Checks) -> str | FieldProblem:
    """Return the canonical value of what was typed for a field, or what is wrong with it.

    A canonical value is its own canonical value.
    """
    plain = " ".join(text.split())
    if not plain:
        return FieldProblem(field.id, FieldFault.MISSING)
    if len(plain) > field.longest:
        return _wrong(field, FieldFault.TOO_LONG, limit=field.longest)
    return _CHECKS[field.kind](field, plain, checks)


def _wrong(field: FormField, fault: FieldFault, **details: object) -> FieldProblem:
    known = {name: str(value) for name, value in details.items() if value is not None}
    return FieldProblem(field.id, fault, known)


def _text(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    if not any(char.isalnum() for char in text):
        return _wrong(field, FieldFault.TOO_SHORT, limit=1)
    return text


def _person(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    letters = [char for char in text if char.isalpha() or char in "·• "]
    if len(letters) != len(text) or not SHORTEST_NAME <= len(text) <= LONGEST_PERSON_NAME:
        return _wrong(field, FieldFault.NOT_A_NAME)
    return text


def _company(field: FormField, text: str, checks: Checks) -> str | FieldProblem:
    if len(text) < SHORTEST_NAME or not any(char.isalpha() for char in text):
        return _wrong(field, FieldFault.NOT_A_NAME)
    broken = checks.forbidden_word(text) if field.is_proposed else None
    if broken is None:
        return text
    word, rule = broken
    return _wrong(field, FieldFault.FORBIDDEN_NAME, word=word, rule=rule)


def _phone(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    found = check_phone(text)
    if found.is_valid:
        return found.value
    if found.fault is PhoneFault.MISSING_AREA_CODE:
        return _wrong(field, FieldFault.NO_AREA_CODE)
    return _wrong(field, FieldFault.NO_PHONE, digits=found.digits)


def _credit_code(field: FormField, text: str, checks: Checks) -> str | FieldProblem:
    return _code(field, check_credit_code(text), checks)


def _id_number(field: FormField, text: str, checks: Checks) -> str | FieldProblem:
    return _code(field, check_id_number(text, checks.today), checks)


def _code(field: FormField, check: CodeCheck, checks: Checks) -> str | FieldProblem:
    if check.fault is None or (check.may_insist and check.value in checks.insisted):
        return check.value
    fault = CODE_FAULTS[check.fault]
    return _wrong(field, fault, length=check.length, position=check.position, found=check.found)


def _money(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    try:
        amount = read_number(text)
    except NotANumber:
        return _wrong(field, FieldFault.NOT_A_NUMBER)
    has_unit = any(unit in text for unit in "元块万亿")
    if field.unit == "万元" and not has_unit:
        amount *= TEN_THOUSAND
    checked = _in_range(field, round(amount))
    return checked + "元" if isinstance(checked, str) else checked


def _area(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    try:
        return _in_range(field, round(read_area_m2(text), 2))
    except NotANumber:
        return _wrong(field, FieldFault.NOT_A_NUMBER)


def _in_range(field: FormField, amount: float) -> str | FieldProblem:
    too_small = amount <= 0 if field.smallest is None else amount < field.smallest
    if too_small or (field.largest is not None and amount > field.largest):
        return _wrong(
            field, FieldFault.OUT_OF_RANGE, smallest=field.smallest, largest=field.largest
        )
    return str(int(amount)) if amount == int(amount) else str(amount)


def _date(field: FormField, text: str, checks: Checks) -> str | FieldProblem:
    on = _day(text, checks)
    if on is None:
        return _wrong(field, FieldFault.NOT_A_DATE)
    if field.not_past and on < checks.today:
        return _wrong(field, FieldFault.PAST_DATE, day=on.isoformat())
    return on.isoformat()


def _day(text: str, checks: Checks) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return parse_time_phrase(text, checks.now, checks.calendar).on


def _choice(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    if field.option(text) is not None:
        return text
    said = without_somebody(text)
    hits = [
        (len(word), option.id)
        for option in field.options
        for word in (option.label, *option.words)
        if word in said
    ]
    if hits:
        return max(hits)[1]
    by_place = read_option(said, {option.id: option.label for option in field.options})
    return by_place or _wrong(field, FieldFault.NOT_OFFERED)


def _address(field: FormField, text: str, _: Checks) -> str | FieldProblem:
    if len(text) < SHORTEST_ADDRESS or not any(char.isalpha() for char in text):
        return _wrong(field, FieldFault.TOO_SHORT, limit=SHORTEST_ADDRESS)
    return text


_CHECKS: Mapping[FieldKind, Callable[[FormField, str, Checks], str | FieldProblem]] = {
    FieldKind.TEXT: _text,
    FieldKind.PERSON_NAME: _person,
    FieldKind.COMPANY_NAME: _company,
    FieldKind.PHONE: _phone,
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.ID_NUMBER: _id_number,
    FieldKind.MONEY: _money,
    FieldKind.AREA: _area,
    FieldKind.DATE: _date,
    FieldKind.DISTRICT: _choice,
    FieldKind.CHOICE: _choice,
    FieldKind.ADDRESS: _address,
}
