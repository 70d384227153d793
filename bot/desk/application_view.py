"""One application as its page shows it: texts and flags, nothing to decide in the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.documents.application_text import CHOICES
from bot.documents.form_text import value_text
from bot.domain.applications import AppliedPaper, PaperChoice, PaperRequest
from bot.domain.cases import CASE_STATE_LABELS, CaseEvent, CaseEventKind, CaseState
from bot.domain.catalogue import Catalogue
from bot.domain.single_form import FormField, SingleForm
from bot.services.applications.desk import remedies_text
from bot.services.applications.reading import ApplicationPage
from bot.services.privacy.masking import mask_field

KINDS: Mapping[CaseEventKind, str] = {
    CaseEventKind.OPENED: "提交申请",
    CaseEventKind.STEP_FINISHED: "办完一步",
    CaseEventKind.URGED: "催办",
    CaseEventKind.SUPPLEMENTED: "补交材料",
}
ACTORS = {"applicant": "申请人"}


@dataclass(frozen=True)
class ShownPaper:
    """A paper of the application; `index` counts from 1."""

    index: int
    paper: AppliedPaper
    choice: str
    is_later: bool


@dataclass(frozen=True)
class ShownEvent:
    """A line of the history."""

    at: datetime
    who: str
    what: str
    reason: str


@dataclass(frozen=True)
class ApplicationView:
    """What the page shows.

    Attributes:
        sections: Titles and rows (label, value) of the form.
        moves: Names of what may be done now by this member of staff.
        first: The first notice of missing papers has not gone out yet.
        causes: Papers of the applicant's answer that may cause a further notice.
    """

    department: str
    district: str
    matters: tuple[str, ...]
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    papers: tuple[ShownPaper, ...]
    events: tuple[ShownEvent, ...]
    requests: Sequence[PaperRequest]
    moves: frozenset[str]
    first: bool
    causes: tuple[str, ...]
    remedies: str


def view_of(
    page: ApplicationPage,
    catalogue: Catalogue,
    forms: Mapping[str, SingleForm],
    *,
    is_shown: bool,
) -> ApplicationView:
    """Return the view of a page; `is_shown` gives names and numbers of persons in full."""
    case, application = page.case, page.application
    requests = application.requests
    answered = requests[-1] if requests and requests[-1].answered_at else None
    return ApplicationView(
        department=catalogue.department(case.department_id).name,
        district=catalogue.district(case.district_id).name,
        matters=tuple(
            catalogue.matters[one].name
            for one in application.matter_ids
            if one in catalogue.matters and one != case.matter_id
        ),
        sections=_sections(page, forms.get(application.form_id), is_shown=is_shown),
        papers=tuple(
            ShownPaper(index, one, CHOICES[one.choice], one.choice is PaperChoice.LATER)
            for index, one in enumerate(application.papers, start=1)
        ),
        events=tuple(_event(one, page.names) for one in reversed(case.events)),
        requests=requests,
        moves=_moves(page),
        first=not requests,
        causes=answered.supplied if answered else (),
        remedies=remedies_text(catalogue),
    )


def _sections(
    page: ApplicationPage, form: SingleForm | None, *, is_shown: bool
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    values = page.application.values
    if form is None:  # the definition has gone; what was sent is shown all the same
        hidden = "（已隐藏）"
        return (("", tuple((key, value if is_shown else hidden) for key, value in values.items())),)
    shown = []
    for section in form.sections:
        rows = tuple(
            (one.label, _value(one, values[one.id], is_shown=is_shown))
            for one in section.fields
            if one.id in values
        )
        if rows:
            shown.append((section.title, rows))
    return tuple(shown)


def _value(field: FormField, value: str, *, is_shown: bool) -> str:
    text = value_text(field, value, masked=not is_shown)
    return text if is_shown else mask_field(field.label, text)


def _event(event: CaseEvent, names: Mapping[str, str]) -> ShownEvent:
    who = names.get(event.actor) or ACTORS.get(event.actor, event.actor)
    moved = CASE_STATE_LABELS[event.to] if event.to else ""
    return ShownEvent(event.at, who, KINDS.get(event.kind, moved), event.reason)


def _moves(page: ApplicationPage) -> frozenset[str]:
    """Return what leads on from the present state, as far as this person may do it."""
    state, requests = page.case.state, page.application.requests
    waits = state is CaseState.RECTIFICATION
    moves: set[str] = set()
    if page.may_receive:
        if state is CaseState.RECEIVED or waits:
            moves.add("accept")
        has_answer = bool(requests) and requests[-1].answered_at is not None
        can_ask = state in {CaseState.RECEIVED, CaseState.RECTIFICATION, CaseState.UNDER_REVIEW}
        if can_ask and (not requests or has_answer):
            moves.add("ask")
    if page.may_decide:
        moves |= {
            CaseState.RECEIVED: {"return"},
            CaseState.RECTIFICATION: {"return"},
            CaseState.ACCEPTED: {"review", "complete", "refuse"},
            CaseState.UNDER_REVIEW: {"complete", "refuse"},
        }.get(state, set())
        step = page.case.current_step
        following = page.case.steps[page.case.steps.index(step) + 1 :] if step else ()
        if state is CaseState.UNDER_REVIEW and following and following[0].state is state:
            moves.add("step")
    return frozenset(moves)
