"""The supervisor's board: one page, and its living part that the script fetches after a ring."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.desk.brief import STATES
from bot.desk.context import Desk
from bot.domain.board import Event, Happening
from bot.domain.bookings import STATE_TITLES
from bot.domain.cases import CASE_STATE_LABELS
from bot.domain.people import Agent
from bot.domain.tickets import TICKET_STATE_LABELS
from bot.services.desk.board import Board, read_board

LIVE = "board_live.html"

_WORDS: Mapping[Happening, Mapping[str, str]] = {
    Happening.CASE: {state.value: label for state, label in CASE_STATE_LABELS.items()},
    Happening.TICKET: {state.value: label for state, label in TICKET_STATE_LABELS.items()},
    Happening.BOOKING: {state.value: label for state, label in STATE_TITLES.items()},
}
_PATHS = {
    Happening.HANDOVER: "/desk/conversations/",
    Happening.CASE: "/desk/cases/",
    Happening.TICKET: "/desk/tickets/",
    Happening.BOOKING: "/desk/bookings/",
}
_KINDS = {
    Happening.HANDOVER: "会话",
    Happening.CASE: "办件",
    Happening.TICKET: "吹哨单",
    Happening.BOOKING: "预约",
}


def show(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the page."""
    return _render(desk, agent, "board.html")


def live(desk: Desk, _request: Request, agent: Agent) -> Response:
    """Return the living part."""
    return _render(desk, agent, LIVE)


def _render(desk: Desk, agent: Agent, template: str) -> Response:
    now = desk.now()
    board = read_board(desk.unit_of_work, agent=agent, now=now)
    html = desk.templates.get_template(template).render(
        agent=agent,
        here="board",
        note="",
        board=board,
        figures=board.figures,
        now=now,
        tiles=_tiles(board),
        states=STATES,
        catalogue=desk.catalogue,
        vocabulary=desk.vocabulary,
        kinds=_KINDS,
        path=lambda event: _PATHS[event.kind] + event.subject,
        word=lambda event: _word(desk, event),
    )
    return HTMLResponse(html)


def _word(desk: Desk, event: Event) -> str:
    words = {Happening.HANDOVER: desk.vocabulary.steps, **_WORDS}[event.kind]
    return words.get(event.word, event.word)


def _tiles(board: Board) -> list[tuple[str, int, str, bool]]:
    """Return name, number, the list behind it, and whether a number above zero is bad news."""
    one = board.figures
    return [
        ("排队", board.queue.waiting, "/desk/", True),
        ("客服接待中", len(board.held), "#held", False),
        ("小二服务中", len(board.with_bot), "#with-bot", False),
        ("办件红灯", one.cases_red, "/desk/cases?colour=red", True),
        ("办件黄灯", one.cases_yellow, "/desk/cases?colour=yellow", False),
        ("吹哨单红灯", one.tickets_red, "/desk/tickets?colour=red", True),
        ("吹哨单黄灯", one.tickets_yellow, "/desk/tickets?colour=yellow", False),
        ("没报到的吹哨单", one.tickets_unreported, "/desk/tickets?report=1", False),
        ("今天的预约", one.bookings_today, "/desk/bookings", False),
        ("今天没来的", one.bookings_missed, "/desk/bookings", False),
        ("等改期的", one.bookings_to_move, "/desk/bookings#to-move", True),
        ("待核实的指正", one.challenges_open, "/desk/challenges", False),
    ]
