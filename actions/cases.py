"""Where a case stands, following it, and urging it; only for those it belongs to."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import asking
from actions._focus import CASE
from actions._form import Answer, Problem, Question, ValidateForm, Value
from actions._plan_reminders import means_plan, remind
from actions._skill import SkillAction, finish_form, start_form
from actions._turn import Turn
from bot.documents.case_text import case_text
from bot.documents.dates import spoken_moment
from bot.services import cases
from bot.services.cases import CaseNotVerified, TooManyTries
from bot.services.remarks import asks_for_another, lacks_number

SHOW, FOLLOW, URGE = "show", "follow", "urge"
CREDENTIAL_LENGTH = 4
"""Last digits of telephone, credit code or identity number that prove whose case it is."""


class ActionStartCase(SkillAction):
    """Begins looking up a case."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the number when the sentence holds one."""
        return start_case(turn, SHOW)


class ActionFollowCase(SkillAction):
    """Begins following a case."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_follow_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask which case, unless one has just been shown; "到期提醒我" may mean a plan."""
        if not turn.slots.get("case_shown") and means_plan(turn):
            return remind(turn, say)
        return start_case(turn, FOLLOW)


class ActionUrgeCase(SkillAction):
    """Begins urging a case."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_urge_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Ask which case, unless one has just been shown."""
        return start_case(turn, URGE)


class ValidateCaseForm(ValidateForm):
    """Asks for the number and for the proof whose case it is."""

    form = "case_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return both questions."""
        return (
            Question(
                "case_number",
                asking("utter_cases_ask_number"),
                _parse_number,
                label=("编号", "单号", "办件号"),
                entity="case_number",
                why="utter_cases_why_number",
                examples="utter_common_examples_case_number",
            ),
            Question(
                "case_credential",
                asking("utter_cases_ask_credential"),
                _parse_credential,
                label=("后四位", "尾号"),
                why="utter_cases_why_credential",
                examples="utter_common_examples_tail",
            ),
        )


class ActionShowCase(SkillAction):
    """Shows, follows or urges the case after the check of identity."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_case"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say the same for "does not exist" and "not yours"."""
        application = app()
        now = application.now()
        number = str(turn.slots["case_number"])
        try:
            view = cases.find_case(
                application.unit_of_work,
                number=number,
                credential=str(turn.slots["case_credential"]),
                conversation_id=turn.conversation_id,
                now=now,
                calendar=application.calendar,
            )
        except TooManyTries as error:
            say.utter_message(response="utter_cases_locked", until=spoken_moment(error.until))
            return [*_forget(), *finish_form(turn, say)]
        except CaseNotVerified:
            say.utter_message(response="utter_cases_not_found", number=number)
            return [*_forget(), *finish_form(turn, say)]
        purpose = turn.slots.get("case_purpose") or SHOW
        if purpose == SHOW:
            say.utter_message(
                response="utter_cases_shown", case=case_text(view, application.catalogue)
            )
        else:
            _do(purpose, turn, number, say)
        # number and proof stay: "催一下" right after needs no second check
        return [
            SlotSet("case_shown", number),
            SlotSet("focus", CASE),
            *finish_form(turn, say),
        ]


def _do(purpose: str, turn: Turn, number: str, say: CollectingDispatcher) -> None:
    application = app()
    now = application.now()
    if purpose == FOLLOW:
        cases.follow_case(
            application.unit_of_work,
            number=number,
            conversation_id=turn.conversation_id,
            now=now,
        )
        say.utter_message(response="utter_cases_followed", number=number)
        return
    try:
        cases.urge_case(
            application.unit_of_work,
            number=number,
            conversation_id=turn.conversation_id,
            origin=turn.origin("urge"),
            now=now,
            calendar=application.calendar,
        )
    except cases.AlreadyUrged:
        say.utter_message(response="utter_cases_already_urged", number=number)
    except cases.CaseClosed:
        say.utter_message(response="utter_cases_urge_closed", number=number)
    else:
        say.utter_message(response="utter_cases_urged", number=number)


def start_case(turn: Turn, purpose: str) -> list[EventType]:
    """Look up a case to show, follow or urge it; asks for what the sentence does not say."""
    given = turn.entity("case_number")
    number = cases.normalise_case_number(given or turn.text)
    if number is None or number == turn.slots.get("case_shown"):
        shown = turn.slots.get("case_shown")
        proven = turn.slots.get("case_credential") if shown else None
        # what was handed in here is meant without a number; any other case is asked for
        is_meant = turn.slots.get("focus") == CASE or shown == turn.slots.get("apply_sent")
        is_followed = is_meant and not asks_for_another(turn.text)
        if purpose == SHOW and number is None and not is_followed:
            shown, proven = None, None
        return start_form(
            turn, "case_form", case_purpose=purpose, case_number=shown, case_credential=proven
        )
    return start_form(
        turn, "case_form", case_purpose=purpose, case_number=number, case_credential=None
    )


def _forget() -> list[EventType]:
    return [
        SlotSet("case_number", None),
        SlotSet("case_credential", None),
        SlotSet("case_shown", None),
    ]


def _parse_number(turn: Turn) -> Answer:
    number = cases.normalise_case_number(turn.entity("case_number") or turn.text)
    if number is not None:
        return Value(number)
    if any(char.isdigit() for char in turn.text):
        return Problem("utter_cases_number_bad")
    if lacks_number(turn.text):
        return Problem("utter_cases_no_number", is_sure=True)
    return None


def _parse_credential(turn: Turn) -> Answer:
    characters = "".join(char for char in turn.text if char.isascii() and char.isalnum())
    if len(characters) >= CREDENTIAL_LENGTH:
        return Value(characters[-CREDENTIAL_LENGTH:].upper())
    return Problem("utter_cases_credential_bad") if characters else None
