"""Staff around a whistle for tests: a dispatcher, a supervisor, officers of the departments."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zlib import crc32

from bot.domain.people import Agent, Role
from bot.domain.ticket_acts import Act
from bot.domain.ticket_clocks import ClockKind, TicketClock
from bot.domain.tickets import Role as Part
from bot.domain.tickets import Ticket
from bot.services.ports import OpenUnitOfWork
from bot.services.tickets.acts import ActRequest, act_on
from bot.services.tickets.office import TicketOffice
from tests.casework_factories import calendar, catalogue, rules

DISPATCHER = Agent(1, "dispatcher", "韩梅梅", Role.AGENT)
SUPERVISOR = Agent(2, "supervisor", "孙主任", Role.SUPERVISOR)
LEADING = "power-supply"

WAY = (
    Act.DISPATCH,
    Act.REPORT_IN,
    Act.CONTACT,
    Act.ASK_BUSINESS,
)
"""The usual way; an answer is given where the business would be asked."""


@cache
def officer(department_id: str, role: Role = Role.OFFICER) -> Agent:
    """Return somebody of a department."""
    return Agent(
        10 + crc32(department_id.encode()) % 1000, department_id, "王芳", role, department_id
    )


@dataclass
class Desk:
    """Lets staff act on tickets through the use case of the pages."""

    unit_of_work: OpenUnitOfWork
    now: datetime
    assisting: tuple[str, ...] = field(default=())
    leading: str = LEADING

    def office(self, agent: Agent) -> TicketOffice:
        """Return somebody at the desk."""
        return TicketOffice(self.unit_of_work, agent, self.now, calendar(), rules(), catalogue())

    def ticket(self, number: str) -> Ticket:
        """Return a ticket as it is stored."""
        with self.unit_of_work() as uow:
            found = uow.tickets.by_number(number)
        assert found is not None
        return found

    def clock(self, number: str, kind: ClockKind, department: str | None = None) -> TicketClock:
        """Return one clock of a ticket."""
        found = [
            one
            for one in self.ticket(number).clocks
            if one.kind is kind and department in {None, one.department_id}
        ]
        assert found
        return found[0]

    def act(
        self,
        number: str,
        act: Act,
        text: str = "说明",
        *,
        by: Agent | None = None,
        days: int = 0,
        at: datetime | None = None,
    ) -> Ticket:
        """Do one act, by whoever usually does it."""
        self.now = at or self.now
        ticket = self.ticket(number)
        request = ActRequest(
            act=act,
            seen=ticket.state,
            text=text,
            leading=self.leading if act is Act.DISPATCH else "",
            assisting=self.assisting,
            days=days,
        )
        return act_on(self.office(by or self._usual(act, ticket)), number, request)

    def until(self, number: str, last: Act) -> Ticket:
        """Take a new ticket along the usual way up to an act."""
        for act in WAY:
            if act is Act.ASK_BUSINESS:
                break
            self.act(number, act)
            if act is last:
                return self.ticket(number)
        return self.act(number, last)

    def _usual(self, act: Act, ticket: Ticket) -> Agent:
        if act in {Act.DISPATCH, Act.CALL_BACK, Act.CLOSE, Act.REOPEN}:
            return DISPATCHER
        if act in {Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION}:
            return SUPERVISOR
        wanted = Part.ASSISTING if act in {Act.CONTRIBUTE, Act.LEAVE} else Part.LEADING
        return officer(next(d.department_id for d in ticket.departments if d.role is wanted))
