"""What dispatchers decided, with the text it was about, for review and learning."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.routing import RouteDecision
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.tickets.routing import Router, category_of


@dataclass(frozen=True)
class DecidedText:
    """A decision with its text and the category that a reviewer starts from."""

    decision: RouteDecision
    text: str
    category: str


def decided_texts(
    unit_of_work: OpenUnitOfWork, router: Router, *, only_corrections: bool
) -> Sequence[DecidedText]:
    """Return the last decision on each whistle or complaint, oldest first.

    The category of a correction is the likeliest one that the chosen department stands in.
    """
    with unit_of_work() as uow:
        decisions = uow.routing.decisions()
        last = {one.subject: one for one in decisions}
        found = []
        for decision in last.values():
            text = text_of(uow, decision.subject)
            if text is not None and (decision.is_correction or not only_corrections):
                found.append(DecidedText(decision, text, _category(router, text, decision)))
    return found


def text_of(uow: UnitOfWork, subject: str) -> str | None:
    """Return what a whistle, complaint or suggestion says, or None when it is gone."""
    ticket = uow.tickets.by_number(subject)
    if ticket is not None:
        return ticket.description
    feedback = uow.feedback.by_number(subject)
    return feedback.text if feedback else None


def _category(router: Router, text: str, decision: RouteDecision) -> str:
    ranked = router.model.rank(text)
    if not decision.is_correction and decision.category:
        return decision.category
    return category_of(ranked, decision.decided_id)
