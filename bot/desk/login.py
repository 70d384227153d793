"""The login page, and out again."""

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.access import home_of
from bot.desk.context import COOKIE, Desk
from bot.desk.devices import device_of
from bot.desk.errors import ForeignOrigin, error_response
from bot.desk.formats import clock
from bot.desk.guard import STEP_PAGES, Endpoint, check_origin, one, read_fields, signed_in
from bot.domain.errors import BotError
from bot.domain.people import (
    SESSION_LIFETIME,
    Agent,
    BadCredentials,
    LoginBusy,
    LoginLocked,
    SessionExpired,
    Step,
    Way,
    WrongCode,
    WrongPassword,
)
from bot.services.accounts.accounts import authenticate, logout
from bot.services.accounts.second_factor import enter_code

CONVERSATION_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
CODE = STEP_PAGES[Step.CODE]

REFUSALS: Mapping[type[BotError], tuple[str, int]] = {
    BadCredentials: ("账号或密码不对，请重新输入。", 401),
    WrongPassword: ("现在的密码不对，请重新输入。", 401),
    WrongCode: ("验证码不对或已用过，请等下一个再输入；手机不在身边可用恢复码。", 401),
    LoginLocked: (
        "输错次数过多，已暂时锁定，约 {minutes} 分钟后（{until}）可以再试。忘记密码请联系管理员。",
        429,
    ),
    LoginBusy: ("现在登录的人较多，请过几秒再试。", 503),
}
"""Why nobody was let in, in words, and the status."""

log = structlog.get_logger()


def show(desk: Desk) -> Endpoint:
    """Return the login page; who is signed in already goes on to the desk."""

    async def endpoint(request: Request) -> Response:
        asked = request.query_params.get("c", "")
        try:
            found = await signed_in(desk, request, is_active=False)
        except SessionExpired:
            note = "登录已过期，请重新登录。" if "expired" in request.query_params else ""
            return login_form(desk, note=note, status=200, asked=asked)
        return RedirectResponse(_next(found.agent, found.step, asked), status_code=303)

    return endpoint


def submit(desk: Desk) -> Endpoint:
    """Check login and password; set the cookie or say honestly what to do next."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        fields = await read_fields(request, is_stripped=False)
        login, asked = one(fields, "login"), one(fields, "c")
        try:
            opened = await run_in_threadpool(
                authenticate,
                desk.unit_of_work,
                login=login,
                password=one(fields, "password"),
                now=desk.now(),
                passwords=desk.passwords,
                device=device_of(request.headers.get("user-agent", "")),
            )
        except tuple(REFUSALS) as error:
            note, status = refusal(error, desk.now())
            return login_form(desk, note=note, status=status, asked=asked, login=login)
        if opened.is_code_due:
            target = f"/desk/login/code?c={asked}" if CONVERSATION_ID.fullmatch(asked) else CODE
            response = RedirectResponse(target, status_code=303)
        else:
            log.info("desk_login", agent_id=opened.agent.id)
            response = RedirectResponse(_next(opened.agent, None, asked), status_code=303)
        return with_cookie(desk, response, opened.token)

    return endpoint


def show_code(desk: Desk) -> Endpoint:
    """Return the page that asks for the code of the second factor."""

    async def endpoint(request: Request) -> Response:
        asked = request.query_params.get("c", "")
        try:
            found = await signed_in(desk, request, is_active=False)
        except SessionExpired:
            return RedirectResponse("/desk/login", status_code=303)
        if found.step is not Step.CODE:
            return RedirectResponse(_next(found.agent, found.step, asked), status_code=303)
        return _code_form(desk, note="", status=200, asked=asked)

    return endpoint


def submit_code(desk: Desk) -> Endpoint:
    """Check the code; the session that waited ends and a new one begins."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        fields = await read_fields(request)
        asked = one(fields, "c")
        try:
            opened = await run_in_threadpool(
                enter_code,
                desk.unit_of_work,
                token=request.cookies.get(COOKIE, ""),
                code=one(fields, "code"),
                now=desk.now(),
                device=device_of(request.headers.get("user-agent", "")),
            )
        except SessionExpired:
            return RedirectResponse("/desk/login?expired=1", status_code=303)
        except (WrongCode, LoginLocked) as error:
            note, status = refusal(error, desk.now())
            return _code_form(desk, note=note, status=status, asked=asked)
        log.info("desk_login", agent_id=opened.agent.id)
        response = RedirectResponse(_next(opened.agent, None, asked), status_code=303)
        return with_cookie(desk, response, opened.token)

    return endpoint


def with_cookie(desk: Desk, response: Response, token: str) -> Response:
    """Put the session's token into the answer; scripts and other sites cannot use it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        path="/desk",
        secure=desk.is_secure,
        httponly=True,
        samesite="strict",
    )
    return response


def leave(desk: Desk) -> Endpoint:
    """End the session and go to the login page."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        token = request.cookies.get(COOKIE, "")
        way = await run_in_threadpool(logout, desk.unit_of_work, token=token, now=desk.now())
        desk.wake(request)
        response: Response = RedirectResponse("/desk/login", status_code=303)
        if way is Way.CITY and desk.city is not None:
            address = await desk.city.logout_address()
            if address is not None:
                response = _leave_city(desk, desk.city.name, address)
        response.delete_cookie(COOKIE, path="/desk")
        return response

    return endpoint


def target_of(conversation_id: str) -> str | None:
    """Return the page of a conversation; anything but an id leads nowhere."""
    if CONVERSATION_ID.fullmatch(conversation_id):
        return f"/desk/conversations/{quote(conversation_id)}"
    return None


def refusal(error: BotError, now: datetime) -> tuple[str, int]:
    """Return why nobody was let in, in words, and the status."""
    note, status = REFUSALS[type(error)]
    if isinstance(error, LoginLocked):
        minutes = max(1, -(-int((error.until - now).total_seconds()) // 60))
        note = note.format(minutes=minutes, until=clock(error.until))
    return note, status


def login_form(desk: Desk, *, note: str, status: int, asked: str, login: str = "") -> Response:
    """Return the login page with a note on it."""
    html = desk.templates.get_template("login.html").render(
        note=note,
        login=login,
        conversation_id=asked if CONVERSATION_ID.fullmatch(asked) else "",
        city=None if desk.city is None else desk.city.name,
    )
    return HTMLResponse(html, status_code=status)


def _leave_city(desk: Desk, name: str, address: str) -> Response:
    """Go on by a page of ours: browsers do not follow a form to another site (form-action)."""
    html = desk.templates.get_template("city_leave.html").render(name=name, target=address)
    return HTMLResponse(html)


def _code_form(desk: Desk, *, note: str, status: int, asked: str) -> Response:
    html = desk.templates.get_template("login_code.html").render(
        note=note, conversation_id=asked if CONVERSATION_ID.fullmatch(asked) else ""
    )
    return HTMLResponse(html, status_code=status)


def _next(agent: Agent, step: Step | None, asked: str) -> str:
    if step is not None:
        return STEP_PAGES[step]
    asked_for = target_of(asked) if agent.serves else None
    return asked_for or home_of(agent)
