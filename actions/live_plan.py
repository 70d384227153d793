"""Following a plan: how it stands, what is done, what is at hand, being reminded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import asking, phone
from actions._form import Answer, Problem, Question, ValidateForm, Value
from actions._live_plan import (
    PLAN,
    STEP,
    button,
    find_plan,
    papers,
    pressed,
    read,
    say_list,
    say_none,
    say_status,
    today,
)
from actions._plan_marks import AGAIN, ask_which, mark, refuse, unmark
from actions._plan_papers import ask_next, say_papers, say_step, say_without, tick
from actions._plan_reminders import remind
from actions._skill import SkillAction, finish_form, start_form
from actions._turn import Turn
from actions.cases import FOLLOW, start_case
from bot.documents.dates import spoken_moment
from bot.documents.labels import SHOW_PLAN
from bot.domain.plan_life import NotLive, PlanChanged, PlanLife
from bot.domain.plans import UnknownPlan
from bot.services.identity import NotVerified, TooManyTries
from bot.services.plan_life import keep_phone, rename_plan
from bot.services.plan_mentions import find_mentions
from bot.services.plan_news import SHOW
from bot.services.plan_reading import (
    link_token,
    my_plans,
    normalise_plan_number,
    open_plan,
    open_plan_by_link,
)
from bot.services.plan_remarks import (
    asks_for_all,
    asks_for_papers,
    is_taken_back,
    lacks,
    new_name,
    wants_news,
)
from bot.services.time_phrases import parse_time_phrase

OPEN, KEEP = "open", "keep"
TAIL_LENGTH = 4


class ActionShowPlan(SkillAction):
    """Shows a plan, its documents, or all plans; opens one from elsewhere; gives it a name."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Do what the button says, else what the words ask for."""
        do, *more = pressed(turn) or [""]
        token = link_token(turn.text)
        if token is not None:
            return _open_link(turn, token, say)
        number = normalise_plan_number(turn.text)
        mine = my_plans(app().unit_of_work, turn.conversation_id)
        if do == OPEN or (number is not None and all(life.number != number for life in mine)):
            return _start(turn, OPEN, live_plan_number=number)
        life = find_plan(turn)
        if life is None:
            return say_none(say)
        if not do and len(mine) > 1 and number is None and asks_for_all(turn.text):
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
            return _start(turn, KEEP, **{PLAN: str(life.plan_id)})
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
            return _mark_named(turn, life, say)
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


class ValidateLivePlanForm(ValidateForm):
    """Asks for number and proof of a plan made elsewhere, or for a telephone to prove it with."""

    form = "live_plan_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the questions of the purpose."""
        if slots.get("live_plan_purpose") == KEEP:
            return (phone("live_plan_phone", "utter_live_plan_ask_phone"),)
        return (
            Question(
                "live_plan_number",
                asking("utter_live_plan_ask_number"),
                _parse_number,
                label=("编号", "方案号"),
                why="utter_live_plan_why_number",
            ),
            Question(
                "live_plan_credential",
                asking("utter_live_plan_ask_credential"),
                _parse_credential,
                label=("后四位", "尾号", "手机"),
                why="utter_live_plan_why_credential",
            ),
        )


class ActionOpenPlan(SkillAction):
    """Opens a plan after the proof, or keeps the telephone for it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_open_plan"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say the same for "does not exist" and "not yours"."""
        if turn.slots.get("live_plan_purpose") == KEEP:
            return [*_keep(turn, say), *finish_form(turn, say)]
        application = app()
        number = str(turn.slots["live_plan_number"])
        cleared = [SlotSet("live_plan_number", None), SlotSet("live_plan_credential", None)]
        try:
            life = open_plan(
                application.unit_of_work,
                number=number,
                tail=str(turn.slots["live_plan_credential"]),
                conversation_id=turn.conversation_id,
                now=application.now(),
            )
        except TooManyTries as error:
            say.utter_message(response="utter_live_plan_locked", until=spoken_moment(error.until))
            return [*cleared, *finish_form(turn, say)]
        except NotVerified as error:
            say.utter_message(
                response="utter_live_plan_not_verified", number=number, left=error.tries_left
            )
            return [*cleared, *finish_form(turn, say)]
        return [*cleared, *say_status(turn, life, say), *finish_form(turn, say)]


