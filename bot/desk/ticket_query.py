"""The filters of the list of tickets: read from an address, and put back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.domain.case_rules import Colour
from bot.domain.catalogue import Catalogue
from bot.domain.ticket_lists import TicketFilter
from bot.domain.tickets import TicketState

PATH = "/desk/tickets"
MAX_TEXT = 60
MAX_PAGE = 10_000
SHOWN = ("open", "closed", "all")
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
            is_open={"open": True, "closed": False, "all": None}[shown],
            text=self.text,
        )

    def link(self, path: str = PATH, **changes: object) -> str:
        """Return an address with some filters changed; the page begins anew."""
        values = {**vars(self), "page": 0, **changes}
        kept = {name: value for name, value in values.items() if value not in {"", 0}}
        return f"{path}?{urlencode(kept)}"


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
    raw_page = values.get("page", "")
    page = int(raw_page) if raw_page.isascii() and raw_page.isdigit() and len(raw_page) < 6 else 0  # noqa: PLR2004
    return TicketQuery(
        state=_one_of(values.get("state", ""), {state.value for state in TicketState}),
        colour=_one_of(values.get("colour", ""), {colour.value for colour in Colour}),
        department=_one_of(values.get("department", ""), set(catalogue.departments)),
        district=_one_of(values.get("district", ""), set(catalogue.districts)),
        report=_one_of(values.get("report", ""), {"1"}),
        level=_one_of(values.get("level", ""), set(LEVELS)),
        shown=_one_of(values.get("shown", ""), set(SHOWN)) or "open",
        text=values.get("text", "").strip()[:MAX_TEXT],
        page=min(page, MAX_PAGE),
    )


def _one_of(value: str, known: set[str]) -> str:
    return value if value in known else ""
