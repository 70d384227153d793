"""The administrator's pages: departments and their staff, one account and what is done with it."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.domain.errors import BotError
from bot.domain.people import (
    Agent,
    BadAccount,
    LastAdministrator,
    LoginTaken,
    NoSecondFactor,
    Role,
    UnknownAgent,
    UnknownSession,
    WeakPassword,
)
from bot.services.accounts import staff
from bot.services.accounts.accounts import add_agent, close_account, random_password
from bot.services.accounts.second_factor import remove_second_factor
from bot.services.accounts.staff import Change, StaffMember

NOTES: Mapping[type[BotError], str] = {
    LastAdministrator: "这是最后一个管理员，停用或换岗后没有人能管理账号，请先添加另一个。",
    LoginTaken: "这个登录名已经有人用了，请换一个。",
    NoSecondFactor: "这个账号没有开启两步验证。",
    UnknownSession: "这个登录已经结束了。",
    WeakPassword: "没能生成密码，请再试一次。",
}
REFUSED: tuple[type[BotError], ...] = (BadAccount, *NOTES)
BAD: Mapping[str, str] = {
    "login": "登录名不能为空，不能有空格，最长 64 个字符。",
    "name": "请填写姓名，最长 40 个字。",
    "department": "部门经办和部门负责人要选部门。",
    "district": "没有这个区县，请从列表里选。",
    "role": "没有这个岗位，请从列表里选。",
}


def show_list(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return all accounts by department."""
    return _list(desk, agent, wanted=request.query_params.get("q", "").strip()[:40])


def add(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Add an account; its first password is shown once and has to be changed at the login."""
    password = random_password()
    try:
        change = _change(desk, fields)
        added = add_agent(
            desk.unit_of_work,
            login=one(fields, "login"),
            name=change.name,
            role=change.role,
            password=password,
            now=desk.now(),
            department_id=change.department_id,
            districts=change.districts,
            passwords=desk.passwords,
            by=agent.id,
            must_change_password=True,
        )
    except (BadAccount, LoginTaken, WeakPassword) as error:
        return _list(desk, agent, note=_note(error), typed=fields)
    return _password(desk, agent, added, password)


def show_one(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return one account."""
    return _one(desk, agent, request.path_params["agent_id"])


def move(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Do what was pressed; on an error the page comes back with a note and what was typed."""
    agent_id = request.path_params["agent_id"]
    act = MOVES.get(request.path_params["move"])
    if act is None:
        return _missing(desk, agent)
    try:
        answer = act(desk, agent, agent_id, fields)
    except UnknownAgent:
        return _missing(desk, agent)
    except REFUSED as error:
        return _one(desk, agent, agent_id, note=_note(error), typed=fields)
    return answer or RedirectResponse(f"/desk/people/{agent_id}", status_code=303)


def _save(desk: Desk, by: Agent, agent_id: int, fields: Fields) -> None:
    staff.change_account(
        desk.unit_of_work,
        agent_id=agent_id,
        change=_change(desk, fields),
        by=by.id,
        now=desk.now(),
    )


def _close(desk: Desk, by: Agent, agent_id: int, _fields: Fields) -> None:
    close_account(desk.unit_of_work, agent_id=agent_id, now=desk.now(), by=by.id)


def _open(desk: Desk, by: Agent, agent_id: int, _fields: Fields) -> None:
    staff.open_account_again(desk.unit_of_work, agent_id=agent_id, by=by.id, now=desk.now())


def _reset(desk: Desk, by: Agent, agent_id: int, _fields: Fields) -> Response:
    password = random_password()
    staff.reset_password(
        desk.unit_of_work,
        agent_id=agent_id,
        password=password,
        by=by.id,
        now=desk.now(),
        passwords=desk.passwords,
    )
    with desk.unit_of_work() as unit:
        found = unit.people.agent(agent_id)
    return _password(desk, by, found, password)


def _factor_off(desk: Desk, by: Agent, agent_id: int, _fields: Fields) -> None:
    remove_second_factor(desk.unit_of_work, agent_id=agent_id, by=by.id, now=desk.now())


def _end(desk: Desk, by: Agent, agent_id: int, fields: Fields) -> None:
    wanted, now = one(fields, "session"), desk.now()
    if wanted == "all":
        staff.end_sessions(desk.unit_of_work, agent_id=agent_id, by=by.id, now=now)
    else:
        staff.end_session(
            desk.unit_of_work, agent_id=agent_id, session_id=wanted, by=by.id, now=now
        )


MOVES: Mapping[str, Callable[[Desk, Agent, int, Fields], Response | None]] = {
    "save": _save,
    "close": _close,
    "open": _open,
    "reset": _reset,
    "factor-off": _factor_off,
    "end": _end,
}


def _change(desk: Desk, fields: Fields) -> Change:
    roles = {role.value: role for role in Role}
    if one(fields, "role") not in roles:
        raise BadAccount("role")
    change = Change(
        name=one(fields, "name"),
        role=roles[one(fields, "role")],
        department_id=one(fields, "department") or None,
        districts=tuple(fields.get("district", ())),
    )
    staff.check_change(change, desk.catalogue.departments, desk.catalogue.districts)
    return change


def _note(error: BotError) -> str:
    if isinstance(error, BadAccount):
        return BAD.get(str(error), BAD["name"])
    return NOTES[type(error)]


def _list(
    desk: Desk, agent: Agent, *, wanted: str = "", note: str = "", typed: Fields | None = None
) -> Response:
    found = [
        one for one in staff.list_staff(desk.unit_of_work, now=desk.now()) if _fits(one, wanted)
    ]
    groups: dict[str, list[StaffMember]] = {}
    for member in found:
        groups.setdefault(member.agent.department_id or "", []).append(member)
    departments = desk.catalogue.departments
    html = desk.templates.get_template("people.html").render(
        agent=agent,
        groups=[
            (departments[key].name if key in departments else key or "帮办大厅", groups[key])
            for key in sorted(groups, key=lambda key: key or "")
        ],
        total=len(found),
        wanted=wanted,
        note=note,
        typed=typed or {},
        roles=desk.words.roles,
        catalogue=desk.catalogue,
        needs_factor=desk.second_factor_roles,
        now=desk.now(),
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _fits(member: StaffMember, wanted: str) -> bool:
    return not wanted or wanted.lower() in member.agent.login or wanted in member.agent.name


def _one(
    desk: Desk, agent: Agent, agent_id: int, *, note: str = "", typed: Fields | None = None
) -> Response:
    everyone = {one.agent.id: one for one in staff.list_staff(desk.unit_of_work, now=desk.now())}
    if agent_id not in everyone:
        return _missing(desk, agent)
    html = desk.templates.get_template("person.html").render(
        agent=agent,
        member=everyone[agent_id],
        person=everyone[agent_id].agent,
        note=note,
        typed=typed,
        roles=desk.words.roles,
        catalogue=desk.catalogue,
    )
    return HTMLResponse(html, status_code=HTTPStatus.CONFLICT if note else HTTPStatus.OK)


def _password(desk: Desk, agent: Agent, person: Agent, password: str) -> Response:
    html = desk.templates.get_template("person_password.html").render(
        agent=agent, person=person, password=password
    )
    return HTMLResponse(html)


def _missing(desk: Desk, agent: Agent) -> Response:
    html = desk.templates.get_template("person_missing.html").render(agent=agent)
    return HTMLResponse(html, status_code=404)
