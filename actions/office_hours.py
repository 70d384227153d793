"""When one can come: the hours of the desk, the holidays, and where the halls publish theirs."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import end_instead
from actions.plans.planned import planned_matters
from actions.questions.echoed import says_within
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import AMONG_FEW, STRONG, says_question_among
from actions.steering.not_recorded import say_recorded
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.documents.holiday_text import day_text, holiday_text
from bot.documents.hours_text import hours_text, week_text
from bot.services.bookings.office_hours import desk_hours, office_hours
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.services.times.local_time import local_day
from bot.services.words.asked import asks_hours_of_shop, asks_our_hours, opens_a_shop
from bot.services.words.business import pauses
from bot.services.words.holiday import holiday_asked

OPENS, HOURS = "start_business_form", "营业到几点"
"""Form of a business that is begun, and how its hours are asked for."""


class ActionAnswerOfficeHours(SkillAction):
    """When one can come: the desk's own hours, and where the halls publish theirs."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_office_hours"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say whether it is open now and when it opens next; of a trade, how long it may be."""
        is_own = turn.loop is None and not asks_our_hours(turn.text)
        paused = end_instead(turn, None, say) if is_own and pauses(turn.text) else None
        if paused is not None:  # 先关门歇俩月
            return paused
        own = talked_about(turn)[0] if opens_a_shop(turn.text) else None
        if own is not None:  # 选告知承诺 先开门行不
            if not says_question_among(turn.text, [own], say, AMONG_FEW):
                say_recorded(turn, own, say)
            return [SlotSet("focus", turn.slots.get("focus"))]
        if turn.loop == OPENS and asks_hours_of_shop(turn.text):
            return _say_hours_of_shop(turn, say)
        application = app()
        now, calendar = application.now(), application.calendar
        holiday = holiday_asked(turn.text, local_day(now), calendar)
        is_ours = holiday is not None or asks_our_hours(turn.text)
        spoken = [] if is_ours else talked_about(turn)[1]
        if not is_ours and says_within(turn, say):
            return [SlotSet("focus", turn.slots.get("focus"))]
        if says_question_among(turn.text, spoken, say, STRONG):  # 营业到几点, of a dance hall
            return [SlotSet("focus", turn.slots.get("focus"))]
        hours = hours_text(desk_hours(application.unit_of_work, now=now, calendar=calendar))
        hours = f"{hours}\n{week_text(office_hours(application.unit_of_work))}"
        day = parse_time_phrase(turn.text, now, calendar).on if holiday is None else None
        if day is not None:  # 明天大厅开门不
            hours = f"{day_text(day, is_worked=calendar.is_working_day(day))}\n{hours}"
        if holiday is not None:
            hours = f"{holiday_text(holiday)}\n{hours}"
        say.utter_message(response="utter_matters_office_hours", hours=hours)
        return []


def _say_hours_of_shop(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how long the trade that is planned may be open, or that nothing is recorded of it."""
    planned = planned_matters(turn.slots)
    if not says_question_among(HOURS, planned, say, STRONG):
        say.utter_message(response="utter_plan_not_recorded")
    return [SlotSet("focus", turn.slots.get("focus"))]
