"""The one web application that people reach: chat, public pages, desk, health."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from prometheus_client.core import GaugeMetricFamily
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot import logs
from bot.bootstrap import App, build, message_journeys, message_transactions
from bot.channels.contract import Channel
from bot.channels.platform.routes import platform_routes
from bot.channels.registry import DECLARATIONS, open_channels
from bot.channels.web.attachments import LARGER_BODIES as CHAT_BODIES
from bot.channels.web.errors import ApiError
from bot.desk.context import COOKIE as DESK_COOKIE
from bot.desk.files import LARGER_BODIES as DESK_BODIES
from bot.desk.routes import routes as desk_routes
from bot.desk.sweeper import run_queue, run_sweeper
from bot.documents.case_list_text import case_buttons, my_cases_buttons, my_cases_text
from bot.documents.case_text import case_text
from bot.documents.check import FOLDER, require_templates
from bot.documents.policy_news_text import load_policy_news, news_writer
from bot.documents.worker import PaperWorker
from bot.domain.channels import abilities_by_name
from bot.domain.conversations import Button, Reply
from bot.domain.hub_texts import HubTexts
from bot.hub.booking_clock import run_booking_clock
from bot.hub.case_watch import run_case_watch
from bot.hub.crowd_watch import run_crowd_watch
from bot.hub.events_out import run_events_out
from bot.hub.feedback_watch import run_feedback_watch
from bot.hub.hot_watch import run_hot_watch
from bot.hub.hub import Hub, build_hub, run_hub
from bot.hub.news import run_case_news
from bot.hub.open_count import run_open_count
from bot.hub.paper_reminders import run_paper_reminders
from bot.hub.plan_news import run_plan_news
from bot.hub.platform_watch import run_platform_watch
from bot.hub.policy_watch import run_policy_watch
from bot.hub.privacy_watch import run_privacy_watch
from bot.hub.rasa_client import RasaClient
from bot.hub.retention_watch import run_retention
from bot.hub.review_invitations import run_review_invitations
from bot.hub.shared_counts import SharedCounter
from bot.hub.talk_news import run_talk_news
from bot.hub.ticket_watch import run_ticket_news, run_ticket_watch
from bot.portal import description, open_answers, open_statistics, open_talks
from bot.portal.booking import routes as booking_routes
from bot.portal.pages import open_pages
from bot.portal.papers import LARGER_BODIES
from bot.portal.papers import routes as paper_routes
from bot.portal.plan import routes as plan_routes
from bot.portal.policies import routes as policy_routes
from bot.portal.refusals import is_read, refusal
from bot.portal.review import routes as review_routes
from bot.portal.routes import routes as portal_routes
from bot.portal.whistle import LARGER_BODIES as WHISTLE_BODIES
from bot.portal.whistle import routes as whistle_routes
from bot.readiness import check_readiness
from bot.services.bookings.clock import BookingClock
from bot.services.cases.mine import MyCases
from bot.services.cases.views import CaseView
from bot.services.cases.watch import CaseWatch
from bot.services.conversations.outgoing_ports import Broker
from bot.services.meetings.words import TalkWords
from bot.services.platform.feed import Feed
from bot.services.tickets.hot_watch import HotWatch
from bot.services.tickets.watch import TicketWatch
from bot.services.times.local_time import local_day
from bot.settings import BadSetting, Settings, load_settings
from bot.store.application_texts import load_application_texts
from bot.store.case_news import load_case_news
from bot.store.hub_texts import load_hub_texts
from bot.store.platform_texts import load_feed_texts
from bot.store.rasa_memory import RasaMemory
from bot.store.retention_rules import load_retention
from bot.store.review_texts import load_invitation
from bot.store.ticket_news import load_ticket_news
from bot.strong_secrets import require_strong
from bot.telemetry.gauges import gauges
from bot.telemetry.memory import settle
from bot.telemetry.publish import publish
from bot.telemetry.tracing import start_tracing
from bot.web_guard import SECURITY_HEADERS, BodyLimit, SecurityHeaders, bound_numbers
from bot.web_limits import WINDOW_S, Counter, Counts, RateLimit

LARGER = {**LARGER_BODIES, **WHISTLE_BODIES, **DESK_BODIES, **CHAT_BODIES}
"""Paths that take larger bodies than all others, and how large."""

HERE, ELSEWHERE = "here", "elsewhere"
WARM_AFTER_S, WARM_AFTER_LOOKS, LOOK_EVERY_S = 5.0, 60, 1.0
"""How often the start of Rasa is waited for before the worker for documents is started."""

CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}

log = structlog.get_logger()


def application() -> Starlette:
    """Build everything from the environment; called by `bot.hub_start`.

    Run it with `ws="wsproto"` (Rasa pins an old websockets) and `timeout_graceful_shutdown=3`:
    clients that wait for news would otherwise hold a stopping server for up to 30 s.
    """
    logs.configure(json=True)  # plain tracebacks: no local variables, so nobody's words
    settings = load_settings()
    if not settings.testing:
        require_strong(settings)
    app = build(settings)
    require_templates(app.settings.data_dir / FOLDER, app.forms)
    _watch(app)
    return create_app(app)


def _watch(app: App) -> None:
    """Publish the metrics and start the traces, as the settings say."""
    settings = app.settings

    def read() -> list[GaugeMetricFamily]:
        now = app.now()
        with app.reading() as unit:
            return gauges(unit.figures.read(now=now, today=local_day(now)))

    start_tracing(settings.otlp_url, "hub")
    publish(settings.metrics_host, settings.metrics_port, read)


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
    bound_numbers()
    texts = load_hub_texts(app.settings.data_dir)
    channels = (*open_channels(app), *more_channels)
    declared = (*DECLARATIONS, *(one.declaration for one in channels))
    hub = build_hub(
        app.settings,
        unit_of_work=app.unit_of_work,
        reading=app.reading,
        now=app.now,
        texts=texts,
        channels=abilities_by_name(declared),
        senders={one.declaration.name: one.sender for one in channels if one.sender},
        files={one.declaration.name: one.files for one in channels if one.files},
        forget=RasaMemory(app.settings.rasa_database).forget,
        messages=message_transactions(app),
        at_once=message_journeys(app),
    )
    papers, errors, feed = papers or PaperWorker(), _Errors(texts), open_feed(app)

    @asynccontextmanager
    async def lifespan(_web: Starlette) -> AsyncIterator[None]:
        clock = start_clock(app, hub, feed) if has_clock(app.settings) else []
        if not app.settings.testing:
            clock.append(asyncio.create_task(_warm(papers, hub.rasa)))
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
        routes=[
            *_routes(app, hub, papers, channels),
            *platform_routes(feed, app.platform_keys, hub.wakeups),
        ],
        lifespan=lifespan,
        middleware=_middleware(app, errors),
        exception_handlers=errors.handlers,
    )
    web.state.hub = hub
    return web


async def _warm(papers: PaperWorker, rasa: RasaClient) -> None:
    """Let everything else start first: nobody needs a document before the first answer.

    After a restart Rasa is there already, and people who waited for the hub come first.
    """
    await asyncio.sleep(WARM_AFTER_S)
    for _ in range(WARM_AFTER_LOOKS):
        if (await rasa.status()).is_up:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    settle()
    await papers.warm()


def _middleware(app: App, errors: "_Errors") -> list[Middleware]:
    """Return what every answer goes through, the outermost first."""
    return [
        Middleware(SecurityHeaders, is_https=app.settings.is_production),
        Middleware(
            RateLimit,
            refuse=errors.refuse_busy,
            address=_counts(app, "address", app.settings.address_per_minute),
            account=_counts(app, "account", app.settings.account_per_minute),
            cookie=DESK_COOKIE,
        ),
        Middleware(BodyLimit, refuse=errors.refuse_body, larger=LARGER),
    ]


def _counts(app: App, name: str, most: int) -> Counts:
    url = app.settings.redis_url
    return SharedCounter(url, name, most) if url else Counter(most)


def open_feed(app: App) -> Feed | None:
    """Return how the approval platform is listened to, None where there is none."""
    if app.platform is None:
        return None

    def render(view: CaseView) -> Reply:
        buttons = (Button(one["title"], one["payload"]) for one in case_buttons(view))
        return Reply(case_text(view, app.catalogue, app.case_rules), tuple(buttons))

    def render_list(mine: MyCases) -> Reply:
        buttons = (Button(one["title"], one["payload"]) for one in my_cases_buttons(mine))
        return Reply(my_cases_text(mine), tuple(buttons))

    return Feed(
        unit_of_work=app.unit_of_work,
        platform=app.platform,
        calendar=app.calendar,
        now=app.now,
        poll_every=timedelta(seconds=app.settings.platform_poll_s),
        texts=load_feed_texts(app.settings.data_dir / "services" / "platform.yml"),
        render=render,
        render_list=render_list,
    )


def has_clock(settings: Settings) -> bool:
    """Tell whether the hub watches deadlines itself.

    Raises:
        BadSetting: It is not clear whether it should.
    """
    if settings.clock not in {HERE, ELSEWHERE}:
        raise BadSetting(f"XIAOER_CLOCK: expected {HERE} or {ELSEWHERE}")
    return settings.clock == HERE


def start_clock(app: App, hub: Hub, feed: Feed | None) -> list[asyncio.Task[None]]:
    """Start what watches deadlines and sends news; two hubs doing so are harmless."""
    words = app.settings.data_dir / "services"
    store, wakeups, now = app.unit_of_work, hub.wakeups, app.now
    forget = RasaMemory(app.settings.rasa_database).forget
    news = load_case_news(words / "case_news.yml")
    reminders = load_application_texts(words / "application_texts.yml")
    calendar, composer = app.calendar, app.plan_composer
    bookings = BookingClock(store, app.booking_teller, calendar)
    rules, watch = app.case_rules, CaseWatch(store, app.case_rules, calendar)
    whistles = TicketWatch(store, app.whistle_rules, calendar)
    told = load_ticket_news(words / "ticket_news.yml")
    heard = load_policy_news(app.settings.data_dir / "policy" / "news.yml")
    policies = news_writer(heard, app.catalogue)
    watched = (
        run_ticket_watch(whistles, wakeups, now=now),
        run_ticket_news(store, wakeups, texts=told, rules=rules, catalogue=app.catalogue, now=now),
        run_sweeper(app, wakeups),
        run_queue(app, wakeups),
        run_case_news(store, wakeups, texts=news, rules=rules, now=now),
        run_case_watch(watch, wakeups, now=now),
        run_hot_watch(HotWatch(store, app.hot_rules, app.router), wakeups, now=now),
        run_plan_news(store, wakeups, composer=composer, texts=app.plan_news, now=now),
        run_paper_reminders(store, wakeups, texts=reminders, calendar=calendar, now=now),
        run_booking_clock(bookings, wakeups, now=now),
        run_policy_watch(
            store,
            wakeups,
            catalogue=app.catalogue,
            write=policies,
            is_quiet=app.plan_news.is_quiet,
            now=now,
        ),
        run_privacy_watch(store),
        run_retention(store, load_retention(words / "retention.yml"), forget, now=now),
        run_crowd_watch(store, wakeups, line=hub.texts.lines["crowded"], now=now),
        run_events_out(store, _broker(app.settings), now=now),
        *_open_watches(app, hub),
        *(() if feed is None else (run_platform_watch(feed, wakeups),)),
    )
    return [asyncio.create_task(task) for task in watched]


def _open_watches(app: App, hub: Hub) -> Sequence[Coroutine[Any, Any, None]]:
    """Return what watches over reviews, complaints, talks and the open statistics."""
    store, wakeups, now, rules = app.unit_of_work, hub.wakeups, app.now, app.case_rules
    invited = load_invitation(app.settings.data_dir / "services")
    talks = TalkWords(hub.texts.talks, app.settings.base_url)
    danger, calendar = hub.texts.danger, app.calendar
    return (
        run_review_invitations(
            store, app.reading, wakeups, texts=invited, rules=rules, danger=danger, now=now
        ),
        run_feedback_watch(store, calendar=calendar, now=now),
        run_talk_news(store, wakeups, words=talks, rules=rules, now=now),
        run_open_count(app.reading, store, calendar=calendar, catalogue=app.catalogue, now=now),
    )


def _broker(settings: Settings) -> Broker | None:
    if not settings.events_url:
        return None
    from bot.hub.rabbit import Rabbit  # noqa: PLC0415 - who publishes no events needs no library

    return Rabbit(settings.events_url, settings.events_exchange)


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
        *policy_routes(app, papers),
        *whistle_routes(app),
        *open_answers.routes(app),
        *description.routes(app.settings.data_dir),
        *open_statistics.routes(app),
        *open_talks.routes(app),
        *review_routes(app),
        *booking_routes(app),
        *portal_routes(hub.texts, app.settings, app.reading),
    ]


class _Errors:
    """Gives every refusal and failure the one JSON shape, and a page to whoever opened one."""

    def __init__(self, texts: HubTexts) -> None:
        self._texts = texts
        self._pages = open_pages()
        self.handlers: Mapping[Any, Any] = {
            ApiError: self.on_api_error,
            HTTPException: self.on_http_error,
            Exception: self.on_failure,
        }

    async def on_api_error(self, _request: Request, error: Exception) -> Response:
        if not isinstance(error, ApiError):  # narrows the type; Starlette calls by class
            raise error
        response = self._answer(error.status, error.code, **error.values)
        if error.status == 401:  # noqa: PLR2004 - RFC 9110 wants the challenge
            response.headers["WWW-Authenticate"] = "Bearer"
        if error.status == 429:  # noqa: PLR2004 - too many requests
            response.headers["Retry-After"] = "5"
        return response

    async def on_http_error(self, request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):  # narrows the type; Starlette calls by class
            raise error
        code = CODES.get(error.status_code, "bad_request")
        response = self._shown(request, error.status_code, code)
        response.headers.update(error.headers or {})
        return response

    async def on_failure(self, request: Request, error: Exception) -> Response:
        log.error("request_failed", path=request.url.path, error=type(error).__name__)
        response = self._shown(request, 500, "internal_error")
        response.headers.update(SECURITY_HEADERS)  # given outside of all middleware
        return response

    async def refuse_busy(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._shown(Request(scope), 429, "too_many_requests")
        answer.headers["Retry-After"] = str(WINDOW_S)
        await answer(scope, receive, send)

    async def refuse_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._shown(Request(scope), 413, "body_too_large")(scope, receive, send)

    def _shown(self, request: Request, status: int, code: str) -> Response:
        if is_read(request):
            return refusal(self._pages, request, status, self._texts.error(code))
        return self._answer(status, code)

    def _answer(self, status: int, code: str, **values: object) -> Response:
        message = self._texts.error(code, **values)
        return _json({"error": {"code": code, "message": message}}, status)


def _json(content: object, status: int) -> Response:
    return Response(msgspec.json.encode(content), status_code=status, media_type="application/json")
