"""A package of policies under its short link: a page, and the same as PDF."""

from pathlib import Path

from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.documents import jobs
from bot.documents.check import FOLDER
from bot.documents.fonts import FontMissing
from bot.documents.policy_page import PackagePage, package_page
from bot.documents.templates import BadTemplate
from bot.documents.worker import PaperWorker, WorkerBusy, WorkerFailed
from bot.domain.short_links import TooManyLookups, UnknownLink
from bot.portal.pages import file, html, open_pages
from bot.services.policies.packages import PATH, package_by_code
from bot.services.policies.policies import policy_package
from bot.services.times.local_time import local_day

STYLESHEET = Path(__file__).parent / "static" / "policies.css"
RETRY_AFTER_S = "10"


def routes(app: App, worker: PaperWorker) -> list[Route]:
    """Return the routes under `/p/`."""
    own = PackagePages(app, worker, open_pages())

    def stylesheet(_: Request) -> Response:
        return FileResponse(STYLESHEET, media_type="text/css")

    return [
        Route(f"{PATH}assets/policies.css", stylesheet),
        Route(PATH + "{code}", own.show, methods=["GET"], name="policy_package"),
        Route(PATH + "{code}/package.pdf", own.pdf, methods=["GET"], name="policy_package_pdf"),
    ]


class PackagePages:
    """Handlers; a link that opens nothing says so and names the way to a new package."""

    def __init__(self, app: App, worker: PaperWorker, pages: Environment) -> None:
        self._app = app
        self._worker = worker
        self._pages = pages

    async def show(self, request: Request) -> Response:
        """Show the package with the verdicts of today."""
        try:
            page = await run_sync(self._page, request)
        except (UnknownLink, TooManyLookups) as error:
            return self._missing(error)
        pdf_path = f"{request.url.path}/package.pdf"
        return self._html("policy_package.html", 200, package=page, pdf_path=pdf_path)

    async def pdf(self, request: Request) -> Response:
        """Give the package as an accessible PDF."""
        folder = self._app.settings.data_dir / FOLDER
        try:
            page = await run_sync(self._page, request)
            made = await self._worker.run(jobs.policy_package, page, folder)
        except (UnknownLink, TooManyLookups) as error:
            return self._missing(error)
        except (WorkerBusy, WorkerFailed, BadTemplate, FontMissing) as error:
            reason = "busy" if isinstance(error, WorkerBusy) else "failed"
            response = self._html("paper_trouble.html", 503, reason=reason)
            response.headers["Retry-After"] = RETRY_AFTER_S
            return response
        return file(made, "application/pdf", f"政策包-{page.made_on}.pdf")

    def _page(self, request: Request) -> PackagePage:
        app, code = self._app, request.path_params["code"]
        client = request.client.host if request.client else ""
        kept = package_by_code(app.unit_of_work, code=code, client=client, now=app.now())
        facts = kept.facts
        package = policy_package(
            facts.profile, app.policy_library, today=local_day(app.now()), skipped=facts.skipped
        )
        url = f"{app.settings.base_url}{PATH}{code}"
        return package_page(package, app.catalogue, matter_ids=facts.matter_ids, url=url)

    def _missing(self, error: Exception) -> Response:
        if isinstance(error, TooManyLookups):
            return self._html("paper_trouble.html", 429, reason="too_many")
        return self._html("policy_missing.html", 404)

    def _html(self, template: str, status: int, **values: object) -> Response:
        return html(self._pages.get_template(template).render(values), status)
