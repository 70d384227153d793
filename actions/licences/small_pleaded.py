"""Answers who takes themselves for too small whether even they need what is spoken of.

"俺就两台小机子 也非得办证" behind the permit for waste water is about that, and about no shop that
has machines.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.questions.matter_faqs import need_question, say_question, utter
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.words.asked import pleads_small
from bot.services.words.remarks import clauses

FITS = 0.25
"""How well a question of the matter must fit to be what is asked."""

TOPIC = "eligibility"
"""What is answered where the catalogue holds no such question."""

OWN = frozenset({"作坊", "小作坊"})
"""Names of a licence by which somebody tells of themselves."""


def answer_plea(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer whether who is small needs the licence spoken of; no events for another text."""
    matter = matter_in_focus(turn)
    is_free = turn.loop is None and turn.choice is None and not read_focus(turn).is_plan
    if matter is None or not is_free or not pleads_small(turn.text):
        return []
    others = (turn.entity(name) for name in ("industry", "policy", "project_type"))
    is_named = any(one is not None and one not in OWN for one in others)
    name = turn.entity("matter") or clauses(turn.text)[-1]
    another = sure_matter(name) if name not in OWN else None
    if is_named or (another is not None and another.id != matter.id):
        return []
    asked = app().question_finder.among(turn.text, (matter,), FITS)
    faq = need_question(matter)
    if asked is not None:
        say_question(turn, asked, say)
    elif faq is not None:
        utter(faq_answer(faq), say)
    else:
        say_answer(TOPIC, matter, say)
    return on_matter(matter, TOPIC)
