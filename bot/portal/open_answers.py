"""The public page of complaints and suggestions: how they are answered, and what was answered."""

import csv
import io
from collections.abc import Mapping, Sequence

import msgspec
from anyio.to_thread import run_sync
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bootstrap import App
from bot.documents.case_table import neutral
from bot.domain.feedback import FEEDBACK_KIND_LABELS
from bot.domain.feedback_publications import AnswerFigures, PublicAnswer
from bot.portal.open_site import open_site_pages, public
from bot.services.feedback import publication as feedback_publication
from bot.services.times.local_time import LOCAL

PATH = "/open/answers"
MAX_TEXT = 60
MAX_EXPORT = 5000
DEFINITIONS: Mapping[str, str] = {
    "received": "最近 365 天登记的投诉和建议件数",
    "answered": "其中已经答复过本人的件数",
    "overdue": "其中过了答复期限还没有答复的件数",
    "median_days": "从登记到第一次答复的自然日，一半的件不超过这个数",
    "within_7_days_percent": "已答复的件中，7 个自然日内第一次答复的占比",
    "on_time_percent": "已答复的件中，在答复期限（工作日）内第一次答复的占比",
}
"""What each figure is; shown beside it, and in the JSON."""


def routes(app: App) -> list[Route]:
    """Return the routes under `/open/answers`."""
    own = OpenAnswers(app, open_site_pages(app))
    return [
        Route(PATH, own.show, methods=["GET"], name="open_answers"),
        Route(f"{PATH}.json", own.as_json, methods=["GET"]),
        Route(f"{PATH}.csv", own.as_csv, methods=["GET"]),
    ]


class OpenAnswers:
    """Handlers of the page and of the same data for machines."""

    def __init__(self, app: App, pages: Environment) -> None:
        self._app = app
        self._pages = pages

    async def show(self, request: Request) -> Response:
        """Show figures and published answers."""
        return await run_sync(self._page, request)

    async def as_json(self, _request: Request) -> Response:
        """Return the figures with their definitions."""
        return await run_sync(self._json)

    async def as_csv(self, _request: Request) -> Response:
        """Return the published answers as a table."""
        return await run_sync(self._csv)

    def _page(self, request: Request) -> Response:
        raw = request.query_params.get("page", "")
        page = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 5 else 0  # noqa: PLR2004
        text = request.query_params.get("text", "").strip()[:MAX_TEXT]
        is_adopted = bool(request.query_params.get("adopted"))
        found, has_more = feedback_publication.published(
            self._app.reading, page=page, text=text, is_adopted=is_adopted
        )
        html = self._pages.get_template("open_answers.html").render(
            here="answers",
            figures=figures_of(self._figures()),
            definitions=DEFINITIONS,
            answers=[self._shown(one) for one in found],
            has_more=has_more,
            page=page,
            text=text,
            is_adopted=is_adopted,
        )
        return public(html.encode(), "text/html; charset=utf-8")

    def _json(self) -> Response:
        made = {
            "as_of": self._app.now().astimezone(LOCAL).isoformat(timespec="minutes"),
            "figures": figures_of(self._figures()),
            "definitions": DEFINITIONS,
        }
        return public(msgspec.json.encode(made), "application/json")

    def _csv(self) -> Response:
        rows: list[Mapping[str, str]] = []
        page, has_more = 0, True
        while has_more and len(rows) < MAX_EXPORT:
            found, has_more = feedback_publication.published(self._app.reading, page=page)
            rows += [self._shown(one) for one in found]
            page += 1
        return public(table(rows).encode("utf-8-sig"), "text/csv; charset=utf-8")

    def _figures(self) -> AnswerFigures:
        return feedback_publication.figures(self._app.reading, now=self._app.now())

    def _shown(self, one: PublicAnswer) -> Mapping[str, str]:
        departments = self._app.catalogue.departments
        department = departments.get(one.department_id or "")
        return {
            "date": f"{one.published_at.astimezone(LOCAL):%Y-%m-%d}",
            "kind": FEEDBACK_KIND_LABELS[one.kind],
            "department": department.name if department else "",
            "question": one.words.question,
            "answer": one.words.answer,
            "change": one.words.change,
            "followed_up": one.followed_up,
        }


def figures_of(found: AnswerFigures) -> Mapping[str, float | None]:
    """Return the figures by the names of `DEFINITIONS`; None where too few would tell."""
    on_time, in_a_week = found.share(found.on_time), found.share(found.within_7_days)
    tells = on_time is not None
    days = found.median_days
    return {
        "received": found.received,
        "answered": found.answered,
        "overdue": found.overdue,
        "median_days": round(days, 1) if tells and days is not None else None,
        "within_7_days_percent": None if in_a_week is None else round(in_a_week, 1),
        "on_time_percent": None if on_time is None else round(on_time, 1),
    }


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Return rows as CSV; no cell is taken for a formula."""
    into = io.StringIO()
    writer = csv.writer(into)
    writer.writerow(("公开日期", "种类", "部门", "问题", "答复", "改动", "后续"))
    writer.writerows([neutral(cell) for cell in row.values()] for row in rows)
    return into.getvalue()
