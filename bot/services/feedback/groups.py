"""Complaints and suggestions about the same, together: seen, answered and checked in one go."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.domain.errors import BotError
from bot.domain.feedback_answers import FeedbackFilter, FeedbackRow, Mark
from bot.services.feedback import desk as feedback_desk
from bot.services.feedback.desk import FeedbackOffice, narrowed, seen_by
from bot.services.finding.alike import groups_of
from bot.services.tickets.routing import Router

MOST = 500
"""The most urgent ones that are compared."""

LARGEST = 50
"""So many are answered in one go."""


@dataclass(frozen=True)
class FeedbackGroup:
    """About the same, the one in the middle first."""

    rows: Sequence[FeedbackRow]


class NothingChosen(BotError):
    """No complaint or suggestion was ticked, or very many."""


def list_groups(office: FeedbackOffice, router: Router, likeness: float) -> Sequence[FeedbackGroup]:
    """Return what waits and is said more than once, the most frequent first."""
    wanted = narrowed(office.agent, FeedbackFilter())
    with office.unit_of_work() as unit:
        rows = unit.feedback_desk.page(wanted, office.today, offset=0, limit=MOST)
    found = groups_of([row.text for row in rows], router, likeness)
    groups = [FeedbackGroup([rows[at] for at in group]) for group in found if len(group) > 1]
    return sorted(groups, key=lambda group: -len(group.rows))


def write_all(office: FeedbackOffice, numbers: Sequence[str], *, text: str, change: str) -> int:
    """Write one answer to all of them; each is checked before it goes out.

    Returns:
        How many were written to. What a colleague has answered meanwhile is left as it is.

    Raises:
        NothingChosen: None, or more than `LARGEST`.
        BadAnswer: Too short or too long.
        UnknownFeedback: One is not for this person.
    """
    if not 0 < len(numbers) <= LARGEST:
        raise NothingChosen
    with office.unit_of_work() as unit:
        for number in numbers:
            seen_by(unit, office.agent, number)
    written = 0
    for number in dict.fromkeys(numbers):
        with suppress(*feedback_desk.TAKEN):
            feedback_desk.write(office, number, text=text, change=change)
            written += 1
    return written


def same_answers(office: FeedbackOffice, number: str) -> Sequence[str]:
    """Return the numbers of the others for which the same words of the same author wait."""
    with office.unit_of_work() as unit:
        feedback = seen_by(unit, office.agent, number)
        others = unit.feedback_desk.same_waiting(feedback.id, LARGEST)
        return [one for one in others if one != number]


def approve_all(office: FeedbackOffice, number: str, *, marks: frozenset[Mark]) -> Sequence[str]:
    """Let an answer go out, and the same words to the others.

    Returns:
        The conversations in which it was said.

    Raises:
        NotAllowed, OwnAnswer, NothingToCheck, UnknownFeedback, FeedbackChanged: As in
            `feedback_desk.approve`, for the one that was shown; of the others, what was decided
            meanwhile is left as it is.
    """
    others = same_answers(office, number)
    told = [feedback_desk.approve(office, number, marks=marks)]
    for other in others:
        with suppress(*feedback_desk.TAKEN):
            told.append(feedback_desk.approve(office, other, marks=marks))
    return told
