"""One-to-one help for a whole plan: the helper's list, the plan with its due days, the end."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk.booking_bells import ring
from bot.desk.booking_pages import NOTES, one, refused, render, status_of
from bot.desk.context import Desk
from bot.desk.guard import Fields
from bot.domain.assistance import AssistanceClosed, AssistanceState, UnknownAssistance
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.services.desk import assistance
from bot.services.plans.life_view import StepState

STATES = {
    AssistanceState.PROPOSED: "等申请人同意",
    AssistanceState.ACTIVE: "帮办中",
    AssistanceState.DECLINED: "申请人没同意",
    AssistanceState.ENDED: "已结束",
}
STEPS = {StepState.DONE: "办完了", StepState.READY: "现在能办", StepState.WAITING: "等前面的"}
ENDERS = {"applicant": "申请人", "plan": "方案办完"}


def show_list(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the list of those who are helped."""
    if not agent.serves:
        return refused(desk, agent, NotAllowed())
    found = assistance.assisted_by(desk.unit_of_work, agent)
    with desk.unit_of_work() as unit:
        names = {each.id: each.name for each in unit.people.agents()}
    return render(
        desk, "assistances.html", agent=agent, found=found, names=names, states=STATES, note=""
    )


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one, with the plan once the applicant has agreed."""
    return _show(desk, agent, request.path_params["assistance_id"])


def propose(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Ask the applicant of a conversation; the helper is who asks, or who is chosen."""
    conversation_id = request.path_params["conversation_id"]
    chosen = one(fields, "helper")
    try:
        made = assistance.propose(
            desk.unit_of_work,
            desk.booking_teller,
            agent=agent,
            helper_id=int(chosen) if chosen.isascii() and chosen.isdigit() else agent.id,
            conversation_id=conversation_id,
            subject=one(fields, "subject")[:24],
            now=desk.now(),
        )
    except tuple(NOTES) as error:
        return refused(desk, agent, error)
    ring(desk, request, conversation_id)
    return RedirectResponse(f"/desk/assistances/{made.id}", status_code=303)


def end(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """End the help, with a reason that the applicant reads."""
    which = request.path_params["assistance_id"]
    try:
        ended = assistance.end_by_helper(
            desk.unit_of_work,
            desk.booking_teller,
            agent=agent,
            assistance_id=which,
            reason=one(fields, "reason")[:200],
            now=desk.now(),
        )
    except AssistanceClosed as error:
        return _show(desk, agent, which, error)
    except UnknownAssistance as error:
        return refused(desk, agent, error)
    ring(desk, request, ended.conversation_id)
    return RedirectResponse(f"/desk/assistances/{which}", status_code=303)


def _show(desk: Desk, agent: Agent, which: int, error: BotError | None = None) -> Response:
    try:
        page = assistance.read_assistance(
            desk.unit_of_work,
            desk.plan_composer,
            agent=agent,
            assistance_id=which,
            now=desk.now(),
        )
    except UnknownAssistance as refusal:
        return refused(desk, agent, refusal)
    with desk.unit_of_work() as unit:
        names = {f"agent:{each.id}": each.name for each in unit.people.agents()}
    return render(
        desk,
        "assistance.html",
        status=status_of(error) if error else HTTPStatus.OK,
        agent=agent,
        page=page,
        one=page.assistance,
        names={**ENDERS, **names},
        states=STATES,
        steps=STEPS,
        note=NOTES[type(error)] if error else "",
    )
