"""The two addresses of a city's own sign-in: to the provider, and back from it."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.desk.access import home_of
from bot.desk.city_open import CityProofFailed, CityUnreachable
from bot.desk.context import Desk
from bot.desk.devices import device_of
from bot.desk.guard import Endpoint
from bot.desk.login import login_form, target_of, with_cookie
from bot.services.accounts.accounts import Login, digest
from bot.services.accounts.city_accounts import CityRefused, sign_in_from_city

COOKIE = "xiaoer_city"
PATH = "/desk/login/city"
WITHIN = timedelta(minutes=10)
"""So long a login may take at the provider."""

DOWN = "{name}现在连不上，请稍后再试，或用账号和密码登录。"
NO_PROOF = "{name}的登录没有完成或已失效，请重新点一次，或用账号和密码登录。"
REFUSED: Mapping[str, str] = {
    CityRefused.UNKNOWN: "您在这里还没有账号，请联系管理员开通。",
    CityRefused.CLOSED: "您的账号已停用，如需恢复请联系管理员。",
    CityRefused.ROLE: "您在{name}里没有本系统的岗位，请联系管理员。",
    CityRefused.CLAIMS: "{name}没有给出您的账号，请联系管理员。",
}

log = structlog.get_logger()


def go(desk: Desk) -> Endpoint:
    """Send the browser to the provider; when it is down the password way stays."""

    async def endpoint(request: Request) -> Response:
        if desk.city is None:
            return RedirectResponse("/desk/login", status_code=303)
        try:
            address, known = await desk.city.begin(request)
        except CityUnreachable as error:
            log.warning("city_unreachable", why=str(error))
            return _note(desk, DOWN, HTTPStatus.SERVICE_UNAVAILABLE)
        key = secrets.token_urlsafe(32)
        state = {"known": known, "asked": request.query_params.get("c", "")[:40]}
        await run_in_threadpool(_put, desk, key, state)
        response = RedirectResponse(address, status_code=303)
        # lax: the browser comes back by a link on the provider's site
        response.set_cookie(
            COOKIE,
            key,
            max_age=int(WITHIN.total_seconds()),
            path=PATH,
            secure=desk.is_secure,
            httponly=True,
            samesite="lax",
        )
        return response

    return endpoint


def back(desk: Desk) -> Endpoint:
    """Check what the browser brings back; open the desk or say why not."""

    async def endpoint(request: Request) -> Response:
        if desk.city is None:
            return RedirectResponse("/desk/login", status_code=303)
        state = await run_in_threadpool(_take, desk, request.cookies.get(COOKIE, ""))
        if state is None:  # unknown, too old, or used before
            return _note(desk, NO_PROOF, HTTPStatus.UNAUTHORIZED)
        try:
            claims = await desk.city.finish(request, state["known"])
            device = device_of(request.headers.get("user-agent", ""))
            opened = await run_in_threadpool(_sign_in, desk, claims, device)
        except CityUnreachable as error:
            log.warning("city_unreachable", why=str(error))
            return _note(desk, DOWN, HTTPStatus.SERVICE_UNAVAILABLE)
        except CityProofFailed as error:
            log.warning("city_proof_failed", why=str(error))
            return _note(desk, NO_PROOF, HTTPStatus.UNAUTHORIZED)
        except CityRefused as error:
            return _note(desk, REFUSED[error.why], HTTPStatus.FORBIDDEN)
        log.info("desk_login", agent_id=opened.agent.id)
        asked = target_of(state["asked"]) if opened.agent.serves else None
        return _enter(desk, opened, asked or home_of(opened.agent))

    return endpoint


def _enter(desk: Desk, opened: Login, target: str) -> Response:
    """Go on by a page of ours: a strict cookie is not sent along a way from another site."""
    html = desk.templates.get_template("city_enter.html").render(agent=opened.agent, target=target)
    response = with_cookie(desk, HTMLResponse(html), opened.token)
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _note(desk: Desk, text: str, status: HTTPStatus) -> Response:
    name = "" if desk.city is None else desk.city.name
    return login_form(desk, note=text.format(name=name), status=status, asked="")


def _put(desk: Desk, key: str, state: dict[str, Any]) -> None:
    with desk.unit_of_work() as unit:
        unit.city_logins.forget(desk.now() - WITHIN)
        unit.city_logins.put(digest(key), state, desk.now())


def _take(desk: Desk, key: str) -> dict[str, Any] | None:
    with desk.unit_of_work() as unit:
        return unit.city_logins.take(digest(key), desk.now() - WITHIN)


def _sign_in(desk: Desk, claims: Mapping[str, Any], device: str) -> Login:
    assert desk.city is not None
    return sign_in_from_city(
        desk.unit_of_work, rules=desk.city.rules, claims=claims, now=desk.now(), device=device
    )
