"""Completing an application that was handed in, or taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.change import SUPPLEMENT, WITHDRAW, own
from actions.forms.ask import NO, YES, asking, choice_button, chosen, yes_no
from actions.forms.form import ValidateForm
from actions.forms.question import Answer, Problem, Question, Value
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents import labels
from bot.documents.application_text import application_line, wanted_text
from bot.domain.application_errors import NoPapersNamed, NothingAsked
from bot.services.applications import applications
from bot.services.applications.applications import OpenApplication
from bot.services.cases.cases import CaseClosed, CaseNotVerified, normalise_case_number
from bot.services.words.paper import named_papers

NUMBER, GIVEN, CONFIRMED = "application_number", "application_given", "application_confirmed"
ALL = "all"


class ValidateApplicationForm(ValidateForm):
    """Asks which application, and which papers or whether really."""

    form = "application_form"

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return what is asked for the purpose."""
        which = Question(NUMBER, _ask_which, _parse_which, entity="case_number")
        if slots.get(NUMBER) is None:
            return (which,)
        if slots.get("application_purpose") == WITHDRAW:
            return (which, yes_no(CONFIRMED, _ask_withdraw))
        return (which, Question(GIVEN, _ask_given, _parse_given, label=("材料",)))


class ActionSubmitApplicationChange(SkillAction):
    """Completes or takes back, once."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_application_change"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write once per message; a case that has ended meanwhile is said so."""
        number = str(turn.slots.get(NUMBER))
        try:
            if turn.slots.get("application_purpose") == SUPPLEMENT:
                _supplement(turn, number, say)
            elif turn.slots.get(CONFIRMED) == YES:
                _withdraw(turn, number, say)
            else:
                say.utter_message(response="utter_apply_kept")
        except (CaseClosed, CaseNotVerified):
            say.utter_message(response="utter_apply_closed", number=number)
        except (NothingAsked, NoPapersNamed):
            say.utter_message(response="utter_apply_nothing_wanted", number=number)
        gone = (NUMBER, GIVEN, CONFIRMED, "application_purpose")
        return [*(SlotSet(name, None) for name in gone), *finish_form(turn, say)]


def _supplement(turn: Turn, number: str, say: CollectingDispatcher) -> None:
    given = [str(name) for name in turn.slots.get(GIVEN) or []]
    done = applications.supplement(
        app().unit_of_work,
        number=number,
        conversation_id=turn.conversation_id,
        papers=given,
        origin=turn.origin("supplement"),
        now=app().now(),
    )
    left = done.request.outstanding if done.request else ()
    if left:
        rest = labels.ITEM_MARK.join(left)
        say.utter_message(
            response="utter_apply_supplemented_in_part",
            papers=labels.ITEM_MARK.join(given),
            rest=rest,
        )
    else:
        papers = labels.ITEM_MARK.join(given)
        say.utter_message(response="utter_apply_supplemented", papers=papers)


def _withdraw(turn: Turn, number: str, say: CollectingDispatcher) -> None:
    applications.withdraw(
        app().unit_of_work,
        number=number,
        conversation_id=turn.conversation_id,
        reason="",
        now=app().now(),
    )
    say.utter_message(response="utter_apply_withdrawn", number=number)


def _ask_which(turn: Turn, say: CollectingDispatcher) -> None:
    buttons = [choice_button(NUMBER, one.case.number, application_line(one)) for one in own(turn)]
    asking("utter_apply_ask_which", lambda _: buttons)(turn, say)


def _parse_which(turn: Turn) -> Answer:
    known = {one.case.number for one in own(turn)}
    given = chosen(turn, NUMBER) or normalise_case_number(turn.entity("case_number") or turn.text)
    return Value(given, exact=True) if given in known else None


def _meant(turn: Turn) -> OpenApplication | None:
    number = turn.slots.get(NUMBER)
    return next((one for one in own(turn) if one.case.number == number), None)


def _ask_given(turn: Turn, say: CollectingDispatcher) -> None:
    found = _meant(turn)
    wanted = found.wanted if found else ()
    buttons = [choice_button(GIVEN, ALL, labels.PAPERS_ALL)]
    buttons += [choice_button(GIVEN, str(n), name) for n, name in enumerate(wanted, start=1)]
    asking(
        "utter_apply_ask_given",
        lambda _: buttons,
        number=str(turn.slots.get(NUMBER)),
        papers=wanted_text(found) if found else "",
    )(turn, say)


def _parse_given(turn: Turn) -> Answer:
    found = _meant(turn)
    wanted = found.wanted if found else ()
    pressed = chosen(turn, GIVEN)
    if pressed == ALL:
        return Value(list(wanted), exact=True)
    given = named_papers(pressed or turn.text, wanted, app().apply_words)
    if given:
        return Value(list(given), exact=True)
    return Problem("utter_apply_given_unclear") if turn.text else None


def _ask_withdraw(turn: Turn, say: CollectingDispatcher) -> None:
    found = _meant(turn)
    line = application_line(found) if found else str(turn.slots.get(NUMBER))
    buttons = (
        choice_button(CONFIRMED, YES, labels.WITHDRAW),
        choice_button(CONFIRMED, NO, labels.KEEP_APPLICATION),
    )
    asking("utter_apply_ask_withdraw", lambda _: buttons, application=line)(turn, say)
