"""What people take away from a finished plan: one button each, answered with a link to the file."""

from collections.abc import Callable, Mapping

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.plans.to_take_away import offer_papers
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn
from bot.domain.short_links import TooManyLinks
from bot.domain.signing import LIFETIME, TooManyCodes
from bot.services.applications.form_checks import Checks
from bot.services.papers.short_links import make_short_link, revoke_short_links
from bot.services.papers.signing import ask_confirmation
from bot.services.plans.form import form_of_plan
from bot.services.plans.plans import SharedPlan, share_latest_plan

PAPER = "paper"
"""Entity that the buttons carry; not `choice`, which would answer the question of an open form."""

FILES: Mapping[str, str] = {
    "notice": "utter_papers_notice",
    "form": "utter_papers_form",
    "picture": "utter_papers_picture",
    "calendar": "utter_papers_calendar",
}


class ActionTakePapers(SkillAction):
    """Gives what the pressed button names, for the newest plan of the conversation."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_take_papers"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Make a link to the plan and answer with what lies under it."""
        application = app()
        shared = share_latest_plan(
            application.unit_of_work, conversation_id=turn.conversation_id, now=application.now()
        )
        if shared is None:
            say.utter_message(response="utter_papers_no_plan")
            return []
        wanted = turn.entity(PAPER) or ""
        path = application.settings.base_url + shared.path
        if wanted in FILES:
            say.utter_message(response=FILES[wanted], path=path)
        elif wanted in _DEEDS:
            _DEEDS[wanted](turn, say, shared, path)
        else:
            offer_papers(say)
        return []


def _link(_turn: Turn, say: CollectingDispatcher, shared: SharedPlan, path: str) -> None:
    application = app()
    try:
        code = make_short_link(application.unit_of_work, shared.plan, application.now())
    except TooManyLinks:
        say.utter_message(response="utter_papers_too_many_links")
        return
    url = f"{application.settings.base_url}/s/{code}"
    say.utter_message(response="utter_papers_short_link", url=url, path=path)


def _revoke(_turn: Turn, say: CollectingDispatcher, shared: SharedPlan, _path: str) -> None:
    application = app()
    count = revoke_short_links(application.unit_of_work, shared.plan, application.now())
    say.utter_message(response="utter_papers_links_off", count=str(count))


def _sign(turn: Turn, say: CollectingDispatcher, shared: SharedPlan, path: str) -> None:
    application = app()
    now = application.now()
    filled = form_of_plan(
        application.unit_of_work,
        shared.plan,
        forms=application.forms,
        catalogue=application.catalogue,
        checks=Checks(now, application.calendar),
    )
    if not filled.is_complete:
        open_ids = dict.fromkeys(problem.field_id for problem in filled.problems)
        missing = "、".join(filled.form.field(field_id).label for field_id in open_ids)
        say.utter_message(response="utter_papers_form_first", missing=missing, path=path)
        return
    try:
        code = ask_confirmation(
            application.unit_of_work, origin=turn.origin("sign"), saved=shared.plan, now=now
        )
    except TooManyCodes:
        say.utter_message(response="utter_papers_wait_for_code", path=path)
        return
    minutes = str(int(LIFETIME.total_seconds() // 60))
    say.utter_message(response="utter_papers_sign", code=code, minutes=minutes, path=path)


_DEEDS: Mapping[str, Callable[[Turn, CollectingDispatcher, SharedPlan, str], None]] = {
    "link": _link,
    "revoke": _revoke,
    "sign": _sign,
}
