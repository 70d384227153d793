"""The supervisor's board: who waits, who serves, what is late, what has just happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.board import Event, Figures, Queue, Running
from bot.domain.bookings import BookingState
from bot.domain.case_rules import Colour
from bot.domain.case_watch import CaseFilter
from bot.domain.desk_work import Colleague
from bot.domain.people import HEARTBEAT_TIMEOUT, Agent, NotAllowed
from bot.domain.permissions import Permission
from bot.domain.ticket_lists import TicketFilter
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.times.local_time import at_local, local_day

BOT_RUNS = timedelta(minutes=10)
"""A conversation of the bot counts as running for so long after the applicant's newest line."""

SHOWN = 20


@dataclass(frozen=True)
class Board:
    """Everything on the board."""

    queue: Queue
    colleagues: Sequence[Colleague]
    held: Sequence[Running]
    with_bot: Sequence[Running]
    figures: Figures
    happened: Sequence[Event]
    names: dict[int, str]


def read_board(unit_of_work: OpenUnitOfWork, *, agent: Agent, now: datetime) -> Board:
    """Return the board.

    Raises:
        NotAllowed: This role does not lead the team.
    """
    if not agent.may(Permission.LEAD_THE_TEAM):
        raise NotAllowed
    with unit_of_work() as unit:
        return Board(
            queue=unit.board.queue(),
            colleagues=unit.desk_work.colleagues(since=now - HEARTBEAT_TIMEOUT),
            held=unit.board.held(),
            with_bot=unit.board.with_bot(since=now - BOT_RUNS, limit=SHOWN),
            figures=_figures(unit, now),
            happened=unit.board.happened(SHOWN),
            names={one.id: one.name for one in unit.people.agents()},
        )


def _figures(unit: UnitOfWork, now: datetime) -> Figures:
    today = local_day(now)
    first = at_local(today, time())
    tomorrow = first + timedelta(days=1)
    bookings = unit.bookings.starting(first, tomorrow, districts=None, agent_id=None)
    gone = {BookingState.CANCELLED}
    return Figures(
        cases_red=_cases(unit, now, Colour.RED),
        cases_yellow=_cases(unit, now, Colour.YELLOW),
        tickets_red=unit.ticket_lists.count(TicketFilter(colour=Colour.RED), now),
        tickets_yellow=unit.ticket_lists.count(TicketFilter(colour=Colour.YELLOW), now),
        tickets_unreported=unit.ticket_lists.count(TicketFilter(needs_report=True), now),
        bookings_today=sum(one.state not in gone for one in bookings),
        bookings_missed=sum(one.state is BookingState.NO_SHOW for one in bookings),
        bookings_to_move=len(unit.bookings.to_move(None, now)),
        challenges_open=unit.challenges.count_open(),
    )


def _cases(unit: UnitOfWork, now: datetime, colour: Colour) -> int:
    wanted = CaseFilter(colour=colour, is_open=True)
    return sum(unit.case_lists.counts(wanted, local_day(now)).values())
