"""Answers what an office has to do with a change or an end: 换法人银行要去不."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_events import offer_plan
from actions.finding.matter_before import LICENCE
from actions.plans.area import belongs, say_area, steps_talked_about
from actions.questions.faq_asked import event_matters
from actions.questions.matter_faqs import say_question
from actions.trades.asked import asked_of
from actions.turns.focus import PLAN, on_matter
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import licence_name
from bot.services.words.remarks import clauses
from bot.services.words.trade_questions import TradeTopic

FITS = 0.45
"""How well a question of a matter of the change must fit to be answered."""


def answer_of_event(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say which steps of a change belong to an area, and offer its plan; no events for else."""
    event = app().life_events.find(turn.text) if turn.loop is None else None
    names = () if event is None else (name for name in event.aliases if name in turn.text)
    name = max(names, key=len, default=None)
    said = map(licence_name, clauses(turn.text))
    held = sure_matter(turn.entity("matter") or next(filter(None, said), None))
    if held is not None and held.category == LICENCE:
        return []  # 换老板了卫生许可证要改不
    if event is None or name is None or asked_of(turn, name) is not TradeTopic.AREA:
        return []
    asked = app().question_finder.among(turn.text, event_matters(turn, event), FITS)
    if asked is not None:  # 换股东要交税不
        say_question(turn, asked, say)
        return [*on_matter(asked.matter, "eligibility"), *offer_plan(turn, event, say)]
    slots = {"life_event_id": event.id, "journey": "life_event", "focus": PLAN}
    planned = replace(turn, slots={**turn.slots, **slots})
    area = str(app().dialogue_words.area_in(turn.text))
    words = app().dialogue_words.areas[area]
    if any(belongs(step, words) for step in steps_talked_about(planned)):
        say_area(area, planned, say)
    else:
        say.utter_message(response="utter_life_events_area_none", event=event.name, area=area)
    return offer_plan(turn, event, say)
