"""The filters of the list of cases: read from an address, and put back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.domain.case_rules import Colour
from bot.domain.case_watch import CaseFilter
from bot.domain.cases import CaseState, is_final
from bot.domain.catalogue import Catalogue

PATH = "/desk/cases"
MAX_TEXT = 60
MAX_PAGE = 10_000
SHOWN = ("open", "closed", "all")


@dataclass(frozen=True)
class CaseQuery:
    """What stands in the address; a value that makes no sense counts as none."""

    state: str = ""
    colour: str = ""
    department: str = ""
    district: str = ""
    urged: str = ""
    escalated: str = ""
    shown: str = "open"
    text: str = ""
    page: int = 0

    def wanted(self) -> CaseFilter:
        """Return the filter for the register."""
        state = CaseState(self.state) if self.state else None
        shown = "closed" if is_final(state) else self.shown
        return CaseFilter(
            department_ids=(self.department,) if self.department else None,
            district_id=self.district or None,
            state=state,
            colour=Colour(self.colour) if self.colour else None,
            is_urged=bool(self.urged),
            is_escalated=bool(self.escalated),
            is_open={"open": True, "closed": False, "all": None}[shown],
            text=self.text,
        )

    def link(self, path: str = PATH, **changes: object) -> str:
        """Return an address with some filters changed; the page begins anew."""
        values = {**vars(self), "page": 0, **changes}
        kept = {name: value for name, value in values.items() if value not in {"", 0}}
        return f"{path}?{urlencode(kept)}"


def read_query(values: Mapping[str, str], catalogue: Catalogue) -> CaseQuery:
    """Read the query of an address."""
    raw_page = values.get("page", "")
    page = int(raw_page) if raw_page.isascii() and raw_page.isdigit() and len(raw_page) < 6 else 0  # noqa: PLR2004
    return CaseQuery(
        state=_one_of(values.get("state", ""), {state.value for state in CaseState}),
        colour=_one_of(values.get("colour", ""), {colour.value for colour in Colour}),
        department=_one_of(values.get("department", ""), set(catalogue.departments)),
        district=_one_of(values.get("district", ""), set(catalogue.districts)),
        urged=_one_of(values.get("urged", ""), {"1"}),
        escalated=_one_of(values.get("escalated", ""), {"1"}),
        shown=_one_of(values.get("shown", ""), set(SHOWN)) or "open",
        text=values.get("text", "").strip()[:MAX_TEXT],
        page=min(page, MAX_PAGE),
    )


def _one_of(value: str, known: set[str]) -> str:
    return value if value in known else ""
