"""The page of the team: who is there, how many conversations each takes, how queues are served."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.brief import STATES
from bot.desk.context import Desk
from bot.desk.errors import message_of
from bot.desk.guard import Fields
from bot.domain.desk_errors import BadProfile
from bot.domain.desk_work import HELP_DESK, Assignment, QueueRules
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, NotAllowed, UnknownAgent
from bot.services.desk import presence as desk_presence
from bot.services.desk import queue as desk_queue

ASSIGNMENTS = {
    Assignment.MANUAL: "手动接入",
    Assignment.ROUND_ROBIN: "轮流",
    Assignment.LEAST_BUSY: "谁最闲给谁",
}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _page(desk, agent)


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Store what was changed; on an error the page says what to do."""
    act = {"profile": _profile, "queue": _queue}.get(request.path_params["move"])
    try:
        if act is not None:
            act(desk, agent, fields)
    except (BadProfile, NotAllowed, UnknownAgent) as error:
        return _page(desk, agent, note=message_of(error))
    return RedirectResponse("/desk/team", status_code=303)


def _profile(desk: Desk, agent: Agent, fields: Fields) -> None:
    skills = _one(fields, "skills").replace("，", ",").replace("、", ",").split(",")
    known = {label: key for key, label in desk.vocabulary.reasons.items()}
    known |= {one.name: one.id for one in desk.catalogue.districts.values()}
    known |= {one.name: one.id for one in desk.catalogue.matters.values()}
    desk_presence.set_profile(
        desk.unit_of_work,
        agent_id=agent.id,
        of_agent_id=_number(fields, "agent"),
        capacity=_number(fields, "capacity"),
        skills=[known.get(one.strip(), one.strip()) for one in skills],
        now=desk.now(),
    )


def _queue(desk: Desk, agent: Agent, fields: Fields) -> None:
    department = _one(fields, "department")
    chosen = {one.value: one for one in Assignment}.get(_one(fields, "assignment"))
    if chosen is None or (department and department not in desk.catalogue.departments):
        raise BadProfile
    rules = QueueRules(department, chosen, _number(fields, "answer_within_s"))
    desk_presence.set_queue_rules(desk.unit_of_work, agent_id=agent.id, rules=rules, now=desk.now())


def _page(desk: Desk, agent: Agent, *, note: str = "") -> Response:
    if not agent.oversees:
        html = desk.templates.get_template("no_desk.html").render(agent=agent)
        return HTMLResponse(html, status_code=HTTPStatus.FORBIDDEN)
    with desk.unit_of_work() as unit:
        people = unit.desk_work.colleagues(since=desk.now() - HEARTBEAT_TIMEOUT)
        ids = [HELP_DESK, *dict.fromkeys(one.department_id for one in people if one.department_id)]
        rules = [unit.desk_work.queue_rules(one) for one in ids]
        places = desk_queue.places(unit, now=desk.now())
    labels = {**desk.vocabulary.reasons}
    labels |= {one.id: one.name for one in desk.catalogue.districts.values()}
    labels |= {one.id: one.name for one in desk.catalogue.matters.values()}
    html = desk.templates.get_template("team.html").render(
        agent=agent,
        here="team",
        note=note,
        people=people,
        rules=rules,
        waiting={one: sum(p.thread.department_id == one for p in places) for one in ids},
        departments=desk.catalogue.departments,
        help_desk=desk.vocabulary.help_desk,
        assignments=ASSIGNMENTS,
        states=STATES,
        label=lambda skill: labels.get(skill, skill),
    )
    return HTMLResponse(html, status_code=HTTPStatus.UNPROCESSABLE_ENTITY if note else 200)


def _one(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[0][:400]


def _number(fields: Fields, name: str) -> int:
    raw = _one(fields, name)
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0  # noqa: PLR2004
