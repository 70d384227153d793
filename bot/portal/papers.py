"""All pages and files that come from a plan, and the page that verifies them."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.documents.check import FOLDER
from bot.documents.texts import load_signing_texts
from bot.documents.worker import PaperWorker
from bot.portal import downloads, form_page, sign_page, verify
from bot.portal.paper_maker import PaperMaker
from bot.portal.plan_site import open_site

ASSETS = {"papers.css": "text/css", "sign.js": "text/javascript"}
LARGER_BODIES = {verify.PATH: verify.MAX_BODY_BYTES}
"""Paths that take a file, for the limit on request bodies."""


def routes(app: App, worker: PaperWorker) -> list[Route]:
    """Return the routes."""
    site = open_site(app, PaperMaker(app, worker))
    texts = load_signing_texts(app.settings.data_dir / FOLDER / "texts.yml")
    return [
        *(_asset(name, media_type) for name, media_type in ASSETS.items()),
        *downloads.routes(site),
        *form_page.routes(site),
        *sign_page.routes(site, texts),
        *verify.routes(site),
    ]


def _asset(name: str, media_type: str) -> Route:
    path = Path(__file__).parent / "static" / name

    def serve(_: Request) -> Response:
        return FileResponse(path, media_type=media_type)

    return Route(f"/plans/assets/{name}", serve)
