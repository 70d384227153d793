"""Somebody else's site that embeds the widget, on an origin of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import FrameLocator, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.servers import ServerThread

STRICT = "default-src 'none'; script-src {hub}; frame-src {hub}; style-src 'self'"
"""What a careful site needs to allow; inline styles and scripts are not among it."""


@dataclass
class OtherSite:
    """Pages `/` and `/two` with the one line; `attributes` go into it."""

    hub: str
    attributes: str = ""
    paths: list[str] = field(default_factory=list)
    url: str = ""
    far_url: str = ""

    def page(self, request: Request) -> Response:
        """Serve a page."""
        self.paths.append(request.url.path)
        body = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            "<title>某区政府网</title>"
            '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>'
            f"<main><h1>{request.url.path}</h1><p>办事大厅</p><a href='/two'>另一页</a></main>"
            f'<script src="{self.hub}/widget.js" {self.attributes} defer></script></body></html>'
        )
        return HTMLResponse(body, headers={"Content-Security-Policy": STRICT.format(hub=self.hub)})


@contextmanager
def other_site(hub: str, port: int) -> Iterator[OtherSite]:
    """Serve the site on a port of its own: another origin than the hub, of the same site.

    Under `far_url` it is of another site as well; windows like those of these tests, which keep
    nothing, forbid frames of other sites to store anything.
    """
    site = OtherSite(hub)
    server = ServerThread(Starlette(routes=[Route("/{rest:path}", site.page)]), port)
    server.start()
    site.url, site.far_url = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
    yield site
    server.stop()


def chat(page: Page) -> FrameLocator:
    """Return the inside of the widget."""
    return page.frame_locator("#xiaoer-widget iframe")


def launcher(page: Page):  # noqa: ANN201 - a locator
    """Return the button of the widget."""
    return page.locator("#xiaoer-widget button")
