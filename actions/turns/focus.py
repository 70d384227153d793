"""What the conversation is about: the one place that remembers it and reads it back.

Three slots: `focus` says what kind of thing was spoken of last, `matter_id` which matter, and
`focus_topic` which question about it. A follow-up ("那多少钱", "那临清呢") is read against them.
"""

from dataclasses import dataclass

from rasa_sdk.events import EventType, SlotSet

from actions import app
from actions.turns.names import matter_in, meant_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.words.remarks import clauses

MATTER, PLAN, TICKET, CASE, POLICY = "matter", "plan", "ticket", "case", "policy"
"""What `focus` can say."""

JOURNEY_FORMS = {
    "start_business": "start_business_form",
    "plan_project": "plan_project_form",
    "life_event": "life_event_form",
}
"""Slot `journey` to the form that asks for its answers."""

PLANNING = frozenset({JOURNEY_FORMS["plan_project"], JOURNEY_FORMS["start_business"]})
"""Forms in which something new is planned, and nothing that runs is changed or ended."""


@dataclass(frozen=True)
class Focus:
    """What is being talked about.

    Attributes:
        matter: The matter spoken of last, though perhaps not of all last.
        topic: The question about a matter that was answered last ("fee").
        journey: A key of `JOURNEY_FORMS` when a plan is being made or was shown.
        is_plan: The plan was spoken of after the matter.
    """

    matter: Matter | None
    topic: str | None
    journey: str | None
    is_plan: bool


def read_focus(turn: Turn) -> Focus:
    """Return what the conversation is about at this turn."""
    slots = turn.slots
    matter_id = slots.get("matter_id")
    forms = [turn.loop, *(slots.get("open_forms") or [])]
    named = {form: name for name, form in JOURNEY_FORMS.items()}
    # the form that is open counts before those that wait underneath, the newest of them first
    opened = next((named[form] for form in (forms[0], *reversed(forms[1:])) if form in named), None)
    journey = opened or (slots.get("journey") if turn.loop is None else None)
    known = isinstance(matter_id, str) and matter_id in app().catalogue.matters
    matter = app().catalogue.matter(str(matter_id)) if known else None
    topic = slots.get("focus_topic")
    return Focus(
        matter=matter,
        topic=str(topic) if topic else None,
        journey=str(journey) if journey in JOURNEY_FORMS else None,
        is_plan=journey in JOURNEY_FORMS and (slots.get("focus") != MATTER or matter is None),
    )


def matter_in_focus(turn: Turn) -> Matter | None:
    """Return the matter that was spoken of last of all, None where something else was."""
    return read_focus(turn).matter if turn.slots.get("focus") == MATTER else None


def on_matter(matter: Matter, topic: str | None = None) -> list[EventType]:
    """Return the events after which a matter, and a question about it, is talked about."""
    kept = [SlotSet("matter_id", matter.id), SlotSet("focus", MATTER)]
    return [*kept, SlotSet("focus_topic", topic)] if topic else kept


def matter_named(turn: Turn) -> dict[str, str]:
    """Return the slot that keeps the matter named in a sentence that opens a journey."""
    named = turn.entity("matter")
    matter = meant_matter(named, turn.text) if named else None
    parts = clauses(turn.text) if matter is None else []
    matter = matter or next((found for part in parts if (found := matter_in(part))), None)
    return {"matter_id": matter.id} if matter is not None else {}


def on_plan(journey: str) -> list[EventType]:
    """Return the events after which a plan is talked about."""
    return [SlotSet("journey", journey), SlotSet("focus", PLAN)]
