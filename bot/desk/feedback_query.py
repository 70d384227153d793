"""The filters of the list of complaints and suggestions, read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.desk.list_query import IS_OPEN, link_to, one_of, page_in, shown_in, text_in
from bot.domain.catalogue import Catalogue
from bot.domain.feedback import FeedbackKind, FeedbackState
from bot.domain.feedback_answers import WAITING, FeedbackFilter

PATH = "/desk/feedback"
NOBODY = "none"
"""Stands for what no department has."""


@dataclass(frozen=True)
class FeedbackQuery:
    """What stands in the address; a value that makes no sense counts as none."""

    state: str = ""
    kind: str = ""
    department: str = ""
    overdue: str = ""
    soon: str = ""
    mine: str = ""
    escalated: str = ""
    shown: str = "open"
    text: str = ""
    page: int = 0

    def wanted(self, soon: date, agent_id: int) -> FeedbackFilter:
        """Return the filter for the list of somebody; `soon` is the last day that counts so."""
        state = FeedbackState(self.state) if self.state else None
        is_open = IS_OPEN[self.shown] if state is None else state in WAITING
        department = "" if self.department == NOBODY else self.department or None
        return FeedbackFilter(
            is_open=is_open,
            state=state,
            kind=FeedbackKind(self.kind) if self.kind else None,
            department_id=department,
            is_overdue=bool(self.overdue),
            due_until=soon if self.soon else None,
            owner_id=agent_id if self.mine else None,
            is_escalated=bool(self.escalated),
            text=self.text,
        )

    def link(self, **changes: object) -> str:
        """Return an address with some filters changed; the page begins anew."""
        return link_to(PATH, self, changes)


def read_query(values: Mapping[str, str], catalogue: Catalogue) -> FeedbackQuery:
    """Read the query of an address."""
    return FeedbackQuery(
        state=one_of(values.get("state", ""), {state.value for state in FeedbackState}),
        kind=one_of(values.get("kind", ""), {kind.value for kind in FeedbackKind}),
        department=one_of(values.get("department", ""), {NOBODY, *catalogue.departments}),
        overdue=one_of(values.get("overdue", ""), {"1"}),
        soon=one_of(values.get("soon", ""), {"1"}),
        mine=one_of(values.get("mine", ""), {"1"}),
        escalated=one_of(values.get("escalated", ""), {"1"}),
        shown=shown_in(values),
        text=text_in(values),
        page=page_in(values),
    )
