"""Reads life_events.yml."""

from collections.abc import Iterator

from bot.domain.life_events import LifeEvent, LifeEventStep
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_life_events(file: Entry, findings: Findings) -> Iterator[LifeEvent]:
    """Yield the changes, moves and ends of businesses."""
    defaults = Defaults().of(file)
    for entry in file.entries("life_events", required=True):
        event = LifeEvent(
            id=entry.text("id"),
            name=entry.text("name"),
            aliases=entry.texts("aliases"),
            matter_ids=entry.texts("matters"),
            question_ids=entry.texts("questions"),
            steps=tuple(_read_steps(entry, defaults)),
            note=entry.text("note", ""),
            provenance=read_provenance(entry, defaults),
        )
        entry.close()
        if findings.register("life event", event.id, entry.place):
            yield event
    file.close()


def _read_steps(entry: Entry, defaults: Defaults) -> Iterator[LifeEventStep]:
    for item in entry.entries("steps", required=True):
        step = LifeEventStep(
            id=item.text("id"),
            matter_id=item.text("matter", "") or None,
            name=item.text("name", ""),
            after=item.texts("after"),
            when=item.optional_condition("when"),
            calendar_days=int(item.number("calendar_days", 0)),
            is_own=item.flag("own", default=False),
            note=item.text("note", ""),
            provenance=read_provenance(item, defaults),
        )
        if (step.matter_id is None) == (not step.name):
            item.fault(f"the step {step.id!r} needs either a 'matter' or a 'name'")
        if step.matter_id is None and not (step.is_own or step.calendar_days):
            item.fault(f"the step {step.id!r} needs 'own' or 'calendar_days'")
        item.close()
        yield step
