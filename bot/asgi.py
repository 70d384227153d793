"""The one web application that people reach: chat, public pages, desk, health."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.bootstrap import App, build
from bot.channels.contract import Channel
from bot.channels.registry import DECLARATIONS, open_channels
from bot.channels.web.errors import ApiError
from bot.desk.routes import routes as desk_routes
from bot.desk.sweeper import run_sweeper
from bot.documents.check import FOLDER, require_templates
from bot.documents.worker import PaperWorker
from bot.domain.channels import abilities_by_name
from bot.domain.hub_texts import HubTexts
from bot.hub.case_watch import run_case_watch
from bot.hub.hub import Hub, build_hub, run_hub
from bot.hub.news import run_case_news
from bot.hub.paper_reminders import run_paper_reminders
from bot.hub.plan_news import run_plan_news
from bot.portal.papers import LARGER_BODIES
from bot.portal.papers import routes as paper_routes
from bot.portal.plan import routes as plan_routes
from bot.portal.routes import routes as portal_routes
from bot.readiness import check_readiness
from bot.services.case_watch import CaseWatch
from bot.settings import load_settings
from bot.store.application_texts import load_application_texts
from bot.store.case_news import load_case_news
from bot.store.hub_texts import load_hub_texts
from bot.web_guard import SECURITY_HEADERS, BodyLimit, SecurityHeaders

CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}

log = structlog.get_logger()


def application() -> Starlette:
    """Build everything from the environment; for `uvicorn --factory bot.asgi:application`.

    Run it with `ws="wsproto"` (Rasa pins an old websockets) and `timeout_graceful_shutdown=3`:
    clients that wait for news would otherwise hold a stopping server for up to 30 s.
    """
    app = build(load_settings())
    require_templates(app.settings.data_dir / FOLDER, app.forms)
    return create_app(app)


def create_app(
    app: App, papers: PaperWorker | None = None, more_channels: Sequence[Channel] = ()
) -> Starlette:
    """Put the web application together; the workers run within its lifespan.

    Handlers find the hub in `request.app.state.hub` (to ring `hub.wakeups` after a commit).

    Args:
        app: Data, settings and clock.
        papers: Another worker for documents, for tests.
        more_channels: Channels of a fork, beside those of the registry.
    """
    papers = papers or PaperWorker()
    texts = load_hub_texts(app.settings.data_dir)
    channels = (*open_channels(app), *more_channels)
    declared = (*DECLARATIONS, *(one.declaration for one in more_channels))
    hub = build_hub(
        app.settings,
        unit_of_work=app.unit_of_work,
        now=app.now,
        texts=texts,
        channels=abilities_by_name(declared),
        senders={one.declaration.name: one.sender for one in channels if one.sender},
        files={one.declaration.name: one.files for one in channels if one.files},
    )
    errors = _Errors(texts)

    @asynccontextmanager
    async def lifespan(_web: Starlette) -> AsyncIterator[None]:
        clock = _clock(app, hub)
        if not app.settings.testing:
            clock.append(asyncio.create_task(papers.warm()))
        try:
            async with run_hub(hub), AsyncExitStack() as running:
                for channel in channels:
                    await running.enter_async_context(channel.running(hub))
                yield
        finally:
            for task in clock:
                task.cancel()
            await asyncio.gather(*clock, return_exceptions=True)
            papers.close()

    web = Starlette(
        routes=_routes(app, hub, papers, channels),
        lifespan=lifespan,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(BodyLimit, refuse=errors.refuse_body, larger=LARGER_BODIES),
        ],
        exception_handlers={
            ApiError: errors.on_api_error,
            HTTPException: errors.on_http_error,
            Exception: errors.on_failure,
        },
    )
    web.state.hub = hub
    return web


def _clock(app: App, hub: Hub) -> list[asyncio.Task[None]]:
    """Start what watches deadlines and sends news; two hubs doing so are harmless."""
    words = app.settings.data_dir / "services"
    store, wakeups, now = app.unit_of_work, hub.wakeups, app.now
    news = load_case_news(words / "case_news.yml")
    reminders = load_application_texts(words / "application_texts.yml")
    calendar, composer = app.calendar, app.plan_composer
    rules, watch = app.case_rules, CaseWatch(store, app.case_rules, calendar)
    watched = (
        run_sweeper(app, wakeups),
        run_case_news(store, wakeups, texts=news, rules=rules, now=now),
        run_case_watch(watch, wakeups, now=now),
        run_plan_news(store, wakeups, composer=composer, texts=app.plan_news, now=now),
        run_paper_reminders(store, wakeups, texts=reminders, calendar=calendar, now=now),
    )
    return [asyncio.create_task(task) for task in watched]


def _routes(
    app: App, hub: Hub, papers: PaperWorker, channels: Sequence[Channel]
) -> list[BaseRoute]:
    async def alive(_request: Request) -> Response:
        return _json({"alive": True}, 200)

    async def ready(_request: Request) -> Response:
        readiness = await check_readiness(app.engine, hub.rasa)
        return _json(readiness.as_json(), 200 if readiness.is_ready else 503)

    return [
        Route("/healthz", alive),
        Route("/readyz", ready),
        *(route for channel in channels for route in channel.routes(hub)),
        *desk_routes(app),
        *paper_routes(app, papers),
        *plan_routes(app),
        *portal_routes(hub.texts),
    ]


class _Errors:
    """Gives every refusal and failure the one JSON shape."""

    def __init__(self, texts: HubTexts) -> None:
        self._texts = texts

    async def on_api_error(self, _request: Request, error: Exception) -> Response:
        if not isinstance(error, ApiError):  # narrows the type; Starlette calls by class
            raise error
        response = self._answer(error.status, error.code, **error.values)
        if error.status == 401:  # noqa: PLR2004 - RFC 9110 wants the challenge
            response.headers["WWW-Authenticate"] = "Bearer"
        if error.status == 429:  # noqa: PLR2004 - too many requests
            response.headers["Retry-After"] = "5"
        return response

    async def on_http_error(self, _request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):  # narrows the type; Starlette calls by class
            raise error
        code = CODES.get(error.status_code, "bad_request")
        response = self._answer(error.status_code, code)
        response.headers.update(error.headers or {})
        return response

    async def on_failure(self, request: Request, error: Exception) -> Response:
        log.error("request_failed", path=request.url.path, error=type(error).__name__)
        response = self._answer(500, "internal_error")
        response.headers.update(SECURITY_HEADERS)  # given outside of all middleware
        return response

    async def refuse_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(413, "body_too_large")(scope, receive, send)

    def _answer(self, status: int, code: str, **values: object) -> Response:
        message = self._texts.error(code, **values)
        return _json({"error": {"code": code, "message": message}}, status)


def _json(content: object, status: int) -> Response:
    return Response(msgspec.json.encode(content), status_code=status, media_type="application/json")
