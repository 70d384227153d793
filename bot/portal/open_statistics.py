"""The open statistics: a page, and the same figures and their table for machines."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.documents.case_table import neutral
from bot.domain.open_data import FEWEST, SETTLED_DAYS
from bot.domain.open_figures import Values
from bot.portal.open_site import CHART_POLICY, KEPT_S, Labels, open_site_pages, public
from bot.services.operating.open_statistics import OpenTable, open_table
from bot.services.times.local_time import LOCAL
from bot.store.open_figures import COLUMNS, compute, load_figures

HOME = "/open"
PATH = "/open/statistics"
CSV = "text/csv; charset=utf-8"


def routes(app: App, *, kept_s: float = KEPT_S) -> list[Route]:
    """Return the start page of everything open, and the statistics.

    Args:
        app: The application.
        kept_s: So long the figures are not made anew, however many ask.
    """
    own = OpenStatistics(app, open_site_pages(app), timedelta(seconds=kept_s))
    return [
        Route(HOME, own.home, methods=["GET"], name="open_home"),
        Route(PATH, own.show, methods=["GET"], name="open_statistics"),
        Route(f"{PATH}.json", own.as_json, methods=["GET"]),
        Route(f"{PATH}.csv", own.as_csv, methods=["GET"]),
        Route(f"{PATH}/counts.csv", own.counts, methods=["GET"]),
    ]


class OpenStatistics:
    """Handlers of the pages and of the same data for machines."""

    def __init__(self, app: App, pages: Environment, kept_for: timedelta) -> None:
        self._kept_for = kept_for
        self._kept: tuple[datetime, OpenTable, Values] | None = None
        self._app = app
        self._pages = pages
        self._book = load_figures(app.settings.data_dir)
        self._labels = Labels(app, self._book)

    async def home(self, _request: Request) -> Response:
        """Show what there is."""
        html = self._pages.get_template("open_home.html").render(here="home")
        return public(html.encode(), "text/html; charset=utf-8")

    async def show(self, _request: Request) -> Response:
        """Show the figures with charts, tables, definitions and queries."""
        return await run_sync(self._page)

    async def as_json(self, _request: Request) -> Response:
        """Return everything that the page shows."""
        return await run_sync(self._json)

    async def as_csv(self, _request: Request) -> Response:
        """Return the figures as one table."""
        return await run_sync(self._csv)

    async def counts(self, _request: Request) -> Response:
        """Return the table that all figures are made from."""
        return await run_sync(self._counts)

    def _made(self) -> tuple[OpenTable, Values]:
        now, kept = self._app.now(), self._kept
        if kept is not None and now - kept[0] < self._kept_for:
            return kept[1:]
        made = open_table(self._app.reading, self._app.catalogue, now=now)
        values = compute(made.counts, self._book)
        self._kept = (now, made, values)
        return made, values

    def _page(self) -> Response:
        made, values = self._made()
        figures = self._book.figures
        html = self._pages.get_template("open_statistics.html").render(
            here="statistics",
            groups=self._book.groups,
            rows={one.name: self._labels.rows(one, values[one.name]) for one in figures},
            table=made,
            fewest=FEWEST,
            settled=SETTLED_DAYS,
        )
        return public(html.encode(), "text/html; charset=utf-8", policy=CHART_POLICY)

    def _json(self) -> Response:
        made, values = self._made()
        told = {
            "as_of": self._app.now().astimezone(LOCAL).isoformat(timespec="minutes"),
            "first_month": f"{made.window.first:%Y-%m}",
            "last_month": f"{made.window.last:%Y-%m}",
            "months_not_counted_yet": [f"{month:%Y-%m}" for month in made.missing],
            "fewest": FEWEST,
            "figures": {
                one.name: {
                    "title": one.title,
                    "unit": one.unit,
                    "definition": one.definition,
                    "sql": one.sql,
                    "values": [
                        {"key": key, "label": label, "value": value}
                        for key, label, value in self._labels.rows(one, values[one.name])
                    ],
                }
                for one in self._book.figures
            },
        }
        return public(msgspec.json.encode(told), "application/json")

    def _csv(self) -> Response:
        _, values = self._made()
        rows = [
            (one.name, one.title, key, label, value, one.unit)
            for one in self._book.figures
            for key, label, value in self._labels.rows(one, values[one.name])
        ]
        return public(_table(("figure", "title", "key", "label", "value", "unit"), rows), CSV)

    def _counts(self) -> Response:
        made, _ = self._made()
        rows = [[getattr(one, name) for name in COLUMNS] for one in made.counts]
        return public(_table(COLUMNS, rows), CSV)


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(head)
    # no cell is taken for a formula by a spreadsheet
    writer.writerows([neutral(str(cell)) for cell in row] for row in rows)
    return into.getvalue().encode("utf-8-sig")
