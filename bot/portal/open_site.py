"""What the open pages share: answers that everybody may keep, and names for keys."""

from collections.abc import Mapping, Sequence

from jinja2 import Environment
from starlette.responses import Response

from bot.bootstrap import App
from bot.domain.open_data import OTHER
from bot.domain.open_figures import Figure, FigureBook
from bot.portal.pages import STILL_POLICY, open_pages
from bot.services.desk.demo_note import DemoNote
from bot.store.demo import load_demo_note
from bot.store.desk_texts import load_desk_vocabulary

KEPT_S = 60
"""A browser or a proxy may show figures that are a minute old."""

CHART_POLICY = STILL_POLICY.replace("default-src 'none';", "default-src 'none'; script-src 'self';")
"""A page whose script draws what stands in its tables."""


def open_site_pages(app: App) -> Environment:
    """Return the page templates; while all data are made up, the open pages say so."""
    pages = open_pages()
    pages.globals["demo_note"] = DemoNote(app.reading, load_demo_note(app.settings.data_dir))
    return pages


def public(
    body: bytes, media_type: str, *, policy: str = STILL_POLICY, status: int = 200
) -> Response:
    """Return something that everybody may have."""
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": f"public, max-age={KEPT_S}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, status_code=status, media_type=media_type, headers=headers)


class Labels:
    """Names the keys of figures."""

    def __init__(self, app: App, book: FigureBook) -> None:
        catalogue = app.catalogue
        levels = catalogue.service_rules.review.levels
        self._book = book
        self._known: Mapping[str, Mapping[str, str]] = {
            **book.labels,
            "department": {one.id: one.name for one in catalogue.departments.values()},
            "matter": {one.id: one.name for one in catalogue.matters.values()},
            "level": {str(one.score): one.name for one in levels},
            "channel": load_desk_vocabulary(app.settings.data_dir).channels,
        }

    def rows(
        self, figure: Figure, values: Sequence[tuple[str, float]]
    ) -> Sequence[tuple[str, str, float]]:
        """Return key, name and value of each row."""
        return [(key, self._name(figure, key), value) for key, value in values]

    def _name(self, figure: Figure, key: str) -> str:
        if not figure.labels:
            return key
        if key == OTHER:
            return self._book.other
        if not key:
            return self._book.unknown.get(figure.labels, "")
        return self._known.get(figure.labels, {}).get(key, key)
