"""Offers both ways to who is to take over a shop: its licence changes hands, or a new one.

"学校门口打字复印的老店要关了 我表姐让我接手" ends nothing for the one who tells it.
"""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import DISTRICT, PREFIX
from actions.changes.life_events import OFFER as EVENT_OFFER
from actions.forms.ask import choice_button
from actions.questions.worded import Worded
from actions.trades.start_answers import TRADE
from actions.turns.focus import on_matter
from actions.turns.offers import offer
from actions.turns.places import find_district
from actions.turns.registry import action_named
from actions.turns.requests import Request
from actions.turns.trades_named import trade_of
from actions.turns.turn import Entity, Turn
from bot.documents.labels import CHANGE_HANDS, START_ANEW
from bot.services.finding.trade_names import what_is_done
from bot.services.plans.life_events import OPERATOR
from bot.services.words.business import ends_or_hands_on
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.taking_over import is_sent_for_licence, is_to_take_over

STARTS = "start_business"

NOT_ENDED = Worded(OPERATOR, "先注销")
"""Says that the licence of one person's shop may change hands as it is."""


def answer_taking_over(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Offer the change of hands and a new start to who is to take over; no events for else."""
    if turn.loop is not None or turn.choice is not None or not is_to_take_over(turn.text):
        return []
    event = app().life_events.of_matter(OPERATOR)
    if event is None:
        return []
    turn = with_trade(turn)
    NOT_ENDED.say(say)
    buttons = [
        choice_button(EVENT_OFFER, event.id, CHANGE_HANDS),
        {"title": START_ANEW, "payload": f"/{STARTS}"},
    ]
    say.utter_message(response="utter_start_business_take_over", buttons=buttons)
    wanted = Request(STARTS, new_start(turn), turn.entities)
    place = find_district(turn.entity("district"))
    return [
        *on_matter(app().catalogue.matter(OPERATOR), "eligibility"),
        SlotSet(EVENT_OFFER, event.id),
        SlotSet(DISTRICT, place.id if place else None),
        SlotSet(f"{PREFIX}has_food_licence", None),
        SlotSet(TRADE, trade_of(turn.entity("industry"))),
        offer(turn, wanted),
    ]


def with_trade(turn: Turn) -> Turn:
    """Return the turn with the trade that its words name where the model marked none: 澡堂子."""
    if turn.entity("industry") is not None:
        return turn
    done = (*app().question_finder.trades_in(turn.text), *what_is_done(turn.text))
    word = next((one for one in done if trade_of(one)), next(iter(done), None))
    if word is None:
        return turn
    named = Entity("industry", word, 0, len(word))
    return replace(turn, entities=(*turn.entities, named))


def new_start(turn: Turn) -> str:
    """Return what a story tells of a business that begins, without what ends and what it asks."""
    find = app().life_events.find
    parts = [
        part
        for part in clauses(turn.text)
        if not (asks(part) or ends_or_hands_on(part) or find(part) or is_to_take_over(part))
    ]
    word = turn.entity("industry")
    named = [] if word is None or any(word in part for part in parts) else [f"开{word}"]
    return " ".join([*named, *parts])


def begins_for_licence(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Begin with a business that runs and must have a licence: 平台让我上传执照了; [] for else."""
    is_free = turn.loop is None and turn.choice is None
    if not is_free or not is_sent_for_licence(turn.text):
        return []
    wanted = Request(STARTS, turn.text, with_trade(turn).entities)
    return action_named("action_start_business").act(wanted.turn(turn), say)
