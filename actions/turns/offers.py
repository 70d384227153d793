"""What the bot has just offered, so that a typed "好" means it; and what waits for its turn."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.buttons import ITEM_MARK, choice_button
from actions.turns.history import previous_message_id
from actions.turns.requests import Request, request_of
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks

OFFER = "offer"
"""Slot: the request that a yes would do, with the message that it was offered on."""

LATER = "later"
"""Slot: requests of earlier messages that still wait."""

LATER_CHOICE = "later"
"""Choice of the button that takes up what waits."""


def offer(turn: Turn, request: Request) -> EventType:
    """Return the event by which a yes to the next message does the request."""
    return SlotSet(OFFER, {**request.as_slot(), "made": turn.message_id})


def standing_offer(turn: Turn) -> Request | None:
    """Return what was offered right before this message, None when nothing was."""
    raw = turn.slots.get(OFFER)
    if not isinstance(raw, dict) or raw.get("made") != previous_message_id(turn):
        return None
    return request_of(raw)


def pressed_offer(turn: Turn) -> Request | None:
    """Return what was offered right before this message if its button was pressed, else None.

    The button tells no more than an intent; what the offer was about, only the offer knows.
    """
    offered = None if turn.typed or turn.choice or turn.entities else standing_offer(turn)
    return offered if offered is not None and offered.intent == turn.intent else None


def with_answer(offered: Request | None, turn: Turn) -> Request | None:
    """Return a business that was offered with what a text answers of it: "那就个体吧"; or None."""
    is_told = {entity.name for entity in turn.entities} & {"enterprise_type", "district"}
    is_bare = turn.intent in {"affirm", "inform", "start_business"} and not asks(turn.text)
    if offered is None or offered.intent != "start_business" or not (is_told and is_bare):
        return None
    entities = (*offered.entities, *turn.entities)
    return replace(offered, text=f"{offered.text}，{turn.text}", entities=entities)


def waiting(turn: Turn) -> list[Request]:
    """Return the requests that still wait, the oldest first."""
    raw = turn.slots.get(LATER)
    return (
        [request_of(one) for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
    )


def wait(turn: Turn, requests: list[Request]) -> list[EventType]:
    """Return the event that keeps requests for later; the same one twice is kept once."""
    if not requests:
        return []
    kept = [r for r in waiting(turn) if r.intent not in {new.intent for new in requests}]
    return [SlotSet(LATER, [request.as_slot() for request in (*kept, *requests)])]


def say_noted(requests: Sequence[Request], say: CollectingDispatcher) -> None:
    """Say which requests wait until what is open is done."""
    labels = app().dialogue_words.labels
    names = dict.fromkeys(labels.get(request.intent, request.text) for request in requests)
    if names:
        say.utter_message(response="utter_common_noted_later", what=ITEM_MARK.join(names))


def say_back(form: str | None, say: CollectingDispatcher, known: Sequence[str] = ()) -> None:
    """Say that what was left open goes on, by its name, and what is noted there."""
    label = app().dialogue_words.forms.get(str(form), "")
    if known:
        items = ITEM_MARK.join(known)
        say.utter_message(response="utter_common_back_to_form_known", label=label, items=items)
    else:
        say.utter_message(response="utter_common_back_to_form", label=label)


def offer_waiting(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Offer the oldest request that waits, as a button and for a typed yes."""
    kept = waiting(turn)
    if not kept:
        return []
    first = kept[0]
    label = app().dialogue_words.labels.get(first.intent, first.text)
    button = choice_button(LATER_CHOICE, "next", label)
    say.utter_message(response="utter_common_offer_later", label=label, buttons=[button])
    return [offer(turn, first)]


def take_waiting(turn: Turn, request: Request) -> list[EventType]:
    """Return the events that strike a request off what waits, and the offer with it."""
    left = [one for one in waiting(turn) if one.intent != request.intent]
    return [SlotSet(LATER, [one.as_slot() for one in left]), SlotSet(OFFER, None)]
