"""What one change of the queue costs the hub when 50 desks are open, in processor time.

Usage: python -m bench.desk_ring [--agents 50] [--waiting 300] [--rings 10]

In this process, on a new SQLite file: after each change every desk is told of it by `News`, as
the streams do; beside it, in turn, every desk fetches its lists over the routes, as they did before
and as a page that does not take the queue still does. The queue itself is made for each ring of
the first, and once for all rings of the second, so the second is flattered.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import httpx
from starlette.applications import Starlette

from bench.desk import URL, Pair, fill, open_app
from bot.bootstrap import App, utc_now
from bot.desk.routes import _desk, routes
from bot.desk.stream_news import News
from bot.hub.wakeups import LocalWakeups
from bot.services.accounts import accounts
from bot.store import migrate


def told(pages: list[News]) -> tuple[float, int]:
    """Return processor ms and bytes of a ring that each page is told of."""
    began = time.process_time()
    events = [event for page in pages for event in page.after_ring(is_own=False)]
    spent = (time.process_time() - began) * 1000
    return spent, sum(len(event.encode()) for event in events)


async def fetched(web: httpx.AsyncClient, pairs: list[Pair]) -> tuple[float, int]:
    """Return processor ms and bytes of a ring after which each page fetches its lists."""
    began, size = time.process_time(), 0
    for pair in pairs:
        headers = {"cookie": f"xiaoer_desk={pair.cookie}", "origin": URL}
        found = await web.get("/desk/api/lists", headers=headers)
        found.raise_for_status()
        size += len(found.content)
    return (time.process_time() - began) * 1000, size


async def measure(app: App, pairs: list[Pair], rings: int) -> list[list[tuple[float, int]]]:
    """Return what was measured of both, ring by ring."""
    wakeups = LocalWakeups()
    desk = _desk(app, wakeups, 3600, 3600)
    agents = [
        accounts.resolve_session(
            app.unit_of_work, token=pair.cookie, now=utc_now(), is_active=True
        ).agent
        for pair in pairs
    ]
    asgi = Starlette(routes=routes(app, wakeups, fragments_last_s=3600))
    found: list[list[tuple[float, int]]] = [[], []]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=asgi), base_url=URL) as web:
        for _ in range(rings + 1):
            pages = [News(desk, agent, takes_queue=True) for agent in agents]
            desk.fragments.spoil()
            found[0].append(told(pages))
            found[1].append(await fetched(web, pairs))
    return [one[1:] for one in found]  # the first of each is not warm


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--waiting", type=int, default=300)
    parser.add_argument("--rings", type=int, default=10)
    wanted = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as name:
        app = open_app(Path(name), f"sqlite:///{Path(name) / 'new.db'}")
        migrate.upgrade(app.engine)
        with app.unit_of_work() as unit:
            one = replace(
                app, unit_of_work=lambda: nullcontext(unit), reading=lambda: nullcontext(unit)
            )
            pairs = fill(one, wanted.agents, wanted.waiting)
        rows = asyncio.run(measure(app, pairs, wanted.rings))
    medians = [statistics.median(spent for spent, _ in row) for row in rows]
    for title, row, median in zip(
        ("told by the streams", "fetched by all"), rows, medians, strict=True
    ):
        size = statistics.median(size for _, size in row) / 1024
        print(f"{title:24} {median:8.1f} ms of a processor   {size:8.0f} kB")
    print(f"ratio {medians[1] / medians[0]:.1f}")


if __name__ == "__main__":
    main()
