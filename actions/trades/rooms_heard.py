"""Nods to what is told of rooms, hands and things between the questions: 没店 就在家里弄.

What answers a question of the form is noted there; this hears what none of them asks for.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms.question import Question, Value
from actions.questions.worded import Worded
from actions.trades.start_answers import DISTRICT, HIRES_STAFF, TRADE
from actions.turns.history import was_told
from actions.turns.places import find_district
from actions.turns.towns import names_unsure_town, town_district
from actions.turns.turn import Turn
from bot.services.words.business import works_alone
from bot.services.words.matter_remarks import asks
from bot.services.words.rooms_told import Rooms, may_matter, rooms_told

HOME = Worded("biz-home-commit", "自家住宅")
"""Says whether one's own home may be where a business is registered."""

RESPONSES: Mapping[Rooms, str] = {
    Rooms.HOME: "utter_start_business_heard_home",
    Rooms.MONEY: "utter_start_business_heard_money",
    Rooms.NAME: "utter_start_business_heard_name",
    Rooms.NO_SHOP: "utter_start_business_heard_no_shop",
    Rooms.PEOPLE: "utter_start_business_heard_people",
    Rooms.ROOMS: "utter_start_business_heard_rooms",
    Rooms.THINGS: "utter_start_business_heard_things",
}

TOWN = "utter_start_business_heard_town"

ToldBy = Callable[[Turn], Mapping[str, Any]]


def says_rooms(
    turn: Turn, opened: Question | None, told: ToldBy, say: CollectingDispatcher
) -> bool:
    """Nod to such a text; False where it answers, asks, or tells anything else.

    Args:
        turn: The message.
        opened: The open question.
        told: Reads what a text answers by the way.
        say: Where it is said.
    """
    is_free = turn.choice is None and opened is not None and not opened.free_text
    if not is_free or opened is None or asks(turn.text):
        return False
    is_new = any(turn.slots.get(slot) != value for slot, value in told(turn).items())
    if is_new or isinstance(opened.parse(turn), Value):
        return False
    if opened.slot != DISTRICT and names_unsure_town(turn.text):
        say.utter_message(response=TOWN)
        return True
    kind = rooms_told(turn.text)
    is_late = may_matter(turn.text) or (opened.slot == TRADE and kind is Rooms.THINGS)
    if kind is None or is_late or find_district(turn.entity("district")) is not None:
        return False
    say.utter_message(response=RESPONSES[kind])
    if kind is Rooms.HOME and HOME.faq is not None and not was_told(turn, HOME.faq.answer):
        HOME.say(say)
    return True


def told_here(turn: Turn) -> dict[str, Any]:
    """Return the district of a town, and that nobody is hired, where a text tells it."""
    if turn.choice is not None or asks(turn.text):
        return {}
    place = town_district(turn.text) if turn.entity("district") is None else None
    told = {} if place is None else {DISTRICT: place.id}
    is_alone = rooms_told(turn.text) is Rooms.PEOPLE and works_alone(turn.text)
    return told | ({HIRES_STAFF: "no"} if is_alone else {})
