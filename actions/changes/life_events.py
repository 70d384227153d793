"""Offers and opens the plan for a change, a move or the end of a business."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.place_moved import districts_named
from actions.forms.ask import NO, YES, choice_button
from actions.forms.facts import CROSSES, known_facts, life_event_questions
from actions.plans.dates import told_start
from actions.turns.forms_named import form_in
from actions.turns.made_once import FEW, Said, made_once, said_in
from actions.turns.opens_form import start_form
from actions.turns.places import find_district
from actions.turns.turn import Turn
from bot.documents.labels import MAKE_PLAN
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.plans.dates import planned_start
from bot.services.plans.life_events import LifeEventAnswers, LifeEventPlan
from bot.services.times.local_time import local_day
from bot.services.words.business import asks_for_whole
from bot.services.words.matter_remarks import asks
from bot.services.words.place_moved import crosses_border, says_from_to
from bot.services.words.request import wants_plan
from bot.services.words.situations import settles_debts

PREFIX = "life_event_"
EVENT, DISTRICT, OFFER = PREFIX + "id", PREFIX + "district", PREFIX + "offer"
START_ON = PREFIX + "start_on"

WHO = "who_closes"
"""Question of whose business ends."""

DEBTS = "debts_settled"
"""Question of whether all that was owed is paid: 谁的钱都不欠 answers it."""

TOLD = (WHO, CROSSES, DEBTS)
"""Questions that the sentence which opens the plan may answer."""


def offer_plan(turn: Turn, event: LifeEvent, say: CollectingDispatcher) -> list[EventType]:
    """Offer the plan of an event; the next yes, or the button, opens it.

    Who orders it in the same breath (给我列个办理计划) has it opened at once.
    """
    is_free = turn.loop is None and turn.choice is None
    if is_free and (wants_plan(turn.text) or _tells_enough(turn, event)):
        return open_plan(turn, event, say)
    button = choice_button(PREFIX + "offer", event.id, MAKE_PLAN)
    say.utter_message(response="utter_life_events_offer", event=event.name, buttons=[button])
    # None forgets what an older text told
    asked = {PREFIX + WHO: None} if WHO in event.question_ids else {}
    before = (one for one in (CROSSES, DEBTS) if turn.slots.get(PREFIX + one) is not None)
    asked |= {PREFIX + one: None for one in before}
    told = [SlotSet(name, at) for name, at in (asked | told_of_event(turn, event)).items()]
    return [SlotSet(OFFER, event.id), SlotSet(DISTRICT, _place(turn)), *told]


def told_of_event(turn: Turn, event: LifeEvent) -> dict[str, Any]:
    """Return whose business ends and whether a move leaves its district, where a text tells it."""
    kind = form_in(turn) if WHO in event.question_ids else None
    told: dict[str, Any] = {}
    if kind is not None:
        options = app().catalogue.question(WHO).options
        told[PREFIX + WHO] = kind.answer if kind.answer in options else options[0]
    places = len(districts_named(turn.text)) if CROSSES in event.question_ids else 0
    leaves = crosses_border(turn.text, places) if CROSSES in event.question_ids else None
    is_paid = settles_debts(turn.text) if DEBTS in event.question_ids else None
    told |= {} if is_paid is None else {PREFIX + DEBTS: YES if is_paid else NO}
    if leaves and (to := _place_moved_to(turn)) is not None:
        told[DISTRICT] = to
    return told if leaves is None else {**told, PREFIX + CROSSES: YES if leaves else NO}


def told_move(turn: Turn) -> dict[str, str]:
    """Return, inside the plan of a move, whether it leaves its district where a text tells it."""
    event = app().catalogue.life_events.get(str(turn.slots.get(EVENT)))
    if event is None or CROSSES not in event.question_ids or turn.choice is not None:
        return {}
    leaves = crosses_border(turn.text, len(districts_named(turn.text)))
    return {} if leaves is None else {PREFIX + CROSSES: YES if leaves else NO}


def _tells_enough(turn: Turn, event: LifeEvent) -> bool:
    """Tell whether a text says where and answers a question of the plan: then it is begun at once.

    "莘县这边有个公司想给它消了"; what asks anything but how it is done is answered before, and
    who only tells more behind an offer ("烧烤店 个体的 冠县") has it offered still.
    """
    named = app().life_events.find(turn.text)
    if named is None or named.id != event.id:
        return False
    is_asked = asks(turn.text) and not asks_for_whole(turn.text)
    return not is_asked and _place(turn) is not None and bool(told_of_event(turn, event))


def event_with(matter: Matter, told: LifeEvent | None) -> LifeEvent | None:
    """Return the event told of where it wants a matter, else the one that the matter is of.

    门面房买卖过户 sounds like a shop that changes hands, and is a registration of its own.
    """
    steps = () if told is None else (*told.matter_ids, *(one.matter_id for one in told.steps))
    return told if matter.id in steps else app().life_events.of_matter(matter.id)


def open_plan(turn: Turn, event: LifeEvent, say: CollectingDispatcher) -> list[EventType]:
    """Open the form that asks what decides; when nothing does it ends at once with the plan."""
    place = _place(turn) or (turn.slots.get(DISTRICT) if turn.slots.get(OFFER) else None)
    said = told_start(turn).get("said_start")
    slots: dict[str, Any] = {PREFIX + name: None for name in life_event_questions()}
    if turn.slots.get(OFFER) == event.id:
        slots |= {PREFIX + one: turn.slots.get(PREFIX + one) for one in TOLD}
    slots |= {EVENT: event.id, OFFER: None, DISTRICT: place, **told_of_event(turn, event)}
    slots |= {START_ON: said.on.isoformat() if said and not said.fault else None}
    if app().life_events.questions(life_event_answers(slots)):
        say.utter_message(response="utter_life_events_start", event=event.name)
    return start_form(turn, "life_event_form", **slots)


def _place(turn: Turn) -> str | None:
    place = find_district(turn.entity("district")) or find_district(turn.text)
    return place.id if place else None


def _place_moved_to(turn: Turn) -> str | None:
    """Return the place a business moves to, of the two that a text names: 打茌平挪去高唐."""
    named = districts_named(turn.text)
    return named[-1][0].id if len(named) > 1 and says_from_to(turn.text) else None


def names_event(slots: Mapping[str, Any]) -> bool:
    """Tell whether the slots say what happens; an old button may come without it."""
    return slots.get(EVENT) in app().catalogue.life_events


def life_event_answers(slots: Mapping[str, Any]) -> LifeEventAnswers:
    """Return the answers given so far."""
    facts, unknown = known_facts(slots, PREFIX, life_event_questions())
    place = slots.get(DISTRICT)
    return LifeEventAnswers(str(slots.get(EVENT)), str(place) if place else None, facts, unknown)


def compose_life_event(slots: Mapping[str, Any]) -> LifeEventPlan:
    """Return the plan for the answers given so far."""
    application = app()
    start_on = planned_start(slots.get(START_ON), local_day(application.now()))
    return _composed(said_in(slots, PREFIX), start_on)


@made_once(FEW)
def _composed(said: Said, start_on: date) -> LifeEventPlan:
    return app().life_events.compose(life_event_answers(dict(said)), start_on)
