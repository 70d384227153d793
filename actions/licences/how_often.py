"""Answers how often a thing is done: 池水多长时间检一次 asks for no time limit."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.planned import planned_matters
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import say_question
from actions.turns.focus import on_matter, read_focus
from actions.turns.turn import Turn
from bot.services.words.follow_up import asks_how_often, tells_how_often

LEAST = 0.3
"""How well a question must fit whose answer tells how often."""


def answer_how_often(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for the matter spoken of or the plan how often something is done; else no events."""
    if turn.choice is not None or not asks_how_often(turn.text):
        return []
    spoken, near = talked_about(turn)
    planned = planned_matters({**turn.slots, "journey": turn.slots.get("journey")})
    matters = [one for one in (spoken, *near, *planned) if one is not None]
    told = [one for one in matters if any(tells_how_often(faq.answer) for faq in one.faqs)]
    asked = app().question_finder.among(turn.text, told, LEAST)
    if asked is None or not tells_how_often(asked.faq.answer):
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, read_focus(turn).topic or "eligibility")
