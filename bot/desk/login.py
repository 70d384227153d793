"""The login page, and out again."""

import re
from datetime import datetime
from urllib.parse import quote

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.context import COOKIE, Desk
from bot.desk.errors import ForeignOrigin, error_response
from bot.desk.formats import clock
from bot.desk.guard import Endpoint, agent_of, check_origin
from bot.domain.people import (
    SESSION_LIFETIME,
    BadCredentials,
    LoginBusy,
    LoginLocked,
    SessionExpired,
)
from bot.services.accounts import authenticate, logout

CONVERSATION_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
MAX_FORM_PART_BYTES = 4096

log = structlog.get_logger()


def show(desk: Desk) -> Endpoint:
    """Return the login page; who is logged in already goes on to the desk."""

    async def endpoint(request: Request) -> Response:
        target = target_of(request.query_params.get("c", ""))
        try:
            await agent_of(desk, request, is_active=False)
        except SessionExpired:
            note = "登录已过期，请重新登录。" if "expired" in request.query_params else ""
            return _form(desk, note=note, status=200, asked=request.query_params.get("c", ""))
        return RedirectResponse(target, status_code=303)

    return endpoint


def submit(desk: Desk) -> Endpoint:
    """Check login and password; set the cookie or say honestly what to do next."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        async with request.form(max_part_size=MAX_FORM_PART_BYTES, max_files=0) as form:
            login, password = str(form.get("login", "")), str(form.get("password", ""))
            asked = str(form.get("c", ""))
        try:
            opened = await run_in_threadpool(
                authenticate,
                desk.unit_of_work,
                login=login,
                password=password,
                now=desk.now(),
                passwords=desk.passwords,
            )
        except BadCredentials:
            return _form(
                desk, note="账号或密码不对，请重新输入。", status=401, asked=asked, login=login
            )
        except LoginLocked as error:
            note = _locked_note(error.until, desk.now())
            return _form(desk, note=note, status=429, asked=asked, login=login)
        except LoginBusy:
            note = "现在登录的人较多，请过几秒再试。"
            return _form(desk, note=note, status=503, asked=asked, login=login)
        log.info("desk_login", agent_id=opened.agent.id)
        response = RedirectResponse(target_of(asked), status_code=303)
        response.set_cookie(
            COOKIE,
            opened.token,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            path="/desk",
            secure=desk.is_secure,
            httponly=True,
            samesite="strict",
        )
        return response

    return endpoint


def leave(desk: Desk) -> Endpoint:
    """End the session and go to the login page."""

    async def endpoint(request: Request) -> Response:
        try:
            check_origin(request)
        except ForeignOrigin as error:
            return error_response(error)
        token = request.cookies.get(COOKIE, "")
        await run_in_threadpool(logout, desk.unit_of_work, token=token, now=desk.now())
        desk.wake(request)
        response = RedirectResponse("/desk/login", status_code=303)
        response.delete_cookie(COOKIE, path="/desk")
        return response

    return endpoint


def target_of(conversation_id: str) -> str:
    """Return where to go after the login; anything but an id leads to the desk itself."""
    if CONVERSATION_ID.fullmatch(conversation_id):
        return f"/desk/conversations/{quote(conversation_id)}"
    return "/desk/"


def _locked_note(until: datetime, now: datetime) -> str:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    return (
        f"密码错误次数过多，此账号已暂时锁定，约 {minutes} 分钟后（{clock(until)}）可以再试。"
        "如忘记密码，请联系管理员重置。"
    )


def _form(desk: Desk, *, note: str, status: int, asked: str, login: str = "") -> Response:
    html = desk.templates.get_template("login.html").render(
        note=note,
        login=login,
        conversation_id=asked if CONVERSATION_ID.fullmatch(asked) else "",
    )
    return HTMLResponse(html, status_code=status)
