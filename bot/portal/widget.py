"""The widget: a script for any site that is on the list, the chat page in a frame, a demo page."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import anyio
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from bot.domain.switches import WIDGET, SwitchTexts
from bot.services.operating.switches import switches_off
from bot.services.ports import OpenUnitOfWork
from bot.settings import BadSetting, Settings
from bot.web_guard import SECURITY_HEADERS

HERE = Path(__file__).parent
FRAME_PATH = "/widget/frame"
SCRIPT_AGE_S = 300
"""Sites get a new version of the script this much later at most."""

SPEAKING = {"Permissions-Policy": "camera=(), geolocation=(), microphone=(self)"}
"""The chat page may listen, where the browser offers voice input and the person agrees."""

DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_origins(raw: str) -> tuple[str, ...]:
    """Return the origins that may embed the widget, as browsers write them.

    Raises:
        BadSetting: One is no `http(s)://host` or `http(s)://host:port`.
    """
    return tuple(_origin(one.strip()) for one in raw.split(",") if one.strip())


def frame_headers(origins: tuple[str, ...]) -> dict[str, str]:
    """Return the headers of the page in the frame: only the listed sites may show it."""
    ancestors = " ".join(("'self'", *origins))
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    return {
        "Content-Security-Policy": policy.replace(
            "frame-ancestors 'self'", f"frame-ancestors {ancestors}"
        ),
        "Cache-Control": "no-store",
        **SPEAKING,
    }


class WhenOff:
    """Knows whether the widget is out of use, and what is said then."""

    def __init__(self, texts: SwitchTexts, reading: OpenUnitOfWork) -> None:
        self._texts = texts
        self._reading = reading

    async def said(self) -> str | None:
        """Return the sentence for visitors, None while the widget is in use."""
        off = (await anyio.to_thread.run_sync(switches_off, self._reading)).get(WIDGET)
        return None if off is None else self._texts.widget_off.format(reason=off.reason)


def routes(
    settings: Settings, templates: Jinja2Templates, context: dict[str, object], when_off: WhenOff
) -> list[BaseRoute]:
    """Return the routes of the widget; none while it is switched off.

    Args:
        settings: Which sites may embed it, and whether there is a demo page.
        templates: The templates of the portal.
        context: What the chat page needs.
        when_off: Whether it is out of use.

    Raises:
        BadSetting: The list of sites cannot be read.
    """
    origins = parse_origins(settings.widget_origins)
    if not origins and not settings.widget_demo:
        return []

    async def script(_request: Request) -> Response:
        headers = {
            "Cache-Control": f"public, max-age={SCRIPT_AGE_S}",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        path = HERE / "static" / "widget.js"
        return FileResponse(path, media_type="text/javascript", headers=headers)

    async def frame(request: Request) -> Response:
        own = f"{request.url.scheme}://{request.url.netloc}"
        if not _may_show(request, (own, *origins)):
            page = templates.TemplateResponse(request, "widget_refused.html", status_code=403)
            page.headers.update(frame_headers(origins))
            return page
        if said := await when_off.said():
            shown = {"said": said}
            page = templates.TemplateResponse(request, "widget_off.html", shown, status_code=503)
            page.headers.update(frame_headers(origins))
            return page
        values = {**context, "is_widget": True, "origins": json.dumps([own, *origins])}
        page = templates.TemplateResponse(request, "chat.html", values)
        page.headers.update(frame_headers(origins))
        return page

    async def demo(request: Request) -> Response:
        page = templates.TemplateResponse(request, "widget_demo.html")
        policy = SECURITY_HEADERS["Content-Security-Policy"]
        page.headers["Content-Security-Policy"] = f"{policy}; frame-src 'self'"
        return page

    return [
        Route("/widget.js", script),
        Route(FRAME_PATH, frame),
        *([Route("/widget/demo", demo)] if settings.widget_demo else []),
    ]


def _may_show(request: Request, allowed: tuple[str, ...]) -> bool:
    """Tell whether the embedding site is on the list, when the browser names it.

    Most send it; where they do not, the header `frame-ancestors` still decides.
    """
    referer = request.headers.get("referer", "")
    if not referer or request.headers.get("sec-fetch-dest", "iframe") != "iframe":
        return True
    try:
        return _origin_of(referer) in allowed
    except ValueError:
        return False


def _origin(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        origin = _origin_of(raw)
    except ValueError as error:
        raise BadSetting(f"XIAOER_WIDGET_ORIGINS: {raw!r} is no address") from error
    is_bare = parts.path in {"", "/"} and not parts.query and not parts.fragment
    if not is_bare or "*" in raw or parts.username is not None:
        raise BadSetting(f"XIAOER_WIDGET_ORIGINS: {raw!r}: expected http(s)://host[:port]")
    return origin


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise ValueError(address)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if any(sign in host for sign in " ;,'\""):
        raise ValueError(address)
    port = parts.port
    suffix = "" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"
