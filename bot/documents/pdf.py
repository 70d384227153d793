"""HTML to accessible PDF: tagged, with language and title, fonts embedded, nothing from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from bot.documents.fonts import FAMILY, find_fonts
from bot.documents.templates import render

SEAL_ANCHOR = "seal"
"""Id of the element of a template on which the seal is put."""

PX = 0.75
"""Points of a CSS pixel."""


@dataclass(frozen=True)
class Place:
    """Where the seal goes: page from 0, and left, bottom, right, top in points."""

    page: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Page:
    """A finished PDF; `seal_place` is None when the template has no place for a seal."""

    content: bytes
    seal_place: Place | None


class _LocalOnly(URLFetcher):
    """Reads what stands in the page itself or beside its template; goes nowhere else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            allowed_protocols={"data", "file"}, fail_on_errors=True
        )
        self._folder = folder.resolve().as_uri() + "/"

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Fetch one address."""
        if url.startswith("file:") and (".." in url or not url.startswith(self._folder)):
            raise ValueError("a template reads only files of its own folder")
        answer: URLFetcherResponse = super().fetch(url, headers)  # type: ignore[no-untyped-call]
        return answer


def html_to_pdf(template: Path, values: Mapping[str, Any], *, is_tagged: bool = True) -> Page:
    """Fill in a template and return it as PDF/UA-1, or as plain PDF to be put into another.

    Raises:
        BadTemplate: The template uses something that is not there.
        FontMissing: No Chinese font is installed.
    """
    find_fonts()
    variant = "pdf/ua-1" if is_tagged else None
    document = weasyprint.HTML(
        string=render(template, values),
        base_url=template.parent.resolve().as_uri() + "/",
        url_fetcher=_LocalOnly(template.parent),
    ).render(font_config=FontConfiguration())
    return Page(document.write_pdf(pdf_variant=variant), _seal_place(document))


def warm_fonts() -> None:
    """Lay out a line in both weights: the first use of a font is the slow one."""
    page = f'<p style="font-family: {FAMILY}">一<b>一</b></p>'
    weasyprint.HTML(string=page).write_pdf()


def _seal_place(document: weasyprint.Document) -> Place | None:
    for number, page in enumerate(document.pages):
        if SEAL_ANCHOR in page.anchors:
            left, top, right, bottom = page.anchors[SEAL_ANCHOR]
            edges = (left, page.height - bottom, right, page.height - top)
            x1, y1, x2, y2 = (round(edge * PX) for edge in edges)
            return Place(number, (x1, y1, x2, y2))
    return None
