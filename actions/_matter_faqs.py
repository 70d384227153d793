"""Answers with a question of the catalogue that the message asks: "提前多久续", "得先注销吗"."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._apply_target import planned_matters
from actions._focus import on_matter, read_focus
from actions._life_events import OFFER
from actions._turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import MatterAnswer, faq_answer, validity_answer
from bot.domain.matters import Matter
from bot.services.matter_faqs import asks_validity, fitting_faq

LONGEST = 24
"""Characters; a longer text tells more than it asks about what was talked about."""

_UNSURE = QUESTION_INTENTS | {"affirm", "deny", "inform", "nlu_fallback", "out_of_scope"}


def say_faq(turn: Turn, matter: Matter, said: str, say: CollectingDispatcher) -> None:
    """Add what the catalogue says to just this question, beside the answer on its topic.

    Args:
        turn: The message.
        matter: The matter that it is about.
        said: What was answered already, so that nothing is said twice.
        say: Where it is said.
    """
    faq = fitting_faq(turn.text, (matter,))
    made = faq_answer(faq) if faq is not None and faq.answer not in said else None
    if made is None and asks_validity(turn.text):
        made = validity_answer(matter)
    if made is not None:
        _utter(made, say)


def answer_faq(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer a question that the catalogue holds on what was talked about; None for none."""
    named = turn.entity("matter")
    is_short = len(turn.text) <= LONGEST and (named is None or named in app().dialogue_words.broad)
    if turn.loop is not None or turn.intent not in _UNSURE or not is_short:
        return None
    focus = read_focus(turn)
    spoken = focus.matter if not focus.is_plan else None
    planned = planned_matters(turn.slots) if focus.is_plan else ()
    faq = fitting_faq(turn.text, [*([spoken] if spoken else []), *_offered(turn), *planned])
    if faq is None:
        return None
    _utter(faq_answer(faq), say)
    if spoken is not None and faq in spoken.faqs:
        return on_matter(spoken, focus.topic or "eligibility")
    return [SlotSet("focus", turn.slots.get("focus"))]


def _offered(turn: Turn) -> list[Matter]:
    """Return the matters of the change or end whose plan was offered last."""
    event = app().catalogue.life_events.get(str(turn.slots.get(OFFER) or ""))
    known = app().catalogue.matters
    steps = [step.matter_id for step in event.steps] if event is not None else []
    names = [*(event.matter_ids if event is not None else ()), *steps]
    return [known[name] for name in names if name is not None and name in known]


def _utter(made: MatterAnswer, say: CollectingDispatcher) -> None:
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
