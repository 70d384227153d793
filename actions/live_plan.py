"""Following a plan: how it stands, what is done, what is at hand, being reminded."""

from collections.abc import Sequence
from datetime import date

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.cases import start_case
from actions.casework.answers import FOLLOW
from actions.plans.marks import mark, refuse, unmark
from actions.plans.opening import OPEN, open_named_plan, start_plan_form
from actions.plans.papers import ask_next, say_papers, say_step, say_without, tick
from actions.plans.reminders import remind
from actions.plans.said import mark_said
from actions.plans.spoken_of import (
    KEEP,
    PLAN,
    find_plan,
    pressed,
    say_list,
    say_none,
    say_status,
    today,
)
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.domain.plan_errors import NotLive, PlanChanged
from bot.domain.plan_life import PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.plans.life import rename_plan
from bot.services.plans.reading import my_plans
from bot.services.words.plan_remarks import (
    asks_for_all,
    asks_for_papers,
    new_name,
    wants_news,
)


class ActionShowPlan(SkillAction):
    """Shows a plan, its documents, or all plans; opens one from elsewhere; gives it a name."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Do what the button says, else what the words ask for."""
        do, *more = pressed(turn) or [""]
        if do == OPEN:
            return start_plan_form(turn, OPEN)
        opened = open_named_plan(turn, say)
        if opened is not None:
            return opened
        mine = my_plans(app().unit_of_work, turn.conversation_id)
        life = find_plan(turn)
        if life is None:
            return say_none(say)
        if not do and len(mine) > 1 and asks_for_all(turn.text):
            return say_list(mine, say)
        try:
            return self._serve(turn, life, do, more[1:], say)
        except (UnknownPlan, NotLive, PlanChanged) as error:
            return refuse(life, error, say)

    @staticmethod
    def _serve(
        turn: Turn, life: PlanLife, do: str, more: Sequence[str], say: CollectingDispatcher
    ) -> list[EventType]:
        name = new_name(turn.text)
        if do == KEEP:
            return start_plan_form(turn, KEEP, **{PLAN: str(life.plan_id)})
        if do == "lack" and more:
            return say_without(turn, life, more[0], say)
        if do == "step" and more:
            return say_step(turn, life, more[0], say)
        if do == "ask":
            return ask_next(turn, life, say)
        if name is not None:
            return _rename(turn, life, name, say)
        if do == "papers" or (not do and asks_for_papers(turn.text)):
            return say_papers(turn, life, say)
        return say_status(turn, life, say)


class ActionMarkDone(SkillAction):
    """Marks what the applicant says is finished or at hand, with its real day; takes marks back."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_mark_done"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Do what the button says, else what the words name."""
        life = find_plan(turn)
        if life is None:
            return start_case(turn, FOLLOW) if wants_news(turn.text) else say_none(say)
        do, *more = pressed(turn) or [""]
        if do == "undo" and len(more) > 1:
            return unmark(turn, life, more[1], say)
        if do in {"have", "lack"} and len(more) > 1:
            goes_on = len(more) > 2  # noqa: PLR2004 - the button asked for the next one
            return tick(turn, life, [more[1]], say, has=do == "have", goes_on=goes_on)
        if do == "done" and len(more) > 1:
            day = _day(more[2]) if len(more) > 2 else today()  # noqa: PLR2004 - with a day
            return mark(turn, life, more[1].split(","), day or today(), say, *more[3:])
        try:
            return mark_said(turn, life, say)
        except (UnknownPlan, NotLive) as error:
            return refuse(life, error, say)


class ActionRemindPlan(SkillAction):
    """Begins or stops reminders of a plan."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_remind_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Without a plan the wish to be told can only be about a case."""
        if find_plan(turn) is None and not pressed(turn):
            return start_case(turn, FOLLOW)
        return remind(turn, say)


def _rename(turn: Turn, life: PlanLife, name: str, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    changed = rename_plan(
        application.unit_of_work,
        plan_id=life.plan_id,
        conversation_id=turn.conversation_id,
        name=name,
        origin=turn.origin("rename"),
        now=application.now(),
    )
    say.utter_message(response="utter_live_plan_renamed", plan=changed.name)
    return [SlotSet(PLAN, str(life.plan_id))]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
