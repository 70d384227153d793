"""Answers what an office has to do with a change or an end: 换法人银行要去不."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._focus import PLAN
from actions._life_events import offer_plan
from actions._matter_before import LICENCE
from actions._names import sure_matter
from actions._plan_area import belongs, say_area, steps_talked_about
from actions._trade_asked import asked_of
from actions._turn import Turn
from bot.services.matter_remarks import licence_name
from bot.services.remarks import clauses
from bot.services.trade_questions import TradeTopic


def answer_of_event(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say which steps of a change belong to an area, and offer its plan; no events for else."""
    event = app().life_events.find(turn.text) if turn.loop is None else None
    names = () if event is None else (name for name in event.aliases if name in turn.text)
    name = max(names, key=len, default=None)
    names = map(licence_name, clauses(turn.text))
    held = sure_matter(turn.entity("matter") or next(filter(None, names), None))
    if held is not None and held.category == LICENCE:
        return []  # 换老板了卫生许可证要改不
    if event is None or name is None or asked_of(turn, name) is not TradeTopic.AREA:
        return []
    slots = {"life_event_id": event.id, "journey": "life_event", "focus": PLAN}
    planned = replace(turn, slots={**turn.slots, **slots})
    area = str(app().dialogue_words.area_in(turn.text))
    words = app().dialogue_words.areas[area]
    if any(belongs(step, words) for step in steps_talked_about(planned)):
        say_area(area, planned, say)
    else:
        say.utter_message(response="utter_life_events_area_none", event=event.name, area=area)
    return offer_plan(turn, event, say)
