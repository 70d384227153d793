"""One's own account: password, second factor, recovery codes, sessions."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.access import home_of
from bot.desk.context import COOKIE, Desk
from bot.desk.guard import Fields, one
from bot.desk.login import REFUSALS, refusal
from bot.documents.qr import qr_data_uri
from bot.domain.errors import BotError
from bot.domain.people import (
    Agent,
    LoginBusy,
    LoginLocked,
    NoSecondFactor,
    UnknownSession,
    WeakPassword,
    WrongCode,
    WrongPassword,
)
from bot.services.accounts import second_factor, staff
from bot.services.accounts.accounts import change_password, confirm_password, digest

WEAK: Mapping[str, str] = {
    WeakPassword.LENGTH: "新密码要 10 到 200 个字符。",
    WeakPassword.PERSONAL: "新密码里不能主要是账号或姓名，请换一个。",
    WeakPassword.SIMPLE: "新密码重复的字符太多，请换一个。",
    WeakPassword.COMMON: "新密码太常见，容易被猜到，请换一个。",
    WeakPassword.SAME: "新密码和现在的一样，请换一个。",
}
ID_LENGTH = 16
"""Of the hash that names a session; the page marks its own by it."""


def show(desk: Desk, request: Request, agent: Agent) -> Response:
    """Return the page of the own account."""
    return _show(desk, request, agent)


def show_password(desk: Desk, request: Request, agent: Agent) -> Response:  # noqa: ARG001 - one shape
    """Return the form for another password."""
    return _password(desk, agent, note="", status=HTTPStatus.OK)


def change(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Change the own password; all other sessions end."""
    new = one(fields, "new")
    if new != one(fields, "again"):
        return _password(desk, agent, note="两次输入的新密码不一样。", status=HTTPStatus.CONFLICT)
    try:
        change_password(
            desk.unit_of_work,
            agent_id=agent.id,
            password=new,
            now=desk.now(),
            passwords=desk.passwords,
            keep_token=request.cookies[COOKIE],
            present=one(fields, "present"),
        )
    except WeakPassword as error:
        return _password(desk, agent, note=WEAK[error.why], status=HTTPStatus.CONFLICT)
    except (WrongPassword, LoginLocked, LoginBusy) as error:
        note, status = refusal(error, desk.now())
        return _password(desk, agent, note=note, status=HTTPStatus(status))
    target = home_of(agent) if agent.must_change_password else "/desk/account?done=password"
    return RedirectResponse(target, status_code=303)


def show_second_factor(desk: Desk, request: Request, agent: Agent) -> Response:  # noqa: ARG001
    """Return the page on which an authenticator is set up."""
    return _enrol(desk, agent, note="", status=HTTPStatus.OK)


