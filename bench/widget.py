"""How soon the widget is there after the press, on a slow machine, beside Bot Framework Web Chat.

    python -m bench.widget --rounds 9 --slower 4 --webchat package/dist/webchat-minimal.js

Both are shown in a frame of the same hub's machine by the same page in the same Chromium, in turn.
`--slower` is Chromium's own brake on the processor (CDP `Emulation.setCPUThrottlingRate`). What is
measured: from the press to the first contentful paint inside the frame, nothing cached, and to the
moment when something can be typed. Web Chat is not part of this repository: `npm pack
botframework-webchat` fetches it; without `--webchat` the widget is measured alone.
"""

import argparse
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from bot.asgi import create_app
from bot.operations.ports_free import free_port
from bot.settings import ROOT, Settings
from tests.servers import ServerThread
from tests.web_app import open_app

STATIC = ROOT / "bot" / "portal" / "static"
OURS = ("chat.css", "tools.css", "api.js", "memory.js", "view.js", "chat.js", "tools.js")
OURS_TOO = ("speech.js", "files.js", "frame.js")
TYPED_INTO = {"widget": "#text", "webchat": "[data-id='webchat-sendbox-input'], input[type=text]"}
PAGE = """<!doctype html><meta charset="utf-8"><title>site</title><body>{body}</body>"""
WEBCHAT = """<!doctype html><meta charset="utf-8"><title>Web Chat</title>
<div id="webchat" style="height: 600px"></div><script src="/webchat.js"></script><script>
const nothing = { subscribe: (o) => { o.next?.(2); return { unsubscribe() {} }; } };
const empty = { subscribe: () => ({ unsubscribe() {} }) };
WebChat.renderWebChat({ directLine: { activity$: empty, connectionStatus$: nothing,
  postActivity: () => empty, end() {} } }, document.getElementById("webchat"));
</script>"""
OPEN = """(which) => {
  window.pressed = performance.timeOrigin + performance.now();
  if (which === "widget") {
    document.querySelector("#xiaoer-widget").shadowRoot.querySelector("button").click();
  } else {
    const frame = document.createElement("iframe");
    frame.src = "/webchat"; frame.width = 400; frame.height = 660; document.body.append(frame);
  }
}"""
PAINTED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return paint ? performance.timeOrigin + paint.startTime : 0;
}"""


@contextmanager
def serving(webchat: Path | None) -> Iterator[tuple[str, str]]:
    """Serve the hub and a site beside it; yields both addresses."""

    def site(request: Request) -> Response:
        if request.url.path == "/webchat":
            return HTMLResponse(WEBCHAT)
        if request.url.path == "/webchat.js" and webchat is not None:
            return FileResponse(webchat, media_type="text/javascript")
        return HTMLResponse(PAGE.format(body=f'<script src="{hub.url}/widget.js"></script>'))

    beside = ServerThread(Starlette(routes=[Route("/{rest:path}", site)]), free_port())
    with TemporaryDirectory() as folder:
        settings = Settings(
            port=free_port(),
            database_url=f"sqlite:///{folder}/bench.db",
            widget_origins=beside.url,
            testing=True,
        )
        with open_app(settings) as app:
            hub = ServerThread(create_app(app), settings.port)
            hub.start()
            beside.start()
            yield hub.url, beside.url
            beside.stop()
            hub.stop()


def measure(chromium: Browser, site: str, which: str, slower: float) -> tuple[float, float]:
    """Return milliseconds from the press to the paint, and until something can be typed."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(site)
    page.wait_for_load_state("networkidle")
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(OPEN, which)
    times = _times(page, TYPED_INTO[which])
    context.close()
    return times


def _times(page: Page, typed_into: str) -> tuple[float, float]:
    frame = next(one for one in page.frames if one != page.main_frame)
    frame.wait_for_selector(typed_into, timeout=60_000)
    ready = page.evaluate("performance.timeOrigin + performance.now()")
    frame.wait_for_function(PAINTED)
    pressed = page.evaluate("window.pressed")
    return frame.evaluate(PAINTED) - pressed, ready - pressed


def sizes(webchat: Path | None) -> None:
    """Print what has to be fetched, packed as a server would."""
    files = {"widget.js, before the press": [STATIC / "widget.js"]}
    files["the chat page's scripts and styles"] = [STATIC / name for name in OURS + OURS_TOO]
    if webchat is not None:
        files[webchat.name] = [webchat]
    for name, paths in files.items():
        raw = sum(path.stat().st_size for path in paths)
        packed = sum(len(gzip.compress(path.read_bytes())) for path in paths)
        print(f"{name}: {raw / 1024:.0f} KiB, gzip {packed / 1024:.0f} KiB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--slower", type=float, default=4)
    parser.add_argument("--webchat", type=Path)
    given = parser.parse_args()
    sizes(given.webchat)
    kinds = ("widget", "webchat") if given.webchat else ("widget",)
    seen: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with serving(given.webchat) as (_, site), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for _ in range(given.rounds):
            for kind in kinds:
                seen[kind].append(measure(chromium, site, kind, given.slower))
        chromium.close()
    for kind, times in seen.items():
        paint, ready = ([one[index] for one in times] for index in (0, 1))
        print(
            f"{kind}: first paint {median(paint):.0f} ms (most {max(paint):.0f}), "
            f"can be typed into {median(ready):.0f} ms (most {max(ready):.0f}), "
            f"{given.rounds} rounds, processor {given.slower:g} times slower"
        )


if __name__ == "__main__":
    main()
