"""One form for one application: its fields, what was filled in, and what is wrong with it.

Values are canonical texts, so that a slot, a database and a Word template can hold them: a date is
ISO, money is whole yuan ("500000元"), an area is square metres ("80.5"), a choice and a district
are ids.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.conditions import Condition, evaluate
from bot.domain.errors import BotError


class FieldKind(enum.Enum):
    """What a field holds, and so how it is checked."""

    TEXT = "text"
    PERSON_NAME = "person_name"
    COMPANY_NAME = "company_name"
    PHONE = "phone"
    CREDIT_CODE = "credit_code"
    ID_NUMBER = "id_number"
    MONEY = "money"
    AREA = "area"
    DATE = "date"
    DISTRICT = "district"
    CHOICE = "choice"
    ADDRESS = "address"


class FormUse(enum.Enum):
    """What a form is for."""

    START_BUSINESS = "start_business"
    PROJECT = "project"
    MATTER = "matter"
    """Any single matter."""

    POLICY = "policy"
    """A policy that is claimed at the window."""


class KnownFact(enum.Enum):
    """What a conversation may know already; a field names the one it is filled from."""

    APPLICANT = "applicant"
    AREA = "area"
    BUILDING_AREA = "building_area"
    COMPANY = "company"
    CREDIT_CODE = "credit_code"
    DISTRICT = "district"
    ENTERPRISE_TYPE = "enterprise_type"
    HIRES_STAFF = "hires_staff"
    LAND_STATE = "land_state"
    PHONE = "phone"
    POLICY_FACTS = "policy_facts"
    PREMISES = "premises"
    PROJECT_TYPE = "project_type"
    TRADE = "trade"


class FieldFault(enum.Enum):
    """What is wrong with a value; the sentences stand in `bot.documents.form_text`."""

    MISSING = "missing"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_A_NAME = "not_a_name"
    FORBIDDEN_NAME = "forbidden_name"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    PAST_DATE = "past_date"
    NOT_OFFERED = "not_offered"
    NO_PHONE = "no_phone"
    NO_AREA_CODE = "no_area_code"
    WRONG_LENGTH = "wrong_length"
    ILLEGAL_CHARACTER = "illegal_character"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_BIRTHDAY = "wrong_birthday"


SECRET_KINDS = frozenset({FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.CREDIT_CODE})
"""Shown with their middle hidden when a filled form is read back."""


@dataclass(frozen=True)
class FieldOption:
    """One answer of a choice: its id, what people see, and other words for it."""

    id: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormField:
    """One field.

    Attributes:
        id: Name in templates, letters and underscores.
        label: As printed on the form.
        kind: Decides the check.
        required: The form cannot be sent without it, where it applies.
        help: What to write, for whoever asks; "" when the label says all.
        words: Other names of the field, by which people fill in several at once.
        prefill: What the conversation may know already.
        options: Answers of a choice or district.
        unit: Of money: 元 or 万元, taken for a bare number.
        smallest: Of money (yuan) or area (square metres); None without a limit.
        largest: As above.
        longest: Characters at most.
        not_past: A date of today or later only.
        is_proposed: Of a company name: one that is only proposed, so that the rules about names
            apply; a registered enterprise has the name it has.
        when: Where the field applies, by the ids of choices before it; None: always.
    """

    id: str
    label: str
    kind: FieldKind
    required: bool
    help: str = ""
    words: tuple[str, ...] = ()
    prefill: KnownFact | None = None
    options: tuple[FieldOption, ...] = ()
    unit: str = ""
    smallest: float | None = None
    largest: float | None = None
    longest: int = 100
    not_past: bool = False
    is_proposed: bool = False
    when: Condition | None = None

    def applies(self, values: Mapping[str, str]) -> bool:
        """Tell whether the field is to be filled in, given the values so far."""
        return self.when is None or evaluate(self.when, values) is True

    def option(self, option_id: str) -> FieldOption | None:
        """Return an option by its id, None when there is none."""
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True)
class FormSection:
    """Fields under one heading, in order."""

    id: str
    title: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class CaseFields:
    """Which fields say whose case it is.

    Attributes:
        credentials: The first one filled in proves whose it is.
    """

    applicant: str
    phone: str
    district: str
    credentials: tuple[str, ...]


class UnknownField(BotError):
    """A form does not have the field that was asked for.

    Attributes:
        field_id: The id that was asked for.
    """

    def __init__(self, form_id: str, field_id: str) -> None:
        super().__init__(f"form {form_id!r} has no field {field_id!r}")
        self.field_id = field_id


@dataclass(frozen=True)
class SingleForm:
    """One form, as defined in `data/forms`."""

    id: str
    title: str
    use: FormUse
    sections: tuple[FormSection, ...]
    case: CaseFields

    @property
    def fields(self) -> Iterator[FormField]:
        """Yield the fields of all sections, in order."""
        return (one for section in self.sections for one in section.fields)

    def field(self, field_id: str) -> FormField:
        """Return a field.

        Raises:
            UnknownField: The form has none of this id.
        """
        found = next((one for one in self.fields if one.id == field_id), None)
        if found is None:
            raise UnknownField(self.id, field_id)
        return found


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field.

    Attributes:
        details: What the sentence about it needs: `digits`, `position`, `word`, `limit` ...
    """

    field_id: str
    fault: FieldFault
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)


@dataclass(frozen=True)
class FilledForm:
    """A form with what has been filled in.

    Attributes:
        values: Canonical text by field id; only of fields that exist and apply.
        problems: What stands in the way of sending it, in the order of the fields.
    """

    form: SingleForm
    values: Mapping[str, str] = field(repr=False)
    problems: tuple[FieldProblem, ...]

    @property
    def is_complete(self) -> bool:
        """Nothing stands in the way of sending it."""
        return not self.problems

    @property
    def fields(self) -> Iterator[FormField]:
        """Yield the fields that apply to what is filled in."""
        return (one for one in self.form.fields if one.applies(self.values))

    @property
    def missing(self) -> tuple[FormField, ...]:
        """Return the required fields without a value, in order."""
        ids = [p.field_id for p in self.problems if p.fault is FieldFault.MISSING]
        return tuple(self.form.field(field_id) for field_id in ids)

    @property
    def applicant(self) -> str:
        """Return who applies; "" when not filled in."""
        return self.values.get(self.form.case.applicant, "")

    @property
    def phone(self) -> str:
        """Return the telephone; "" when not filled in."""
        return self.values.get(self.form.case.phone, "")

    @property
    def district_id(self) -> str:
        """Return the district; "" when not filled in."""
        return self.values.get(self.form.case.district, "")

    @property
    def credential(self) -> str:
        """Return the code that proves whose it is; "" when none is filled in."""
        given = (self.values.get(name, "") for name in self.form.case.credentials)
        return next((value for value in given if value), "")
