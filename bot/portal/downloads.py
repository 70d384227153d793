"""What people take away, under the secret link of a plan: files, and short links with QR code."""

from collections.abc import Mapping

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.documents.qr import qr_data_uri
from bot.domain.short_links import UnknownLink
from bot.portal.pages import file
from bot.portal.plan import live_plan, plan_page
from bot.portal.plan_site import PlanSite
from bot.services.papers.short_links import make_short_link, plan_by_code, revoke_short_links
from bot.services.plans.snapshot import read_snapshot

PICTURES: Mapping[str, str] = {"png": "image/png", "svg": "image/svg+xml"}
LONGEST_NAME = 40
NOT_IN_NAMES = '\\/:*?"<>|\r\n\t“”'


def routes(site: PlanSite) -> list[Route]:
    """Return the routes of all files and of short links."""
    own = Downloads(site)

    def route(path: str, name: str, *methods: str) -> Route:
        endpoint = site.guarded(getattr(own, name))
        return Route(path, endpoint, methods=list(methods) or ["GET"], name=f"plan_{name}")

    return [
        route("/plans/{token}/notice.pdf", "notice"),
        route("/plans/{token}/form.docx", "form"),
        route("/plans/{token}/plan.png", "png"),
        route("/plans/{token}/plan.svg", "svg"),
        route("/plans/{token}/plan.ics", "calendar"),
        route("/plans/{token}/short-link", "make_link", "POST"),
        route("/plans/{token}/short-link/revoke", "revoke_links", "POST"),
        route("/s/{code}", "by_code"),
    ]


class Downloads:
    """Handlers; what can go wrong is turned into a page by `PlanSite.guarded`."""

    def __init__(self, site: PlanSite) -> None:
        self._site = site

    async def notice(self, request: Request) -> Response:
        """Give the sealed notice."""
        saved = await self._site.plan_of(request)
        made = await self._site.maker.notice(saved)
        return file(made.content, made.media_type, f"一次性告知单-{made.number}.pdf")

    async def form(self, request: Request) -> Response:
        """Give the single form as it is filled in now."""
        saved = await self._site.plan_of(request)
        filled, made = await self._site.maker.form(saved)
        return file(made.content, made.media_type, f"{filled.form.title}-{made.number}.docx")

    async def png(self, request: Request) -> Response:
        """Show the plan as a picture."""
        return await self._picture(request, "png")

    async def svg(self, request: Request) -> Response:
        """Show the plan as a drawing that stays sharp at any size."""
        return await self._picture(request, "svg")

    async def calendar(self, request: Request) -> Response:
        """Give the due dates."""
        saved = await self._site.plan_of(request)
        content = await self._site.maker.calendar(saved)
        name = plain_name(f"办事日历-{read_snapshot(saved.snapshot).title}")
        return file(content, "text/calendar", f"{name}.ics")

    async def make_link(self, request: Request) -> Response:
        """Make a short link and show it with its QR code, this once."""
        saved = await self._site.plan_of(request)
        app = self._site.app
        code = await run_sync(make_short_link, app.unit_of_work, saved, app.now())
        url = f"{app.settings.base_url}/s/{code}"
        return self._site.page(
            "short_link.html",
            url=url,
            qr=qr_data_uri(url),
            plan_path=f"/plans/{request.path_params['token']}",
        )

    async def revoke_links(self, request: Request) -> Response:
        """Switch every short link of the plan off."""
        saved = await self._site.plan_of(request)
        app = self._site.app
        count = await run_sync(revoke_short_links, app.unit_of_work, saved, app.now())
        return self._site.page(
            "short_links_off.html", count=count, plan_path=f"/plans/{request.path_params['token']}"
        )

    async def by_code(self, request: Request) -> Response:
        """Show the plan under a short link, to be read only."""
        app = self._site.app

        def look() -> Response:
            code = request.path_params["code"]
            try:
                saved = plan_by_code(
                    app.unit_of_work, code=code, client=client_of(request), now=app.now()
                )
            except UnknownLink:
                return self._site.page("short_link_missing.html", 404)
            return plan_page(self._site.pages, saved, own_path="", live=live_plan(app, saved))

        return await run_sync(look)

    async def _picture(self, request: Request, wanted: str) -> Response:
        saved = await self._site.plan_of(request)
        content = await self._site.maker.picture(saved, wanted)
        name = plain_name(f"办事计划-{read_snapshot(saved.snapshot).title}")
        return file(content, PICTURES[wanted], f"{name}.{wanted}", is_shown=True)


def plain_name(text: str) -> str:
    """Return a text that every system takes as the name of a file."""
    kept = "".join(character for character in text if character not in NOT_IN_NAMES)
    return " ".join(kept.split())[:LONGEST_NAME]


def client_of(request: Request) -> str:
    """Return the address that asks; "" when the server does not know it."""
    return request.client.host if request.client else ""
