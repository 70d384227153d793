"""What the pages under a plan's secret link share: finding the plan, saying what went wrong."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from bot.bootstrap import App
from bot.documents.fonts import FontMissing
from bot.documents.seal_file import SealUnusable
from bot.documents.templates import BadTemplate
from bot.documents.worker import WorkerBusy, WorkerFailed
from bot.domain.plans import SavedPlan, UnknownPlan
from bot.domain.short_links import TooManyLinks, TooManyLookups
from bot.portal.pages import html, open_pages
from bot.portal.paper_maker import PaperMaker
from bot.services.plans.plans import get_plan_by_token

log = structlog.get_logger()

RETRY_AFTER_S = "10"

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class PlanSite:
    """Everything the pages of plans and documents use."""

    app: App
    maker: PaperMaker
    pages: Environment

    async def plan_of(self, request: Request) -> SavedPlan:
        """Return the plan under the secret link of the request; raises `UnknownPlan`."""
        token = request.path_params["token"]
        return await run_sync(get_plan_by_token, self.app.unit_of_work, token)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page without script."""
        return html(self.pages.get_template(template).render(values), status)

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """Return the endpoint with a page for whatever can go wrong with a document."""

        async def answer(request: Request) -> Response:
            try:
                return await endpoint(request)
            except UnknownPlan:
                return self.page("plan_missing.html", 404)
            except TooManyLookups:
                return self._trouble("too_many", 429)
            except TooManyLinks:
                return self._trouble("links", 409)
            except WorkerBusy:
                return self._trouble("busy", 503)
            except (WorkerFailed, BadTemplate, FontMissing, SealUnusable) as error:
                log.error("paper_failed", error=type(error).__name__, reason=str(error))  # noqa: TRY400 - the reason says all
                return self._trouble("failed", 503)

        return answer

    def _trouble(self, reason: str, status: int) -> Response:
        response = self.page("paper_trouble.html", status, reason=reason)
        if status in {429, 503}:
            response.headers["Retry-After"] = RETRY_AFTER_S
        return response


def open_site(app: App, maker: PaperMaker) -> PlanSite:
    """Return what the pages share."""
    return PlanSite(app, maker, open_pages())
