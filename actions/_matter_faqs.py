"""Answers with a question of the catalogue that the message asks: "提前多久续", "得先注销吗"."""

from collections.abc import Iterable, Sequence

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import on_matter, read_focus
from actions._life_events import OFFER
from actions._names import find_matters
from actions._planned import planned_matters
from actions._reading import SURE
from actions._turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import MatterAnswer, faq_answer, validity_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.matter_faqs import asks_validity, fitting_faq
from bot.services.matter_remarks import asks
from bot.services.question_finder import NEAR_SCORE

LONGEST = 24
"""Characters; a longer text tells more than it asks about what was talked about."""

BY_ITSELF = 0.2
"""How well a question must fit to be answered in place of the topic that the model heard."""

_UNSURE = QUESTION_INTENTS | {"affirm", "deny", "inform", "nlu_fallback", "out_of_scope"}

_BY_WORDS = frozenset({"materials", "fee", "time_limit", "place", "procedure"})
"""Topics that have words of their own; without one, a question of the catalogue comes first."""


def question_among(text: str, matters: Iterable[Matter], least: float = NEAR_SCORE) -> Faq | None:
    """Return the question of some matters that a text asks, in any words; None for none."""
    known = list(matters)
    faq = fitting_faq(text, known)
    if faq is not None:
        return faq
    asked = app().question_finder.among(text, known, least)
    return asked.faq if asked is not None else None


def faq_instead(turn: Turn, topic: str, matters: Sequence[Matter]) -> Faq | None:
    """Return the question that is asked, rather than the topic that the model heard.

    "得先清税不" sounds a little like a question of cost. None where the topic is asked for.
    """
    is_heard = turn.confidence >= SURE or topic in app().dialogue_words.topics_in(turn.text)
    if topic not in _BY_WORDS or is_heard:
        return None
    return question_among(turn.text, matters, BY_ITSELF)


def say_faq(turn: Turn, matter: Matter, said: str, say: CollectingDispatcher) -> None:
    """Add what the catalogue says to just this question, beside the answer on its topic.

    Args:
        turn: The message.
        matter: The matter that it is about.
        said: What was answered already, so that nothing is said twice.
        say: Where it is said.
    """
    faq = question_among(turn.text, (matter,))
    made = faq_answer(faq) if faq is not None and faq.answer not in said else None
    if made is None and asks_validity(turn.text):
        made = validity_answer(matter)
    if made is not None:
        utter(made, say)


def answer_faq(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer a question that the catalogue holds on what was talked about; None for none."""
    named = turn.entity("matter")
    is_short = len(turn.text) <= LONGEST and (named is None or named in app().dialogue_words.broad)
    if turn.loop is not None or turn.intent not in _UNSURE or not is_short:
        return None
    spoken, matters = _talked_about(turn)
    is_topic = turn.intent in QUESTION_INTENTS and bool(app().dialogue_words.topics_in(turn.text))
    faq = fitting_faq(turn.text, matters) if is_topic else question_among(turn.text, matters)
    if faq is None:
        return None
    utter(faq_answer(faq), say)
    if spoken is not None and faq in spoken.faqs:
        return on_matter(spoken, read_focus(turn).topic or "eligibility")
    return [SlotSet("focus", turn.slots.get("focus"))]


def answers_faq_inside(turn: Turn, say: CollectingDispatcher, least: float = NEAR_SCORE) -> bool:
    """Answer, between the questions of a form, one that the catalogue holds; False for none.

    It is about the matter that the text means, the one spoken of, or one of the plan in the making.
    """
    if turn.loop is None or turn.intent not in _UNSURE or not asks(turn.text):
        return False
    meant = find_matters(turn.entity("matter") or turn.text)
    matters = meant if turn.entity("matter") and meant else [*meant, *_talked_about(turn)[1]]
    faq = question_among(turn.text, matters, least)
    if faq is None:
        return False
    utter(faq_answer(faq), say)
    return True


def _talked_about(turn: Turn) -> tuple[Matter | None, list[Matter]]:
    """Return the matter spoken of last, and all that may be meant: it, offered ones, the plan's."""
    focus = read_focus(turn)
    spoken = focus.matter if not focus.is_plan else None
    slots = {**turn.slots, "journey": focus.journey}
    planned = planned_matters(slots) if focus.is_plan or turn.loop else []
    return spoken, [*([spoken] if spoken else []), *_offered(turn), *planned]


def _offered(turn: Turn) -> list[Matter]:
    """Return the matters of the change or end whose plan was offered last."""
    event = app().catalogue.life_events.get(str(turn.slots.get(OFFER) or ""))
    known = app().catalogue.matters
    steps = [step.matter_id for step in event.steps] if event is not None else []
    names = [*(event.matter_ids if event is not None else ()), *steps]
    return [known[name] for name in names if name is not None and name in known]


def utter(made: MatterAnswer, say: CollectingDispatcher) -> None:
    """Say an answer with its source."""
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
