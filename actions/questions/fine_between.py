"""Says, between the questions of a plan, the fine of the matter just asked about.

"没批先装上罚多少" behind how large a sign is large means the sign, whatever else the plan holds.
"""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import say_question
from actions.turns.focus import MATTER, on_matter, read_focus
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.words.fine import asks_bare_fine
from bot.services.words.matter_remarks import asks_penalty

NAMES = ("matter", "industry", "policy")


def answer_fine_between(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the fine of the matter spoken of last for going without it; no events for none."""
    is_free = turn.choice is None and not any(turn.entity(name) for name in NAMES)
    if not is_free or not asks_bare_fine(turn.text) or turn.slots.get("focus") != MATTER:
        return []
    matter = read_focus(turn).matter
    asked = _fine_of(turn.text, matter) if matter is not None else None
    if asked is None:
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, read_focus(turn).topic or "eligibility")


def _fine_of(text: str, matter: Matter) -> Asked | None:
    """Return the question of a matter that tells the fine: the best fit, else the only one."""
    best = app().question_finder.among(text, [matter], 0.0)
    if best is not None and asks_penalty(best.faq.question):
        return best
    fines = [faq for faq in matter.faqs if asks_penalty(faq.question)]
    return Asked(matter, fines[0], 0.0) if len(fines) == 1 else None
