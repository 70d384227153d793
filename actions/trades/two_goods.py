"""Answers for each of two goods that one question names: 血压计跟隐形眼镜能搁一块卖不."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_meant import not_meant
from actions.questions.matter_faqs import say_question
from actions.turns.focus import on_matter, read_focus
from actions.turns.turn import Turn
from bot.services.words.pair import goods_in

FORM, START, LICENCE = "start_business_form", "start_business", "licence"

FITS = 0.5
"""How well each of the two must fit a question of the catalogue."""


def answer_two_goods(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for both where each has a question of its own; no events for anything else."""
    focus = read_focus(turn)
    is_shop = turn.loop == FORM or focus.journey == START
    is_shop |= focus.matter is not None and focus.matter.category == LICENCE
    goods = goods_in(turn.text) if is_shop and turn.choice is None else None
    found = [app().question_finder.best_of_all(text) for text in goods or ()]
    known = [one for one in found if one is not None and one.score >= FITS]
    others = not_meant(turn)
    is_each = len({one.faq.question for one in known}) == len(found) > 0
    if not is_each or any(one.matter.id in others for one in known):
        return []
    for one in known:
        say_question(turn, one, say)
    return on_matter(known[-1].matter, "eligibility")
