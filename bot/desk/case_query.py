"""The filters of the list of cases: read from an address, and put back into one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.list_query import IS_OPEN, link_to, one_of, page_in, shown_in, text_in
from bot.domain.case_rules import Colour
from bot.domain.case_watch import CaseFilter
from bot.domain.cases import CaseState, is_final
from bot.domain.catalogue import Catalogue

PATH = "/desk/cases"


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
            is_open=IS_OPEN[shown],
            text=self.text,
        )

    def link(self, path: str = PATH, **changes: object) -> str:
        """Return an address with some filters changed; the page begins anew."""
        return link_to(path, self, changes)


def read_query(values: Mapping[str, str], catalogue: Catalogue) -> CaseQuery:
    """Read the query of an address."""
    return CaseQuery(
        state=one_of(values.get("state", ""), {state.value for state in CaseState}),
        colour=one_of(values.get("colour", ""), {colour.value for colour in Colour}),
        department=one_of(values.get("department", ""), set(catalogue.departments)),
        district=one_of(values.get("district", ""), set(catalogue.districts)),
        urged=one_of(values.get("urged", ""), {"1"}),
        escalated=one_of(values.get("escalated", ""), {"1"}),
        shown=shown_in(values),
        text=text_in(values),
        page=page_in(values),
    )
