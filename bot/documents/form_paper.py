"""A filled single form in the words of the paper, as a Word template gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.documents.form_text import value_text
from bot.domain.single_form import FilledForm


@dataclass(frozen=True)
class WordField:
    """A line of the form; `value` is "" when it is still to be filled in by hand."""

    label: str
    value: str = field(repr=False)
    is_required: bool


@dataclass(frozen=True)
class WordSection:
    """Lines under one heading; fields that do not apply are left out."""

    title: str
    fields: tuple[WordField, ...]


@dataclass(frozen=True)
class WordForm:
    """What a template may use as `form`.

    Attributes:
        number: Of the document.
        made_on: Local day, ISO.
        missing: Labels of required fields without a value, joined; "" when it is complete.
        values: Text by id of every field of the form; a template has them as `field`.
    """

    id: str
    title: str
    number: str
    made_on: str
    sections: tuple[WordSection, ...]
    missing: str
    values: Mapping[str, str] = field(repr=False)


def form_paper(filled: FilledForm, *, number: str, made_on: str) -> WordForm:
    """Return a filled form in the words of the paper; nothing is masked."""
    applying = {one.id for one in filled.fields}
    sections = tuple(
        WordSection(
            section.title,
            tuple(
                WordField(one.label, _text(filled, one.id), one.required)
                for one in section.fields
                if one.id in applying
            ),
        )
        for section in filled.form.sections
    )
    return WordForm(
        id=filled.form.id,
        title=filled.form.title,
        number=number,
        made_on=made_on,
        sections=tuple(section for section in sections if section.fields),
        missing="、".join(one.label for one in filled.missing),
        values={one.id: _text(filled, one.id) for one in filled.form.fields},
    )


def _text(filled: FilledForm, field_id: str) -> str:
    value = filled.values.get(field_id, "")
    return value_text(filled.form.field(field_id), value, masked=False) if value else ""