def confirm(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:  # noqa: ARG001
    """Switch the second factor on with its first code; shows the recovery codes once."""
    try:
        codes = second_factor.confirm_enrolment(
            desk.unit_of_work, agent=agent, code=one(fields, "code"), now=desk.now()
        )
    except (WrongCode, LoginLocked) as error:
        note, status = refusal(error, desk.now())
        return _enrol(desk, agent, note=note, status=HTTPStatus(status))
    except NoSecondFactor:
        return RedirectResponse("/desk/account", status_code=303)
    return _codes(desk, agent, codes)


def switch_off(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Take the own second factor off, with the password; not where the role needs one."""
    if agent.role in desk.second_factor_roles:
        note = "您的岗位必须使用两步验证，不能关闭。换手机请联系管理员重置。"
        return _show(desk, request, agent, note=note, status=HTTPStatus.FORBIDDEN)
    try:
        _confirm(desk, agent, fields)
        second_factor.remove_second_factor(
            desk.unit_of_work, agent_id=agent.id, by=agent.id, now=desk.now()
        )
    except NoSecondFactor:
        pass
    except tuple(REFUSALS) as error:
        return _refused(desk, request, agent, error)
    return RedirectResponse("/desk/account", status_code=303)


def renew_codes(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """Replace the recovery codes, with the password; shows the new ones once."""
    try:
        _confirm(desk, agent, fields)
        codes = second_factor.renew_recovery_codes(desk.unit_of_work, agent=agent, now=desk.now())
    except NoSecondFactor:
        return RedirectResponse("/desk/account", status_code=303)
    except tuple(REFUSALS) as error:
        return _refused(desk, request, agent, error)
    return _codes(desk, agent, codes)


def end_session(desk: Desk, request: Request, agent: Agent, fields: Fields) -> Response:
    """End one other session of one's own, or all others."""
    wanted = one(fields, "session")
    try:
        if wanted == "others":
            staff.end_sessions(
                desk.unit_of_work,
                agent_id=agent.id,
                by=agent.id,
                now=desk.now(),
                keep_token=request.cookies[COOKIE],
            )
        else:
            staff.end_session(
                desk.unit_of_work,
                agent_id=agent.id,
                session_id=wanted,
                by=agent.id,
                now=desk.now(),
            )
    except UnknownSession:
        note = "这个登录已经结束了。"
        return _show(desk, request, agent, note=note, status=HTTPStatus.CONFLICT)
    return RedirectResponse("/desk/account", status_code=303)


def _confirm(desk: Desk, agent: Agent, fields: Fields) -> None:
    confirm_password(
        desk.unit_of_work,
        agent=agent,
        password=one(fields, "present"),
        now=desk.now(),
        passwords=desk.passwords,
    )


def _refused(desk: Desk, request: Request, agent: Agent, error: BotError) -> Response:
    note, status = refusal(error, desk.now())
    return _show(desk, request, agent, note=note, status=HTTPStatus(status))


def _show(
    desk: Desk,
    request: Request,
    agent: Agent,
    *,
    note: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    with desk.unit_of_work() as unit:
        factor = unit.second_factors.find(agent.id)
        codes_left = unit.second_factors.recovery_codes_left(agent.id)
    department = desk.catalogue.departments.get(agent.department_id or "")
    html = desk.templates.get_template("account.html").render(
        agent=agent,
        note=note,
        done="done" in request.query_params,
        role=desk.words.roles[agent.role],
        department="" if department is None else department.name,
        factor=factor if factor is not None and factor.confirmed_at is not None else None,
        is_needed=agent.role in desk.second_factor_roles,
        codes_left=codes_left,
        sessions=staff.sessions_of(desk.unit_of_work, agent_id=agent.id, now=desk.now()),
        mine=digest(request.cookies[COOKIE])[:ID_LENGTH],
    )
    return HTMLResponse(html, status_code=status)


def _password(desk: Desk, agent: Agent, *, note: str, status: HTTPStatus) -> Response:
    html = desk.templates.get_template("account_password.html").render(agent=agent, note=note)
    return HTMLResponse(html, status_code=status)


def _enrol(desk: Desk, agent: Agent, *, note: str, status: HTTPStatus) -> Response:
    try:
        enrolment = second_factor.begin_enrolment(desk.unit_of_work, agent=agent, now=desk.now())
    except NoSecondFactor:
        return RedirectResponse("/desk/account", status_code=303)
    html = desk.templates.get_template("account_factor.html").render(
        agent=agent,
        note=note,
        is_needed=agent.role in desk.second_factor_roles,
        picture=qr_data_uri(enrolment.address),
        secret=" ".join(
            enrolment.secret[start : start + 4] for start in range(0, len(enrolment.secret), 4)
        ),
    )
    return HTMLResponse(html, status_code=status)


def _codes(desk: Desk, agent: Agent, codes: tuple[str, ...]) -> Response:
    html = desk.templates.get_template("account_codes.html").render(
        agent=agent, codes=codes, home=home_of(agent)
    )
    return HTMLResponse(html)
