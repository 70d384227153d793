"""What is said about a case once it is known whose it is."""

from collections.abc import Callable, Mapping
from functools import partial

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.documents.case_list_text import (
    case_buttons,
    explanation_text,
    my_cases_buttons,
    my_cases_text,
)
from bot.documents.case_text import case_text, part_text
from bot.domain.case_watch import CaseRow
from bot.services.cases import cases
from bot.services.cases.cases import CaseView
from bot.services.cases.explanation import explain_days, explain_runs
from bot.services.cases.mine import list_mine
from bot.services.platform.errors import PlatformTrouble
from bot.services.times.local_time import local_day
from bot.services.words.case_asked import PARTS

SHOW, FOLLOW, URGE, EXPLAIN = "show", "follow", "urge", "explain"


def answer(purpose: str, view: CaseView, turn: Turn, say: CollectingDispatcher) -> None:
    """Show, follow, urge or explain a case that is the asker's own."""
    ANSWERS.get(purpose, show)(view, turn, say)


def show(view: CaseView, _turn: Turn, say: CollectingDispatcher) -> None:
    """Say where the case stands."""
    application = app()
    say.utter_message(
        response="utter_cases_shown",
        case=case_text(view, application.catalogue, application.case_rules),
        buttons=case_buttons(view),
    )


def show_part(part: str, view: CaseView, _turn: Turn, say: CollectingDispatcher) -> None:
    """Say one part of the case: the days left, who has it, what is to be done, why so slow."""
    application = app()
    say.utter_message(
        response="utter_cases_shown",
        case=part_text(part, view, application.catalogue, application.case_rules),
        buttons=case_buttons(view),
    )


def follow(view: CaseView, turn: Turn, say: CollectingDispatcher) -> None:
    """Follow the case from now on."""
    application = app()
    try:
        cases.follow_case(
            application.unit_of_work,
            number=view.number,
            conversation_id=turn.conversation_id,
            now=application.now(),
        )
    except cases.CaseClosed:
        say.utter_message(response="utter_cases_follow_closed", number=view.number)
        return
    rules = application.case_rules
    say.utter_message(
        response="utter_cases_followed",
        number=view.number,
        begins=f"{rules.quiet.begins:%H:%M}",
        ends=f"{rules.quiet.ends:%H:%M}",
    )


def urge(view: CaseView, turn: Turn, say: CollectingDispatcher) -> None:
    """Hurry the department; the applicant's own papers are named first."""
    application = app()
    if view.waits_for_applicant:
        papers = "、".join(view.to_do)
        say.utter_message(response="utter_cases_urge_yours", number=view.number, papers=papers)
        return
    try:
        cases.urge_case(
            application.unit_of_work,
            number=view.number,
            conversation_id=turn.conversation_id,
            origin=turn.origin("urge"),
            now=application.now(),
            calendar=application.calendar,
            reply_working_days=application.case_rules.reply_working_days,
            platform=application.platform,
        )
    except PlatformTrouble:
        say.utter_message(response="utter_cases_urge_unsent", number=view.number)
    except cases.AlreadyUrged:
        say.utter_message(response="utter_cases_already_urged", number=view.number)
    except cases.CaseClosed:
        say.utter_message(response="utter_cases_urge_closed", number=view.number)
    else:
        days = application.case_rules.reply_working_days
        say.utter_message(response="utter_cases_urged", number=view.number, days=days)


def explain(view: CaseView, _turn: Turn, say: CollectingDispatcher) -> None:
    """Say which days counted."""
    application = app()
    today = local_day(application.now())
    days = explain_days(view.events, today, application.calendar, view.stands_in)
    say.utter_message(
        response="utter_cases_explained",
        number=view.number,
        days=explanation_text(explain_runs(days), application.case_rules),
    )


ANSWERS: Mapping[str, Callable[[CaseView, Turn, CollectingDispatcher], None]] = {
    SHOW: show,
    FOLLOW: follow,
    URGE: urge,
    EXPLAIN: explain,
    **{part: partial(show_part, part) for part in PARTS},
}


def say_list(
    turn: Turn, say: CollectingDispatcher, *, page: int = 0, numbers: tuple[str, ...] | None = None
) -> tuple[CaseRow, ...]:
    """List the cases that the conversation has proven; returns those listed."""
    application = app()
    mine = list_mine(
        application.unit_of_work,
        conversation_id=turn.conversation_id,
        page=page,
        now=application.now(),
        numbers=numbers,
    )
    if not mine.total:
        return ()
    say.utter_message(
        response="utter_cases_mine",
        count=mine.total,
        list=my_cases_text(mine),
        buttons=my_cases_buttons(mine),
    )
    return tuple(mine.rows)


def unfollow(turn: Turn, say: CollectingDispatcher, number: str | None) -> None:
    """Tell the conversation no more of one case, or of any."""
    open_unit, asker = app().unit_of_work, turn.conversation_id
    if number is None:
        ended = cases.unfollow_all(open_unit, conversation_id=asker)
    else:
        try:
            was = cases.unfollow_case(open_unit, number=number, conversation_id=asker)
        except cases.CaseNotVerified:
            was = False
        ended = (number,) if was else ()
    if not ended:
        say.utter_message(response="utter_cases_not_followed")
        return
    say.utter_message(response="utter_cases_unfollowed", numbers="、".join(ended))
