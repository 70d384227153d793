"""Answers for a capital that is raised or lowered by what two sums tell: 认缴一百万，想改成十万."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import offer_plan
from actions.finding.matter_answer import likely_topic, say_answer
from actions.questions.matter_faqs import AMONG_FEW, asks_plain_topic, says_question_among
from actions.turns.focus import on_matter
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.words.capital import lowers_capital
from bot.services.words.matter_remarks import asks

DOWN, UP = "chg-capital-down", "chg-capital-up"
"""Matters by which a capital changes."""


def answer_capital(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of the change, else how it is made; no events where none is told.

    Where its words already mean it, it is answered as any matter.
    """
    is_free = turn.loop is None and turn.choice is None
    is_lower = lowers_capital(turn.text) if is_free else None
    if is_lower is None:
        return []
    matter = app().catalogue.matter(DOWN if is_lower else UP)
    if sure_matter(turn.text) is matter:
        return []
    is_point = asks(turn.text) and not asks_plain_topic(turn)
    if is_point and says_question_among(turn.text, [matter], say, AMONG_FEW):
        return on_matter(matter, "eligibility")
    topic = likely_topic(turn) or "procedure"
    say_answer(topic, matter, say)
    event = app().life_events.of_matter(matter.id)
    return [*on_matter(matter, topic), *(offer_plan(turn, event, say) if event else ())]
