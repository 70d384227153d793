"""Where a hall is; asked without a district, which district's is meant is asked back."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.question import Question
from actions.turns.beside import without_denied
from actions.turns.buttons import choice_button
from actions.turns.history import last_responses
from actions.turns.places import district_in, find_district
from actions.turns.turn import Turn
from bot.documents.hall_text import hall_text
from bot.domain.errors import UnknownDistrict
from bot.services.words.hall import asks_for_other_hall, names_place_only
from bot.services.words.matter_remarks import asks_for_hall

HALL = "hall"
"""Value of `focus_topic` after which a bare place means its hall; choice of the buttons."""

TOLD, ASKED = "utter_matters_hall", "大厅在哪"
"""Response that tells where a hall is, and how one is asked for."""

LONGEST = 12
"""Signs of what asks for another hall."""


def answer_hall(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer "临清大厅在哪", or ask where after "大厅在哪"; None when no hall is asked for."""
    if turn.entity("matter") is not None or not asks_for_hall(turn.text):
        return None
    place = find_district(turn.entity("district")) or district_in(turn)
    if place is not None:
        return _say_hall(place.id, say)
    places = app().catalogue.districts.values()
    buttons = [choice_button(HALL, place.id, place.name) for place in places]
    say.utter_message(response="utter_matters_which_hall", buttons=buttons)
    # a slot that is set, so that an open form repeats its question
    return [SlotSet("focus_topic", HALL)]


def answer_hall_there(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer "莘县的" right after it was asked which hall; None when none was asked for."""
    if turn.slots.get("focus_topic") != HALL:
        return None
    pressed = turn.choice[1] if turn.choice and turn.choice[0] == HALL else None
    only = {entity.name for entity in turn.entities} == {"district"}
    named = find_district(turn.entity("district")) if only else None
    place = pressed or (named.id if named else None)
    if place is None or place not in app().catalogue.districts:
        return None
    return _say_hall(place, say)


def answer_hall_next(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer "东昌府的呢" or "别的地方还有不" right after a hall was told; None for neither."""
    if turn.loop is not None or TOLD not in last_responses(turn) or len(turn.text) > LONGEST:
        return None
    if asks_for_other_hall(turn.text):
        return answer_hall(replace(turn, text=ASKED, entities=()), say)
    named = find_district(turn.entity("district")) or district_in(turn)
    return _say_hall(named.id, say) if named and names_place_only(turn.text) else None


def _say_hall(place: str, say: CollectingDispatcher) -> list[EventType] | None:
    try:
        with app().reading() as unit:
            hall = unit.service_settings.hall(place)
    except UnknownDistrict:
        return None
    say.utter_message(response="utter_matters_hall", hall=hall_text(hall))
    return [SlotSet("focus_topic", None)]


def says_elsewhere(turn: Turn, questions: Sequence[Question], say: CollectingDispatcher) -> bool:
    """Say that another place changes nothing where no question asks for one; False for none."""
    place = find_district(without_denied(turn).entity("district"))
    if place is None or any(question.entity == "district" for question in questions):
        return False
    say.utter_message(response="utter_matters_same_elsewhere", district=place.name)
    return True
