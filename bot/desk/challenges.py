"""Challenged answers (你说的不对): the list, and answering one."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.desk.pages import TOPICS
from bot.domain.challenges import (
    CHALLENGE_LABELS,
    MAX_REPLY_LENGTH,
    BadReply,
    ChallengeClosed,
    ChallengeState,
    UnknownChallenge,
)
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.services.learning.challenges import Found, answer_challenge, list_challenges

ROOT = "/desk/challenges"
NOTES: Mapping[type[BotError], str] = {
    BadReply: f"请选核实的结果，并写明怎么答复用户（{MAX_REPLY_LENGTH} 字以内）。",
    ChallengeClosed: "这一条刚刚被别人答复了。",
    NotAllowed: "只有主管、管理员和知识编辑可以核实。",
    UnknownChallenge: "没有找到这一条，请刷新页面。",
}


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the open ones, or those that were answered."""
    is_open = request.query_params.get("shown") != "closed"
    return _page(desk, agent, is_open=is_open, note="", typed={}, of=0)


def answer(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Answer one; on an error the page comes back with what was typed."""
    challenge_id = int(request.path_params["challenge_id"])
    states = {state.value: state for state in ChallengeState}
    found = Found(states.get(one(fields, "state"), ChallengeState.OPEN), one(fields, "reply"))
    try:
        done = answer_challenge(
            desk.unit_of_work,
            desk.catalogue,
            agent=agent,
            challenge_id=challenge_id,
            found=found,
            now=desk.now(),
            texts=desk.texts,
        )
    except tuple(NOTES) as error:
        note = NOTES[type(error)]
        return _page(desk, agent, is_open=True, note=note, typed=fields, of=challenge_id)
    desk.wake(request, done.new.conversation_id)
    return RedirectResponse(ROOT, status_code=303)


def _page(
    desk: Desk, agent: Agent, *, is_open: bool, note: str, typed: Fields, of: int
) -> Response:
    found, count = list_challenges(desk.unit_of_work, is_open=is_open)
    with desk.unit_of_work() as unit:
        names = {one.id: one.name for one in unit.people.agents()}
    html = desk.templates.get_template("challenges.html").render(
        agent=agent,
        here="challenges",
        note=note,
        found=found,
        count=count,
        is_open=is_open,
        typed=typed,
        of=of,
        labels=CHALLENGE_LABELS,
        names=names,
        topics=TOPICS,
        catalogue=desk.catalogue,
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else 200)
