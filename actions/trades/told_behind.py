"""Takes what is told right behind an offer of a plan for a yes, and opens the plan with it.

"您是想开“养牛场”吗" – "200头左右 肉牛" answers one of the questions of that plan. What asks
something is answered, and the offer stands.
"""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER as EVENT_OFFER
from actions.changes.life_events import open_plan, told_of_event
from actions.trades.start_answers import told_slots
from actions.trades.taking_over import new_start
from actions.turns.forms_named import form_in
from actions.turns.history import (
    entities_before,
    opened_since,
    previous_message_id,
    texts_since,
    typed_before,
    was_just_offered,
)
from actions.turns.offers import OFFER, take_waiting
from actions.turns.places import district_in
from actions.turns.registry import action_named
from actions.turns.requests import Request, request_of
from actions.turns.towns import town_district
from actions.turns.trades_named import trade_of
from actions.turns.turn import Entity, Turn
from bot.services.plans.open_already import is_of_others
from bot.services.words.business import works_alone
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.rooms_told import rooms_told
from bot.services.words.told_behind import LONGEST, agrees, refuses, tells_scale

STARTS = "start_business"

STANDS = 4
"""Messages for which an offer stands while only questions are asked."""

SHORT = 16
"""Signs of a text that only tells what is sold or done."""

NAMED = frozenset({"matter", "material", "policy", "case_number", "ticket_number", "phone"})
"""Entities of a text that is about something else than the plan that was offered."""


def offered_start(turn: Turn) -> Request | None:
    """Return the business whose plan was offered, if only questions stand between; or None."""
    raw = turn.slots.get(OFFER)
    if not isinstance(raw, dict) or turn.loop is not None:
        return None
    offered = request_of(raw)
    if offered.intent != STARTS or not _stands(turn, str(raw.get("made"))):
        return None
    return offered


def _stands(turn: Turn, made: str) -> bool:
    """Tell whether nothing else was begun since a message, and little was said."""
    if made == previous_message_id(turn):
        return True
    between = texts_since(turn, made)
    return between is not None and len(between) < STANDS and not opened_since(turn, made)


def answer_told_behind(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Open the plan that was offered with what is told behind; no events for anything else."""
    is_free = turn.loop is None and turn.choice is None and bool(turn.text)
    if not is_free or len(turn.text) > LONGEST or asks(turn.text):
        return []
    if any(one.name in NAMED for one in turn.entities) or refuses(turn.text):
        return []
    if is_of_others(turn.text):
        return []
    offered = offered_start(turn)
    event = app().life_events.find(turn.text)
    if event is not None and event.id == turn.slots.get(EVENT_OFFER):  # 那就换经营者吧
        return [SlotSet(OFFER, None), *open_plan(turn, event, say)] if offered else []
    if event is not None:
        return []
    if offered is not None:
        return _start(offered, turn, say) if _is_yes(turn) else []
    return _of_event(turn, say)


def _is_yes(turn: Turn) -> bool:
    """Tell whether a text answers a question of the start of a business, or agrees."""
    between = _between(turn)
    is_behind = len(between) <= 1 or all(map(asks, between))
    if is_behind and (agrees(turn.text) or _names_trade(turn)):
        return True
    named = {one.name for one in turn.entities}
    is_told = bool(told_slots(turn.text)) or rooms_told(turn.text) is not None
    is_told |= form_in(turn) is not None or works_alone(turn.text) or tells_scale(turn.text)
    is_told |= "district" in named or district_in(turn) is not None
    is_told |= town_district(turn.text) is not None
    return is_told


def _between(turn: Turn) -> list[str]:
    """Return what was typed since the offer was made."""
    raw = turn.slots.get(OFFER)
    return texts_since(turn, str(raw.get("made"))) or [] if isinstance(raw, dict) else []


def _names_trade(turn: Turn) -> bool:
    """Tell whether it is told what a shop sells that is to be taken over: 复印 还装订."""
    is_over = bool(turn.slots.get(EVENT_OFFER)) and len(turn.text) <= SHORT
    return is_over and any(map(trade_of, clauses(turn.text)))


def _start(offered: Request, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Open the start of a business with what was told before the offer, with it and behind."""
    before = replace(turn, text=offered.text, entities=offered.entities)
    more = [text for text in _between(turn) if not asks(text)]
    told = " ".join(filter(None, (new_start(before), *more, turn.text)))
    if turn.slots.get(EVENT_OFFER):
        say.utter_message(response="utter_start_business_taken_anew")
    entities = (*offered.entities, *_own(turn), *_place_before(turn, offered))
    wanted = replace(offered, text=told, entities=entities)
    begun = action_named("action_start_business").act(wanted.turn(turn), say)
    return [SlotSet(EVENT_OFFER, None), *take_waiting(turn, offered), *begun]


def _own(turn: Turn) -> tuple[Entity, ...]:
    return tuple(one for one in turn.entities if one.name in {"district", "enterprise_type"})


def _place_before(turn: Turn, offered: Request) -> tuple[Entity, ...]:
    """Return the district that was told before, where neither the offer nor the text has one."""
    known = {one.name for one in (*offered.entities, *turn.entities)}
    places = [] if "district" in known else entities_before(turn, "district")
    return tuple(Entity("district", place, 0, 0) for place in places[:1])


def _of_event(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Open the plan of a change or an end with what is told behind its offer."""
    event = app().catalogue.life_events.get(str(turn.slots.get(EVENT_OFFER) or ""))
    if event is None or not _was_offered(turn):
        return []
    told = told_of_event(turn, event)
    if not told and not agrees(turn.text):
        return []
    return [SlotSet(OFFER, None), *open_plan(turn, event, say)]


def _was_offered(turn: Turn) -> bool:
    """Tell whether a plan was offered right before to who told something, and asked nothing."""
    before = typed_before(turn)
    return before is not None and not asks(before) and was_just_offered(turn, EVENT_OFFER)
