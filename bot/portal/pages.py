"""What the public pages of plans and documents share: templates, headers, names of files."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

HERE = Path(__file__).parent

SECRET_HEADERS: Mapping[str, str] = {
    # the link is a secret: it goes to no other site, search engine or cache
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
}

STILL_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""A page without script; it may send its own forms."""

DRAWING_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The one page with a script: a signature is drawn there."""

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A file shown by the browser runs nothing; an SVG brings its own styles."""


def open_pages() -> Environment:
    """Return the page templates; everything put into them is escaped."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )


def html(body: str, status: int = 200, policy: str = STILL_POLICY) -> Response:
    """Return a page under a secret link."""
    headers = {"Content-Security-Policy": policy, **SECRET_HEADERS}
    return HTMLResponse(body, status_code=status, headers=headers)


def file(content: bytes, media_type: str, name: str, *, is_shown: bool = False) -> Response:
    """Return a file with a Chinese name.

    Args:
        content: The file.
        media_type: Its type.
        name: Its name with ending.
        is_shown: Shown by the browser instead of saved.

    Source: RFC 6266, appendix D (a plain name for old clients, then the real one in UTF-8).
    """
    kind = "inline" if is_shown else "attachment"
    plain = "xiaoer" + Path(name).suffix
    headers = {
        "Content-Disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": FILE_POLICY,
        **SECRET_HEADERS,
    }
    return Response(content, media_type=media_type, headers=headers)