def _mark_named(turn: Turn, life: PlanLife, say: CollectingDispatcher) -> list[EventType]:
    """Mark or tick what the words name; without a name, what was spoken of last."""
    reading = read(turn, life)
    back = is_taken_back(turn.text)
    found = find_mentions(turn.text, reading.plan, papers(reading), app().step_words, done=back)
    phrase = parse_time_phrase(turn.text, app().now(), app().calendar)
    day = phrase.on or today()
    last = str(turn.slots.get(STEP) or "")
    if found.is_empty and reading.plan.step(last) is not None:
        if back:
            return unmark(turn, life, last, say)
        if phrase.on is not None:
            return mark(turn, life, [last], day, say, AGAIN)
    if found.papers and not found.steps:
        return tick(turn, life, found.papers, say, has=not (back or lacks(turn.text)))
    if found.steps and back:
        return unmark(turn, life, found.steps[0], say)
    if found.steps and lacks(turn.text):
        return say_status(turn, life, say)
    if found.steps:
        events = mark(turn, life, found.steps, day, say)
        return [*events, *(_also(turn, life, found.papers, say) if found.papers else [])]
    ready = reading.plan.ready()
    if phrase.on is not None and len(ready) == 1 and not found.unclear:
        return mark(turn, life, [ready[0].id], day, say)
    wanted = [step for i in found.unclear if (step := reading.plan.step(i)) is not None]
    ask_which(life, wanted or ready[:4], say)
    return [SlotSet(PLAN, str(life.plan_id))]


def _also(
    turn: Turn, life: PlanLife, keys: Sequence[str], say: CollectingDispatcher
) -> list[EventType]:
    return tick(turn, life, keys, say, has=True)


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


def _keep(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    life = find_plan(turn)
    given = str(turn.slots["live_plan_phone"])
    if life is None:
        return say_none(say)
    keep_phone(
        application.unit_of_work,
        plan_id=life.plan_id,
        conversation_id=turn.conversation_id,
        phone=given,
        origin=turn.origin("phone"),
        now=application.now(),
    )
    made = [button(SHOW_PLAN, SHOW, "show", life.plan_id)]
    say.utter_message(
        response="utter_live_plan_phone_kept",
        number=life.number,
        tail=given[-TAIL_LENGTH:],
        buttons=made,
    )
    return [SlotSet("live_plan_phone", None)]


def _open_link(turn: Turn, token: str, say: CollectingDispatcher) -> list[EventType]:
    application = app()
    try:
        life = open_plan_by_link(
            application.unit_of_work,
            token=token,
            conversation_id=turn.conversation_id,
            now=application.now(),
        )
    except UnknownPlan:
        say.utter_message(response="utter_live_plan_bad_link")
        return []
    except NotLive:
        say.utter_message(response="utter_live_plan_old")
        return []
    return say_status(turn, life, say)


def _start(turn: Turn, purpose: str, **slots: Any) -> list[EventType]:
    cleared = {"live_plan_number": None, "live_plan_credential": None, "live_plan_phone": None}
    return start_form(turn, "live_plan_form", live_plan_purpose=purpose, **{**cleared, **slots})


def _parse_number(turn: Turn) -> Answer:
    number = normalise_plan_number(turn.text)
    if number is not None:
        return Value(number, exact=True)
    return Problem("utter_live_plan_number_bad") if any(map(str.isdigit, turn.text)) else None


def _parse_credential(turn: Turn) -> Answer:
    digits = "".join(char for char in turn.text if char.isascii() and char.isdigit())
    if len(digits) >= TAIL_LENGTH:
        return Value(digits[-TAIL_LENGTH:], exact=True)
    return Problem("utter_live_plan_credential_bad") if digits else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
