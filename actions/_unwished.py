"""Answers trouble that is told, or asked about, where nothing is to be complained of."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions._registry import action_named
from actions._requests import STORIES
from actions._resuming import PAUSED
from actions._turn import Turn
from bot.services.doubt_words import speaks_of_another_talk
from bot.services.matter_remarks import asks
from bot.services.story_words import is_reported, lacks_licence
from bot.services.ticket_words import names_ticket, withdraws
from bot.services.unwished_words import (
    asks_if_fair,
    beside_denial,
    denies_story,
    is_acted_against,
    is_impersonated,
    looks_for_half_filled,
    wishes_story,
)

DOUBTING = STORIES | {"abuse", "ask_eligibility", "ask_why", "dispute_answer", "go_back"}
DOUBTING |= {"chitchat", "inform", "nlu_fallback", "out_of_scope"}
"""What the model takes it for that an earlier answer was wrong."""

STORY_FORMS = frozenset({"feedback_form", "whistle_form"})
"""Forms that one may have got into without wanting to file anything."""

STORIES_TOLD = frozenset({"feedback_text", "whistle_description"})
"""Questions whose answer may speak of something that was withdrawn."""


def denies_this(turn: Turn) -> bool:
    """Tell whether somebody in the form of a complaint or a whistle says that none is wanted."""
    takes_back = turn.requested not in STORIES_TOLD and withdraws(turn.text)
    return turn.loop in STORY_FORMS and (_denies(turn) or (turn.choice is None and takes_back))


def _denies(turn: Turn) -> bool:
    return turn.choice is None and denies_story(turn.text)


def asked_beside_denial(turn: Turn) -> Turn | None:
    """Return the turn as if only what stands beside the denial were said; None for nothing.

    "我不是要投诉他们 我就问他凭啥让我关" asks. What sounds like a complaint is none here.
    """
    rest = beside_denial(turn.text) if _denies(turn) else []
    if not rest:
        return None
    said = " ".join(rest)
    last = next((one for one in reversed(turn.clauses) if one.text in rest[-1]), None)
    intent = turn.intent if last is None else last.intent
    intent = "nlu_fallback" if intent in STORIES | {"deny", "stop", "inform"} else intent
    kept = tuple(entity for entity in turn.entities if entity.value in said)
    asked = replace(turn, loop=None, requested=None, text=said, typed=said, entities=kept)
    return replace(asked, intent=intent, ranking=((intent, turn.confidence),), clauses=())


def answer_unwished(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Say what can be said of a fine, a closure, or of being complained of; None for neither."""
    if turn.choice is not None or wishes_story(turn.text) or names_whistle(turn.text):
        return None
    if turn.intent in DOUBTING and speaks_of_another_talk(turn.text):  # 你上回告诉我不用环评
        return action_named("action_start_dispute").act(turn, say)
    if is_impersonated(turn.text):
        say.utter_message(response="utter_common_impersonated")
        return []
    if looks_for_half_filled(turn.text) and not turn.slots.get(PAUSED):
        say.utter_message(response="utter_common_none_half_filled")
        return []
    if asks_if_fair(turn.text):
        say.utter_message(response="utter_feedback_if_fair")
        return []
    if _denies(turn) and not beside_denial(turn.text):
        say.utter_message(response="utter_feedback_not_wanted")
        return []
    if not is_reported(turn.text) or lacks_licence(turn.text):
        return None
    is_told = turn.intent in STORIES or is_acted_against(turn.text)
    if not is_told and (asks(turn.text) or turn.entity("matter") is not None):
        return None  # 有人举报我没证 要办啥
    say.utter_message(response="utter_feedback_reported")
    return []


def names_whistle(text: str) -> bool:
    """Tell whether a whistle is spoken of."""
    return "哨" in text and names_ticket(text)
