"""What one user message says, read out of Rasa's tracker once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk.interfaces import Tracker

from bot.services.reading.wording import simplified
from bot.services.words.landmarks import cut_places, landmarks, towns

CHOICE = "choice"
"""Entity that a pressed button carries: `<slot>=<value>`."""

QUESTION_INTENTS = frozenset(
    {
        "ask_materials",
        "ask_procedure",
        "ask_time_limit",
        "ask_fee",
        "ask_place",
        "ask_eligibility",
        "ask_legal_basis",
        "ask_office_hours",
        "ask_deferral",
    }
)
OF_PLACES = frozenset({"industry", "matter"})
"""Entities that may be named only to say where a place is."""

CONTROL_INTENTS = frozenset(
    {
        "stop",
        "go_back",
        "skip",
        "ask_why",
        "repeat",
        "request_agent",
        "emergency",
        "ask_privacy",
        "bot_challenge",
        "ask_capabilities",
        "hand_back",
        "dispute_answer",
        "take_papers",
    }
)
ANSWER_INTENTS = frozenset({"inform", "affirm", "deny", "nlu_fallback", "out_of_scope"})


@dataclass(frozen=True)
class Entity:
    """A piece of the text that names something; `value` is the surface text."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """A part of a message with what the model makes of it alone."""

    text: str
    intent: str
    confidence: float
    entities: tuple[Entity, ...] = ()

    def entity(self, name: str) -> str | None:
        """Return the first value of an entity, None when the clause names none."""
        return next((found.value for found in self.entities if found.name == name), None)


@dataclass(frozen=True)
class Turn:
    """One user message in its context.

    Attributes:
        message_id: The hub's id of the message, the root of every idempotency key.
        confidence: Of the intent, 0 to 1; 1 for a pressed button.
        choice: Slot and value of a pressed button, None for typed text.
        loop: Name of the form that is open, None outside forms.
        requested: Slot whose question is open, None outside forms.
        clauses: The parts of the text, none when it has one only (`bot/nlu/clauses.py`).
        ranking: What the model thinks of the whole text, best first: intent and confidence.
        events: The tracker's events, oldest first; `actions/turns/history.py` reads them.
        text: What it says, without address and thanks, names typed by their sound as written.
        typed: The text as it was typed; "" for a part of a message.
    """

    conversation_id: str
    message_id: str
    text: str
    intent: str
    confidence: float
    entities: tuple[Entity, ...]
    choice: tuple[str, str] | None
    slots: Mapping[str, Any]
    loop: str | None
    requested: str | None
    clauses: tuple[Clause, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    events: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    typed: str = field(default="", repr=False)

    def entity(self, name: str) -> str | None:
        """Return the first value of an entity, None when the text names none."""
        return next((found.value for found in self.entities if found.name == name), None)

    @property
    def asks_of_matter(self) -> bool:
        """Tell whether it is a question about a matter that it names."""
        return self.intent in QUESTION_INTENTS and self.entity("matter") is not None

    def origin(self, kind: str) -> str:
        """Return the idempotency key of a write of this kind in this turn."""
        return f"{self.conversation_id}:{self.message_id}:{kind}"


def read_turn(tracker: Tracker) -> Turn:
    """Read the turn out of the tracker."""
    message = tracker.latest_message or {}
    text = simplified(str(message.get("text") or ""))
    said = simplified(str(message.get("plain") or message.get("repaired") or text))
    is_button = text.startswith("/")
    intent = message.get("intent") or {}
    entities = _entities(message)
    choice = next((e.value for e in entities if e.name == CHOICE), None)
    slot, _, value = (choice or "").partition("=")
    requested = tracker.slots.get("requested_slot")
    return Turn(
        conversation_id=str(tracker.sender_id),
        message_id=message_id_of(tracker),
        text="" if is_button else said.strip(),
        intent=str(intent.get("name") or "nlu_fallback"),
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(e for e in entities if e.name != CHOICE),
        choice=(slot, value) if choice else None,
        slots=tracker.slots,
        loop=tracker.active_loop_name,
        requested=requested if isinstance(requested, str) else None,
        clauses=() if is_button else tuple(map(_clause, message.get("clauses") or ())),
        ranking=tuple(
            (str(guess.get("name")), float(guess.get("confidence") or 0.0))
            for guess in message.get("intent_ranking") or ()
        ),
        events=tracker.events,
        typed="" if is_button else text.strip(),
    )


def _clause(raw: Mapping[str, Any]) -> Clause:
    intent = raw.get("intent") or {}
    return Clause(
        text=simplified(str(raw.get("text") or "")),
        intent=str(intent.get("name") or "nlu_fallback"),
        confidence=float(intent.get("confidence") or 0.0),
        entities=_entities(raw),
    )


def _entities(raw: Mapping[str, Any]) -> tuple[Entity, ...]:
    """Return what a reading names, in simplified characters as the text is.

    A name typed by its sound is returned as it is written; one that only says where a place is
    (幼儿园边上) is left out.
    """
    typed, repaired = str(raw.get("text") or ""), simplified(str(raw.get("repaired") or ""))
    plain = simplified(typed)
    places = [*landmarks(plain), *towns(plain)]
    cut = cut_places(plain)

    def entity(e: Mapping[str, Any]) -> Entity:
        start, end = int(e.get("start") or 0), int(e.get("end") or 0)
        value = str(e["value"])
        is_repaired = repaired and start < end <= len(repaired) and end - start == len(value)
        if is_repaired:
            value = repaired[start:end]
        elif value and value == typed[start:end]:
            value = plain[start:end]
        return Entity(str(e["entity"]), value, start, end)

    found = (entity(e) for e in raw.get("entities") or () if e.get("value") is not None)
    kept = (e for e in found if not _is_within(e, cut))
    return tuple(e for e in kept if not (e.name in OF_PLACES and _is_within(e, places)))


def _is_within(found: Entity, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an entity stands wholly within one of some (start, end) offsets."""
    return any(start <= found.start < found.end <= end for start, end in spans)


def is_fresh(tracker: Tracker, form_name: str) -> bool:
    """Tell whether the form runs on a new user message, not when it is (re)opened by an action.

    Rasa appends the form's own action to the tracker that it sends; before that stands either
    the user's message (new input) or another action (a digression, an opening).
    """
    skipped_own = False
    for event in reversed(tracker.events):
        kind = event.get("event")
        if kind == "user":
            return True
        if kind == "action":
            if event.get("name") == form_name and not skipped_own:
                skipped_own = True
                continue
            return False
    return False


def message_id_of(tracker: Tracker) -> str:
    """Return the hub's id of the message, the root of every idempotency key."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            metadata = event.get("metadata") or {}
            given = metadata.get("message_id")
            # without a hub (rasa shell) Rasa's own id of the message still makes retries harmless
            return str(given if given is not None else event.get("message_id"))
    return "none"
