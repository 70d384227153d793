"""What the addresses of the desk's lists have in common: values that are known, pages, links."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

MAX_TEXT = 60
MAX_PAGE = 10_000
SHOWN = ("open", "closed", "all")
IS_OPEN: Mapping[str, bool | None] = {"open": True, "closed": False, "all": None}
"""What a filter asks of a list, by what is shown."""


def one_of(value: str, known: Collection[str]) -> str:
    """Return a value that is known; one that makes no sense counts as none."""
    return value if value in known else ""


def page_in(values: Mapping[str, str]) -> int:
    """Return the page in an address, from 0."""
    raw = values.get("page", "")
    page = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 0  # noqa: PLR2004
    return min(page, MAX_PAGE)


def text_in(values: Mapping[str, str]) -> str:
    """Return what is searched for."""
    return values.get("text", "").strip()[:MAX_TEXT]


def shown_in(values: Mapping[str, str]) -> str:
    """Return which part of a list is shown, one of `SHOWN`."""
    return one_of(values.get("shown", ""), SHOWN) or "open"


def link_to(path: str, query: object, changes: Mapping[str, object]) -> str:
    """Return an address with some filters of a query changed; the page begins anew."""
    values = {**vars(query), "page": 0, **changes}
    kept = {name: value for name, value in values.items() if value not in {"", 0}}
    return f"{path}?{urlencode(kept)}"
