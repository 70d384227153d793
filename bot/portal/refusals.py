"""What a person reads who came to an address that is no page, or met a failure of ours."""

from http import HTTPStatus

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import Response

from bot.portal.pages import html

FOR_PROGRAMS = ("/api/", "/desk/api/", "/static/", "/desk/static/")
"""Addresses below these are called by programs, whatever they say they accept."""


def is_read(request: Request) -> bool:
    """Tell whether a browser shows the answer to a person, so that it should be a page.

    So it does with what a form of a page sends; scripts say that they take anything.
    """
    is_page = not request.url.path.startswith(FOR_PROGRAMS)
    return is_page and "text/html" in request.headers.get("accept", "")


def refusal(pages: Environment, request: Request, status: int, message: str) -> Response:
    """Return the page with the sentence of a refusal and a way on."""
    body = pages.get_template("refused.html").render(
        message=message,
        is_missing=status == HTTPStatus.NOT_FOUND,
        is_desk=request.url.path.startswith("/desk/"),
    )
    return html(body, status)
