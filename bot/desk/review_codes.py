"""The slip with a review code: printed at the window for one service that is over."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.context import Desk
from bot.desk.guard import Fields, one
from bot.documents.qr import qr_data_uri
from bot.domain.errors import BotError
from bot.domain.people import Agent, NotAllowed
from bot.domain.review_codes import LASTS, MOST_A_DAY, NothingToReview, TooManyCodes
from bot.services.reviews.codes import make_code

NOTES: Mapping[type[BotError], str] = {
    NothingToReview: "没有找到这件，或者还没办完，或者没有留手机号。请核对编号。",
    TooManyCodes: f"今天已经出了 {MOST_A_DAY} 张评价码，请明天再出，或者请同事出。",
    NotAllowed: "您不能出评价码。",
}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the form that asks for a number."""
    return _page(desk, agent, note="", number="", code="")


def make(desk: Desk, _request: Request, agent: Agent, fields: Fields) -> Response:
    """Make a code and return the slip; its code is shown this once."""
    number = one(fields, "number")
    try:
        code = make_code(desk.unit_of_work, agent=agent, text=number, now=desk.now())
    except tuple(NOTES) as error:
        status = HTTPStatus.FORBIDDEN if isinstance(error, NotAllowed) else HTTPStatus.CONFLICT
        note = NOTES[type(error)]
        return _page(desk, agent, note=note, number=number, code="", status=status)
    return _page(desk, agent, note="", number=number, code=code)


def _page(
    desk: Desk,
    agent: Agent,
    *,
    note: str,
    number: str,
    code: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    address = f"{desk.base_url}/review/{code}"
    html = desk.templates.get_template("review_code.html").render(
        agent=agent,
        note=note,
        number=number,
        code=code,
        address=address,
        qr=qr_data_uri(address) if code else "",
        days=LASTS.days,
    )
    return HTMLResponse(html, status_code=status)
