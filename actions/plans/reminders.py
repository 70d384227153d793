"""Begins and stops the reminders of a plan."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.marks import refuse
from actions.plans.spoken_of import PLAN, button, find_plan, pressed, say_none
from actions.turns.turn import Turn
from bot.documents.labels import REMIND_DAYS
from bot.documents.live_plan_text import reminder_text
from bot.domain.plan_readers import USUAL_REMIND_DAYS
from bot.domain.plans import UnknownPlan
from bot.services.plans.news import REMIND
from bot.services.plans.subscriptions import set_reminders
from bot.services.words.plan_remarks import remind_days_in, speaks_of_due_days, stops_reminders


def means_plan(turn: Turn) -> bool:
    """Tell whether a wish to be told is about due days, and there is a plan that has some."""
    return speaks_of_due_days(turn.text) and find_plan(turn) is not None


def remind(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Take the days from the button or the words; one day before when none are named."""
    life = find_plan(turn)
    if life is None:
        return say_none(say)
    days = _days(turn)
    application = app()
    try:
        reader = set_reminders(
            application.unit_of_work,
            plan_id=life.plan_id,
            conversation_id=turn.conversation_id,
            remind_days=days,
            now=application.now(),
        )
    except UnknownPlan as error:
        return refuse(life, error, say)
    kept = [SlotSet(PLAN, str(life.plan_id))]
    if days is None:
        say.utter_message(response="utter_live_plan_reminders_off", plan=life.name)
        return kept
    made = [
        button(title, REMIND, "on", life.plan_id, str(n))
        for n, title in REMIND_DAYS.items()
        if n != reader.remind_days
    ]
    answer = reminder_text(reader)
    say.utter_message(
        response="utter_live_plan_reminders_on", plan=life.name, answer=answer, buttons=made
    )
    return kept


def _days(turn: Turn) -> int | None:
    """Return the days before, None for silence."""
    do, *more = pressed(turn) or [""]
    if do == "off" or (not do and stops_reminders(turn.text)):
        return None
    if len(more) > 1 and more[1].isdecimal():
        return int(more[1])
    said = remind_days_in(turn.text)
    return USUAL_REMIND_DAYS if said is None else said
