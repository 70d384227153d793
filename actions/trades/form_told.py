"""Answers again for the form of enterprise that is told behind: 俺这是个体的 不是公司.

Somebody asks how a shop ends, hears how a company does, and says whose it is: the question before
is answered for that form.
"""

import re
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import OFFER
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import offered_plan
from actions.questions.each_question import Answer
from actions.questions.faq_said import faqs_said
from actions.questions.matter_faqs import utter
from actions.trades.forms_compared import LIABILITY
from actions.turns.focus import on_matter, read_focus
from actions.turns.forms_named import form_in
from actions.turns.history import intents_before, typed_before
from actions.turns.names import COMPANY, is_of_another_form, is_of_form
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.form_advice_text import trait_answer
from bot.documents.matter_text import record_answer
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.finding.record_lines import every_line
from bot.services.words.business import asks_who_pays
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import compares_forms

LONGEST = 20
"""Signs of a text that tells the form and nothing else."""

FORM_WORDS = {
    "branch": "分公司",
    "coop": "合作社",
    "individual": "个体",
    "partnership": "合伙",
    "sole": "独资",
}
"""Form of business, and the word for it in records; those of companies speak of nothing else."""

MOST = 3
"""Lines of a record that are read out."""

_PIECE = re.compile("[；。]")

OWN = frozenset({"enterprise_type"})
"""Entities that such a text may name."""


def answer_of_form_told(turn: Turn, say: CollectingDispatcher, answer: Answer) -> list[EventType]:
    """Answer the question before for the form that is told, or who pays in it; else no events.

    Args:
        turn: The message.
        say: Where it is said.
        answer: Answers a question as if it were the whole message.
    """
    if turn.loop is not None or turn.choice is not None or len(turn.text) > LONGEST:
        return []
    paid = _who_pays(turn, say)
    is_told = not asks(turn.text) and {one.name for one in turn.entities} <= OWN
    kind = form_in(turn) if is_told and not paid else None
    before = typed_before(turn)
    if kind is None or before is None:
        return paid
    if own := _own_of_offered(turn, kind):
        topic = next(iter(app().dialogue_words.topics_in(before)), "procedure")
        say_answer(topic, own, say)
        return [*on_matter(own, topic), SlotSet(OFFER, None)]
    if not asks(before) or not _was_of_another(turn, kind):
        return _own_lines(turn, kind, say)
    earlier = intents_before(turn)[-1]
    intent = earlier if earlier in QUESTION_INTENTS else "ask_eligibility"
    again = f"{kind.answer}，{before}"
    return answer(replace(turn, text=again, intent=intent, clauses=()), say)


def _own_of_offered(turn: Turn, kind: EnterpriseType) -> Matter | None:
    """Return what a business of this form needs of the end that was just told for all forms."""
    event = app().catalogue.life_events.get(offered_plan(turn) or "")
    known = app().catalogue.matters
    among = [known[one] for one in event.matter_ids] if event is not None else []
    others = [one for one in among if is_of_another_form(one, kind)]
    spoken = read_focus(turn).matter
    if not others or (spoken in among and spoken not in others):
        return None
    fitting = [one for one in among if one not in others]
    return next((one for one in among if is_of_form(one, kind)), next(iter(fitting), None))


def _own_lines(turn: Turn, kind: EnterpriseType, say: CollectingDispatcher) -> list[EventType]:
    """Read out what the record of the matter spoken of says of a form; no events for nothing.

    "俺是个体的" after the yearly report is about the report of such a business.
    """
    word, matter = FORM_WORDS.get(kind.id), read_focus(turn).matter
    if word is None or matter is None or word in matter.name:
        return []
    told = (*every_line(matter), *(faq.answer for faq in matter.faqs))
    pieces = dict.fromkeys(piece for one in told for piece in _PIECE.split(one) if word in piece)
    if not pieces:
        return []
    utter(record_answer(matter, list(pieces)[:MOST]), say)
    return on_matter(matter, read_focus(turn).topic)


def _was_of_another(turn: Turn, kind: EnterpriseType) -> bool:
    """Tell whether the end was just told of a business of another form than this one."""
    known = app().catalogue.matters.values()
    others = [one for one in known if is_of_another_form(one, kind)]
    return read_focus(turn).matter in others or bool(faqs_said(turn, others))


def _who_pays(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say who pays the debts of a business of the form that is named; a company has more to it."""
    kind = form_in(turn) if asks_who_pays(turn.text) else None
    if kind is None or kind.id == COMPANY or compares_forms(turn.text):
        return []
    paid = next((one for one in kind.traits if one.aspect == LIABILITY), None)
    if paid is None:
        return []
    made = trait_answer(kind, paid)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return [SlotSet("focus", turn.slots.get("focus"))]
