"""What an open page is told after a ring: its queue, that its own lists changed, or nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx

from bot.domain.people import Agent
from bot.hub.wakeups import DESK, agent_topic
from bot.services.desk import handover
from bot.settings import ROOT
from bot.store.desk_texts import load_desk_texts
from tests.desk.conftest import Site

LONG_S = 30


class Page:
    """The stream of a page, read through the ASGI interface: httpx holds streams back."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._changed = asyncio.Event()

    async def send(self, message: dict[str, object]) -> None:
        """Take a piece of the stream."""
        body = message.get("body", b"")
        assert isinstance(body, bytes)
        self.lines.extend(line for line in body.decode().splitlines() if line)
        self._changed.set()

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something has been said."""
        while not reached():
            await asyncio.wait_for(self._changed.wait(), LONG_S)
            self._changed.clear()

    def told(self, event: str) -> int:
        """Return how often an event has come."""
        return self.lines.count(f"event: {event}")

    def queues(self) -> list[dict[str, object]]:
        """Return the queues that have come."""
        starts = [at for at, line in enumerate(self.lines[:-1]) if line == "event: queue"]
        return [json.loads(self.lines[at + 1].removeprefix("data: ")) for at in starts]


@asynccontextmanager
async def open_page(site: Site, browser: httpx.AsyncClient, query: str) -> AsyncIterator[Page]:
    """Open a page's stream; it listens when the first beat has come."""
    page = Page()

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        raise AssertionError

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/desk/events",
        "raw_path": b"/desk/events",
        "query_string": query.encode(),
        "headers": [(b"cookie", f"xiaoer_desk={browser.cookies['xiaoer_desk']}".encode())],
        "http_version": "1.1",
    }
    stream = asyncio.ensure_future(site.asgi(scope, receive, page.send))  # type: ignore[arg-type]
    try:
        await page.until(lambda: page.told("beat") > 0)
        yield page
    finally:
        stream.cancel()
        await asyncio.gather(stream, return_exceptions=True)


async def test_a_changed_queue_is_handed_over_and_nothing_needs_to_be_fetched(
    site: Site, browser: httpx.AsyncClient
) -> None:
    async with open_page(site, browser, "queue=1") as page:
        conversation_id = site.cast.waiting("开火锅店")
        site.wakeups.ring(DESK)
        await page.until(lambda: len(page.queues()) == 1)

        (queue,) = page.queues()
        assert queue["ids"] == [conversation_id]
        assert queue["department"] == 1
        assert "开火锅店" in str(queue["html"])
        assert page.told("wake") == 0


async def test_what_changes_an_agents_own_lists_makes_its_page_fetch(
    site: Site, browser: httpx.AsyncClient, meimei: Agent
) -> None:
    async with open_page(site, browser, "queue=1") as page:
        conversation_id = site.cast.waiting("开理发店")
        handover.claim(
            site.cast.open_unit,
            conversation_id=conversation_id,
            agent_id=meimei.id,
            now=site.clock(),
            texts=load_desk_texts(ROOT / "data"),
        )
        site.wakeups.ring(DESK)
        await page.until(lambda: page.told("wake") == 1)

        site.wakeups.ring(agent_topic(meimei.id))
        await page.until(lambda: page.told("wake") == 2)


async def test_a_ring_that_changes_nothing_on_a_page_is_not_passed_on(
    site: Site, browser: httpx.AsyncClient, meimei: Agent
) -> None:
    async with open_page(site, browser, "queue=1") as page:
        site.cast.waiting("开火锅店")
        site.wakeups.ring(DESK)
        await page.until(lambda: page.told("queue") == 1)
        site.wakeups.ring(DESK)  # a ticket somewhere, which no list of this page shows
        beats = page.told("beat")
        # rings are passed on after a second at the latest, and a beat comes every 0.05 s
        await page.until(lambda: page.told("beat") > beats + 40)

        assert (page.told("queue"), page.told("wake")) == (1, 0)


async def test_a_page_that_does_not_take_the_queue_is_woken_as_before(
    site: Site, browser: httpx.AsyncClient
) -> None:
    async with open_page(site, browser, "") as page:
        site.cast.waiting("开火锅店")
        site.wakeups.ring(DESK)
        await page.until(lambda: page.told("wake") == 1)

        assert page.told("queue") == 0
