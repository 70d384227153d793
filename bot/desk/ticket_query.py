"""The filters of the list of tickets: read from an address, and put back into one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.list_query import IS_OPEN, link_to, one_of, page_in, shown_in, text_in
from bot.domain.case_rules import Colour
from bot.domain.catalogue import Catalogue
from bot.domain.ticket_lists import TicketFilter
from bot.domain.tickets import TicketState

PATH = "/desk/tickets"
LEVELS = ("1", "2", "3")


@dataclass(frozen=True)
class TicketQuery:
    """What stands in the address; a value that makes no sense counts as none."""

    state: str = ""
    colour: str = ""
    department: str = ""
    district: str = ""
    report: str = ""
    level: str = ""
    shown: str = "open"
    text: str = ""
    page: int = 0

    def wanted(self) -> TicketFilter:
        """Return the filter for the list."""
        state = TicketState(self.state) if self.state else None
        shown = "closed" if state is TicketState.CLOSED else self.shown
        return TicketFilter(
            department_ids=(self.department,) if self.department else None,
            district_id=self.district or None,
            state=state,
            colour=Colour(self.colour) if self.colour else None,
            needs_report=bool(self.report),
            level=int(self.level or 0),
            is_open=IS_OPEN[shown],
            text=self.text,
        )

    def link(self, path: str = PATH, **changes: object) -> str:
        """Return an address with some filters changed; the page begins anew."""
        return link_to(path, self, changes)


def link_of(wanted: TicketFilter) -> str:
    """Return the address of a counter's filter."""
    return TicketQuery(
        state=wanted.state.value if wanted.state else "",
        colour=wanted.colour.value if wanted.colour else "",
        report="1" if wanted.needs_report else "",
        level=str(int(wanted.level)) if wanted.level else "",
    ).link()


def read_query(values: Mapping[str, str], catalogue: Catalogue) -> TicketQuery:
    """Read the query of an address."""
    return TicketQuery(
        state=one_of(values.get("state", ""), {state.value for state in TicketState}),
        colour=one_of(values.get("colour", ""), {colour.value for colour in Colour}),
        department=one_of(values.get("department", ""), set(catalogue.departments)),
        district=one_of(values.get("district", ""), set(catalogue.districts)),
        report=one_of(values.get("report", ""), {"1"}),
        level=one_of(values.get("level", ""), set(LEVELS)),
        shown=shown_in(values),
        text=text_in(values),
        page=page_in(values),
    )
