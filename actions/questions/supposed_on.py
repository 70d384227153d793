"""Answers what is only supposed of what was just answered, and is no topic: 那在一楼的话呢.

The model takes such words for a topic ("上午" for the hours of an office). A question of the matter
spoken of answers it, else a line of its record; else it is said that nothing is recorded.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.evidence import is_unfounded
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import say_question, utter
from actions.questions.sure_question import best_asked
from actions.turns.beside import from_each_clause
from actions.turns.focus import MATTER, on_matter, read_focus
from actions.turns.history import last_bot_messages, last_responses, was_said
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import record_answer
from bot.domain.matters import Matter
from bot.services.finding.record_lines import shared_run
from bot.services.reading.wording import content, normalise
from bot.services.words.asked import wants_benefit
from bot.services.words.matter_remarks import asks_consequence, asks_penalty
from bot.services.words.supposed import supposed_thing

WORD = 3
"""Signs in a row by which a thing stands in an answer."""

OWN, ELSE, NAMED = 0.33, 0.5, 0.5
"""How well a question of the matter spoken of, one of another and another matter must fit."""

ENTITIES = ("district", "enterprise_type", "industry", "matter", "policy", "project_type")

MISHEARD = frozenset(
    {"ask_fee", "ask_materials", "ask_office_hours", "ask_place", "ask_privacy", "ask_time_limit"}
    | {"ask_legal_basis", "ask_procedure", "nlu_fallback", "out_of_scope", "suggest"}
)
"""What the model takes it for."""

REFUSED = frozenset({"nlu_fallback", "out_of_scope"})
"""After these the readers that follow know the question of another matter as well."""


def answer_supposed_on(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is supposed of the matter spoken of last; no events for anything else."""
    what = supposed_thing(turn.text) if turn.intent in MISHEARD else None
    matter = read_focus(turn).matter if turn.slots.get("focus") == MATTER else None
    if what is None or matter is None or _is_else(turn):
        return []
    if _is_in_answer(what, turn):
        return []  # 要是做报告书呢, behind days that tell those of 报告书
    asked = best_asked(from_each_clause(turn.text), [matter])
    if asked is not None and asked.score >= OWN:
        say_question(turn, asked, say)
        return on_matter(matter, "eligibility")
    best = app().question_finder.best_of_all(turn.text)
    if best is not None and best.score >= ELSE:
        if is_unfounded(turn, best, talked_about(turn)[1]):
            return _say_missing(what, matter, say)
        if turn.intent in REFUSED or was_said(turn, best.faq.answer):
            return []
        say_question(turn, best, say)
        return on_matter(best.matter, "eligibility")
    lines = app().record_lines.about(turn.text, matter)
    if lines:
        utter(record_answer(matter, lines), say)
        return on_matter(matter, "eligibility")
    return [] if _means_another(turn, matter) else _say_missing(what, matter, say)


def _is_else(turn: Turn) -> bool:
    """Tell whether a text names something, asks a topic, or is not about a matter just answered."""
    if turn.choice is not None or any(turn.entity(name) for name in ENTITIES):
        return True
    words = app().dialogue_words
    is_topic = bool(words.topics_in(turn.text)) or words.area_in(turn.text) is not None
    is_topic |= asks_consequence(turn.text) or asks_penalty(turn.text) or wants_benefit(turn.text)
    is_topic |= any(sign.isdigit() for sign in turn.text)  # 那报150呢
    said = last_responses(turn)
    is_fresh = any(name.split("_")[1:2] == ["matters"] for name in said)
    return is_topic or not is_fresh or app().life_events.find(turn.text) is not None


def _is_in_answer(what: str, turn: Turn) -> bool:
    """Tell whether a topic was just answered in which the thing stands by its name."""
    said = "".join(str(event.get("text") or "") for event in last_bot_messages(turn))
    is_topic = read_focus(turn).topic in {"fee", "materials", "place", "time_limit"}
    return is_topic and shared_run(content(normalise(what)), normalise(said)) >= WORD


def _means_another(turn: Turn, matter: Matter) -> bool:
    best = next(iter(app().matter_resolver.rank(turn.text, 1)), None)
    is_other = best is not None and best.matter_id != matter.id and best.score >= NAMED
    return is_other or sure_matter(turn.text) not in {None, matter}


def _say_missing(what: str, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    say.utter_message(response="utter_matters_supposed", what=what, matter=matter.name)
    return on_matter(matter, "eligibility")
