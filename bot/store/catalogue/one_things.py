"""Reads one_things/<id>.yml and questions.yml."""

from collections.abc import Iterator
from types import MappingProxyType

from bot.domain.one_things import (
    Component,
    OneThing,
    PromisedTotal,
    Question,
    QuestionKind,
    RegistrationOption,
    TypicalCase,
)
from bot.store.catalogue.facts import (
    Defaults,
    read_cited_provenance,
    read_faqs,
    read_provenance,
)
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_questions(file: Entry, findings: Findings) -> Iterator[Question]:
    """Yield the questions on which conditions depend."""
    Defaults().of(file)
    for entry in file.entries("questions", required=True):
        question = Question(
            id=entry.text("id"),
            kind=entry.choice("kind", QuestionKind),
            ask=entry.text("ask"),
            options=entry.texts("options"),
            basis=entry.text("basis", ""),
            if_yes=entry.text("if_yes", ""),
            if_no=entry.text("if_no", ""),
            label=entry.text("label", ""),
            unit=entry.text("unit", ""),
            beside=entry.text("beside", ""),
            beside_trades=entry.texts("beside_trades"),
            covered_by=entry.texts("covered_by"),
        )
        if (question.kind is QuestionKind.ENUM) != bool(question.options):
            entry.fault("an enum needs 'options', and nothing else has them", "kind")
        if not question.id.isidentifier():
            entry.fault(f"{question.id!r} cannot be used as a variable in conditions", "id")
        entry.close()
        if findings.register("question", question.id, entry.place):
            yield question
    file.close()


def read_one_thing(file: Entry) -> OneThing:
    """Read one bundle from its file."""
    defaults = Defaults().of(file)
    sources, provenance = read_cited_provenance(file, defaults)
    total = file.entry("promised_total")
    one_thing = OneThing(
        id=file.text("id"),
        name=file.text("name"),
        aliases=file.texts("aliases"),
        industry_codes=file.texts("industry_codes"),
        question_ids=file.texts("questions"),
        registration_options=tuple(_read_options(file)),
        components=tuple(_read_components(file)),
        promised_total=PromisedTotal(
            working_days=total.number("working_days"),
            provenance=read_provenance(total, defaults),
        ),
        faqs=read_faqs(file, defaults),
        sources=sources,
        provenance=provenance,
        typical=_read_typical(file.entry("typical")),
    )
    total.close()
    file.close()
    return one_thing


def _read_options(file: Entry) -> Iterator[RegistrationOption]:
    for item in file.entries("registration_options"):
        yield RegistrationOption(item.text("matter"), item.condition("when"))
        item.close()


def _read_components(file: Entry) -> Iterator[Component]:
    for item in file.entries("components", required=True):
        yield Component(
            matter_id=item.text("matter"),
            after=item.texts("after"),
            working_days=item.number("working_days"),
            when=item.optional_condition("when"),
            note=item.text("note", ""),
        )
        item.close()


def _read_typical(entry: Entry) -> TypicalCase:
    typical = TypicalCase(
        answers=MappingProxyType(entry.answers("answers")),
        matter_ids=entry.texts("matters", required=True),
        working_days=entry.number("working_days"),
        all_conditions_working_days=entry.number("all_conditions_working_days"),
    )
    entry.close()
    return typical
