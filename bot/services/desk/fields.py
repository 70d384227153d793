"""Gives the desk's fields the names and the questions of the catalogue."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.catalogue import Catalogue
from bot.domain.halls import MODE_TITLES
from bot.domain.handovers import DeskVocabulary, FieldLabel
from bot.domain.one_things import Question, QuestionKind
from bot.services.plans.project_types import CHOICES
from bot.services.plans.start_business import ENTITY

KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.BOOL: "yes_no",
    QuestionKind.NUMBER: "number",
    QuestionKind.ENUM: "choice",
}


def fill_in(vocabulary: DeskVocabulary, catalogue: Catalogue) -> DeskVocabulary:
    """Return the vocabulary with all choices named and the journeys' questions added.

    Raises:
        KeyError: `choices_from` or `of` names a list that does not exist.
    """
    lists = _lists(catalogue)
    asked = _questions(catalogue)
    fields: dict[str, FieldLabel] = {}
    for group in dict.fromkeys(label.group for label in vocabulary.fields.values()):
        for slot, label in vocabulary.fields.items():
            if label.group == group:
                source = label.choices_from
                fields[slot] = replace(label, choices=lists[source]) if source else label
        prefix, of = vocabulary.questions.get(group, ("", ""))
        for question in asked[of] if of else ():
            slot = prefix + question.id
            if slot not in vocabulary.fields:
                fields[slot] = _label(slot, group, question)
    return replace(vocabulary, fields=fields)


def _label(slot: str, group: str, question: Question) -> FieldLabel:
    return FieldLabel(
        slot=slot,
        label=question.ask,
        group=group,
        kind=KINDS[question.kind],
        choices={name: name for name in question.options},
    )


def _questions(catalogue: Catalogue) -> dict[str, list[Question]]:
    of_bundles = {name for one in catalogue.one_things.values() for name in one.question_ids}
    of_bundles |= {name for name, question in catalogue.questions.items() if question.beside}
    of_types = {name for one in catalogue.project_types.values() for name in one.default_scenario}
    return {
        "bundles": [q for name, q in catalogue.questions.items() if name in of_bundles - {ENTITY}],
        "project_types": [q for name, q in catalogue.questions.items() if name in of_types],
    }


def _lists(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    trades = {f"bundle:{one.id}": one.name for one in catalogue.one_things.values()}
    trades |= {f"code:{code}": one.name for code, one in catalogue.industries.items()}
    return {
        "trades": trades,
        "districts": {one.id: one.name for one in catalogue.districts.values()},
        "enterprise_types": {one.id: one.name for one in catalogue.enterprise_types.values()},
        "project_types": {one.id: one.name for one in catalogue.project_types.values()},
        "modes": {mode.value: title for mode, title in MODE_TITLES.items()},
        **{name: {option: option for option in options} for name, options in CHOICES.items()},
    }
