"""An application as it was handed in: the form, the papers, what was asked for and what came."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.application_errors import (
    NoPapersNamed,
    PapersAskedAlready,
    PapersOutstanding,
    ReasonMissing,
)
from bot.domain.cases import CaseState
from bot.domain.matters import Material

MAX_REASON_LENGTH = 500
MAX_PAPERS = 60


class PaperChoice(enum.Enum):
    """What the applicant does about a document."""

    HAVE = "have"
    LATER = "later"
    COMMIT = "commit"
    HELD = "held"
    """The state already holds it: nobody submits it."""

    FORM = "form"
    """The single form itself is this document."""

    NOT_NEEDED = "not_needed"
    """Asked for in some cases only, and this is none of them."""

    LACKING = "lacking"
    """Not at hand, and neither later nor a commitment will do: nothing can be handed in."""


@dataclass(frozen=True)
class AppliedPaper:
    """One document of an application.

    Attributes:
        form: 原件, 复印件, 电子证照 ... as on the list.
        until: Of a later one: the last local day; proposed at first, fixed by the window.
        is_provisional: `until` hangs on a calendar not yet published.
    """

    name: str
    choice: PaperChoice
    form: str
    copies: int
    until: date | None = None
    is_provisional: bool = False


@dataclass(frozen=True)
class LaterPaper:
    """A document that was accepted as missing, with its day.

    Attributes:
        received_at: When the window got it; None while it is outstanding.
        offered_at: When the applicant said that it is there; the window has not confirmed.
    """

    id: int
    case_number: str
    name: str
    due_on: date
    is_provisional: bool
    received_at: datetime | None = None
    offered_at: datetime | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether it is outstanding after its day."""
        return self.received_at is None and today > self.due_on


@dataclass(frozen=True)
class PaperRequest:
    """The window's notice of what is missing.

    Attributes:
        papers: Everything that is missing, complete.
        caused_by: The paper of the applicant's answer that made a second notice necessary; "" for
            the first.
        answered_at: When the applicant had handed in all of it.
        supplied: What has come so far.
    """

    id: int
    papers: tuple[str, ...]
    reason: str
    asked_at: datetime
    asked_by: str
    caused_by: str = ""
    supplied: tuple[str, ...] = ()
    answered_at: datetime | None = None

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Return what has not come yet, in order."""
        return tuple(paper for paper in self.papers if paper not in self.supplied)


@dataclass(frozen=True)
class NewApplication:
    """What is written beside the case when an application is handed in.

    Attributes:
        form_id: Which single form.
        values: As filled in, canonical.
        matter_ids: What is applied for: one matter, or the parts of a joint opening.
        consented_at: When the applicant agreed to the declaration that was shown.
    """

    form_id: str
    values: Mapping[str, str] = field(repr=False)
    matter_ids: tuple[str, ...]
    papers: tuple[AppliedPaper, ...]
    conversation_id: str
    consented_at: datetime


@dataclass(frozen=True)
class Application(NewApplication):
    """An application as it is stored, beside its case.

    Attributes:
        requests: Notices of missing papers, oldest first.
        later: Papers accepted as missing.
    """

    case_id: int = 0
    requests: tuple[PaperRequest, ...] = ()
    later: tuple[LaterPaper, ...] = ()


def default_choice(material: Material, form_words: Sequence[str]) -> PaperChoice:
    """Return what is assumed about a document until the applicant says otherwise.

    Args:
        material: The document.
        form_words: Words in the name of a document that the single form replaces.
    """
    if material.shared_no_submit:
        return PaperChoice.HELD
    if any(word in material.name for word in form_words):
        return PaperChoice.FORM
    if material.conditional or not material.required:
        return PaperChoice.NOT_NEEDED
    return PaperChoice.HAVE


def may_choose(material: Material, choice: PaperChoice) -> bool:
    """Tell whether a document may be dealt with in this way."""
    if choice is PaperChoice.LATER:
        return material.deferrable
    if choice is PaperChoice.COMMIT:
        return material.commitment_ok
    if choice is PaperChoice.HELD:
        return material.shared_no_submit
    if choice is PaperChoice.NOT_NEEDED:
        return material.conditional or not material.required
    return True


def check_request(application: Application, papers: Sequence[str], reason: str, cause: str) -> None:
    """Refuse a notice of missing papers that the law does not allow.

    Args:
        application: With the notices so far.
        papers: What is missing.
        reason: Why, for the applicant.
        cause: The paper of the applicant's answer that makes a further notice necessary.

    Raises:
        NoPapersNamed: Nothing is named.
        ReasonMissing: A further notice without a reason.
        PapersAskedAlready: A notice went out, and the applicant's answer did not cause this one.

    Source: 行政许可法 第三十二条.
    """
    if not papers or len(papers) > MAX_PAPERS:
        raise NoPapersNamed
    if not application.requests:
        return
    latest = application.requests[-1]
    if latest.answered_at is None or cause not in latest.supplied:
        raise PapersAskedAlready
    if not reason.strip():
        raise ReasonMissing


def check_finish(application: Application, to: CaseState) -> None:
    """Refuse to complete a case while papers accepted as missing are outstanding.

    Raises:
        PapersOutstanding: They are.

    Source: 济南市行政审批容缺受理制度 (papers first, result after), as in the catalogue's rules of
        deferral.
    """
    if to is CaseState.COMPLETED and any(paper.received_at is None for paper in application.later):
        raise PapersOutstanding
