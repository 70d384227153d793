"""A short question that fits nothing is about what was talked about: said honestly, with a way on.

"过了期罚不罚" after the food licence is neither out of scope nor a yes or no: it is about that
licence, and the catalogue may hold nothing on it.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import MATTER, on_matter, read_focus
from actions._names import sure_matter
from actions._turn import Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import record_answer, validity_answer
from bot.domain.matters import Matter
from bot.services.asked_words import asks_about_it, asks_also_needed, speaks_of_doing, wants_benefit
from bot.services.matter_faqs import asks_validity
from bot.services.plan_remarks import asks_after_area
from bot.services.record_lines import lines_about

UNSURE = frozenset(
    {
        "affirm",
        "ask_why",
        "chitchat",
        "deny",
        "go_back",
        "inform",
        "nlu_fallback",
        "out_of_scope",
        "repeat",
        "skip",
    }
)
"""Intents that such a question is taken for."""

SURE_OUT = 0.7
"""From this confidence on it must speak of papers and offices not to be out of scope."""

NAMES = ("matter", "industry", "policy", "project_type", "case_number", "company_name")


def answer_not_recorded(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question as well as the catalogue can; no events when it is none."""
    matter = read_focus(turn).matter if turn.slots.get("focus") == MATTER else None
    if matter is None or turn.loop is not None or not _is_about_it(turn):
        return []
    if asks_also_needed(turn.text):
        _utter("eligibility", matter, say)
        return on_matter(matter, "eligibility")
    other = sure_matter(turn.text)
    if other is not None and other.id != matter.id:
        return []
    made = validity_answer(matter) if asks_validity(turn.text) else None
    lines = lines_about(turn.text, matter) if made is None else []
    if lines:
        made = record_answer(matter, lines)
    if made is not None:
        say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    else:
        say.utter_message(response="utter_matters_not_recorded", matter=matter.name)
    return on_matter(matter)


def _is_about_it(turn: Turn) -> bool:
    if _is_area(turn) and not any(turn.entity(name) for name in NAMES):
        return True
    if turn.intent not in UNSURE or turn.choice is not None or not asks_about_it(turn.text):
        return False
    if any(turn.entity(name) for name in NAMES) or app().dialogue_words.topics_in(turn.text):
        return False
    is_out = turn.intent == "chitchat" or (
        turn.intent == "out_of_scope" and turn.confidence >= SURE_OUT
    )
    return not is_out or speaks_of_doing(turn.text)


def _is_area(turn: Turn) -> bool:
    """Tell whether "税那边呢" asks about a field of work, and not for what it gives."""
    is_named = app().dialogue_words.area_in(turn.text) is not None
    return is_named and asks_after_area(turn.text) and not wants_benefit(turn.text)


def _utter(topic: str, matter: Matter, say: CollectingDispatcher) -> None:
    made = matter_answer(topic, matter)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
