"""Service reviews (好差评): rate once, follow up the bad ones, show staff no names."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.bookings import BookingState, UnknownBooking
from bot.domain.catalogue import Catalogue
from bot.domain.feedback import Feedback
from bot.domain.halls import to_local
from bot.domain.ratings import parse_level as parse_level  # noqa: PLC0414 - read beside `rate`
from bot.domain.reviews import (
    ALLOWED_RECTIFICATION_STATES,
    MAX_COMMENT_LENGTH,
    AnonymousReview,
    BadLevel,
    Rating,
    RatingClosed,
    Rectification,
    RectificationChanged,
    RectificationEvent,
    RectificationState,
    Review,
    TargetKind,
    UnknownTarget,
    Verdict,
)
from bot.domain.reviews import AlreadyRated as AlreadyRated  # noqa: PLC0414 - likewise
from bot.domain.service_rules import ReviewRules
from bot.domain.ticket_clocks import WhistleRules
from bot.domain.tickets import Ticket
from bot.planner.calendar import WorkingCalendar
from bot.services.feedback import after as feedback_after
from bot.services.ports import OpenUnitOfWork, UnitOfWork
from bot.services.privacy.personal_names import without_told
from bot.services.reviews.targets import department_of
from bot.services.services_ports import NewReview
from bot.services.tickets import after as ticket_after

MAX_SHOWN = 200
"""How many reviews staff see at once."""


def rate(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    target_kind: TargetKind | str,
    target_id: str,
    level: int,
    comment: str,
    now: datetime,
    calendar: WorkingCalendar,
    catalogue: Catalogue,
    whistle_rules: WhistleRules | None = None,
    is_proven: bool = False,
) -> Rating:
    """Write the one review of a target; a bad one opens a rectification task in the same step.

    `target_id` is the number of a case, booking or ticket, or what `service_target` returns; a
    comment is cut at `MAX_COMMENT_LENGTH`. The same `origin` again returns the first rating.

    A whistle's ticket can be rated once on the way and once for each answer; with `whistle_rules`
    it is then closed or reopened in the same step (`ticket_after.after_rating`). With `is_proven`
    somebody has shown in another way than by the conversation that the target is the own one.

    Raises:
        BadLevel: The catalogue has no such level.
        AlreadyRated: The target has its review.
        UnknownTarget: The target does not exist, or the conversation has not shown that it is
            its own.
        RatingClosed: The booking has not begun, was cancelled, or the time for it has passed.

    Source: 国办发〔2019〕51号; the limits stand in the catalogue's service rules with theirs.
    """
    kind = TargetKind(target_kind)
    rules = catalogue.service_rules.review
    is_negative = _is_negative(rules, level)
    new = NewReview(
        origin=origin,
        conversation_id=conversation_id,
        target_kind=kind,
        target_id=target_id,
        level=level,
        comment=comment.strip()[:MAX_COMMENT_LENGTH],
    )
    with unit_of_work() as unit:
        first = unit.reviews.by_origin(origin)
        if first is not None:
            return Rating(first, unit.reviews.rectification_of(first.id))
        if not is_proven:
            _check_own(unit, new)
        department_id = department_of(unit, kind, target_id)
        ticket, filed = _ticket_of(unit, kind, target_id)
        new = replace(new, target_id=_rated_as(target_id, ticket, filed))
        if kind is TargetKind.BOOKING:
            _check_time(unit, new, rules, now, calendar)
        review = unit.reviews.add(new, now)
        task = _open_task(unit, review, rules, calendar, department_id) if is_negative else None
        outcome = None
        verdict = Verdict(is_negative, new.comment, now)
        if filed is not None:
            outcome = feedback_after.after_rating(
                unit, filed, verdict, calendar=calendar, catalogue=catalogue
            )
        if ticket is not None and whistle_rules is not None:
            outcome = ticket_after.after_rating(
                unit, ticket.number, verdict, calendar=calendar, rules=whistle_rules
            )
        return Rating(review, task, outcome)


def is_rated(unit_of_work: OpenUnitOfWork, kind: TargetKind, target_id: str) -> bool:
    """Tell whether a target, other than a ticket, has its one review."""
    with unit_of_work() as unit:
        return unit.reviews.of_target(kind, target_id) is not None


def _rated_as(number: str, ticket: Ticket | None, filed: Feedback | None) -> str:
    """Return what the review names: each answer to a whistle or complaint has one of its own."""
    if ticket is not None:
        return ticket_after.rated_as(ticket)
    return number if filed is None else feedback_after.rated_as(filed)


def _ticket_of(
    unit: UnitOfWork, kind: TargetKind, number: str
) -> tuple[Ticket | None, Feedback | None]:
    """Return the whistle, or the complaint or suggestion, of a number."""
    if kind is not TargetKind.TICKET:
        return None, None
    return unit.tickets.by_number(number), unit.feedback.by_number(number)


def advance_rectification(
    unit_of_work: OpenUnitOfWork,
    *,
    rectification_id: int,
    state: RectificationState,
    actor: str,
    reason: str,
    now: datetime,
) -> Rectification:
    """Take a rectification task one step further; staff only.

    Raises:
        UnknownRectification: No such task.
        RectificationChanged: The step is not allowed now, or somebody was faster.
    """
    with unit_of_work() as unit:
        seen = unit.reviews.rectification(rectification_id)
        if state not in ALLOWED_RECTIFICATION_STATES[seen.state]:
            raise RectificationChanged(f"{seen.state.value} to {state.value}")
        if not unit.reviews.set_rectification_state(
            seen, state, actor=actor, reason=reason, now=now
        ):
            raise RectificationChanged(seen.state.value)
        return unit.reviews.rectification(rectification_id)


def open_rectifications(unit_of_work: OpenUnitOfWork) -> tuple[Rectification, ...]:
    """Return the tasks that are not settled, the most urgent first."""
    with unit_of_work() as unit:
        return unit.reviews.open_rectifications()


def overdue_rectifications(
    unit_of_work: OpenUnitOfWork, *, now: datetime
) -> tuple[Rectification, ...]:
    """Return the tasks past a deadline on the local date of `now`; for the clock."""
    today = to_local(now).date()
    return tuple(task for task in open_rectifications(unit_of_work) if task.is_overdue(today))


def rectification_history(
    unit_of_work: OpenUnitOfWork, rectification_id: int
) -> tuple[RectificationEvent, ...]:
    """Return the history of a task, oldest first."""
    with unit_of_work() as unit:
        return unit.reviews.rectification_events(rectification_id)


def reviews_for_staff(
    unit_of_work: OpenUnitOfWork, *, limit: int = MAX_SHOWN
) -> tuple[AnonymousReview, ...]:
    """Return the newest reviews as the rated side may see them: without who rated what when."""
    with unit_of_work() as unit:
        found = unit.reviews.recent(min(limit, MAX_SHOWN))
    return tuple(anonymous(review) for review in found)


def anonymous(review: Review) -> AnonymousReview:
    """Return a review as the rated side may see it."""
    return AnonymousReview(
        id=review.id,
        level=review.level,
        comment=without_told(review.comment),
        rated_on=to_local(review.created_at).date(),
    )


def counts_by_level(
    unit_of_work: OpenUnitOfWork, *, now: datetime, days: int, catalogue: Catalogue
) -> dict[int, int]:
    """Count the reviews of the last `days` by level, best first, zeros included."""
    with unit_of_work() as unit:
        counts = unit.reviews.counts_by_level(now - timedelta(days=days), now)
    levels = sorted((each.score for each in catalogue.service_rules.review.levels), reverse=True)
    return {level: counts.get(level, 0) for level in levels}


def _is_negative(rules: ReviewRules, level: int) -> bool:
    for each in rules.levels:
        if each.score == level:
            return each.is_negative
    raise BadLevel(str(level))


def _open_task(
    unit: UnitOfWork,
    review: Review,
    rules: ReviewRules,
    calendar: WorkingCalendar,
    department_id: str | None,
) -> Rectification:
    now = review.created_at
    today = to_local(now).date()
    limits = [step.working_days for step in rules.handling if step.working_days is not None]
    # the rules list the follow-up first; the longest limit ends the complicated ones
    follow_up = calendar.add_working_days(today, limits[0])
    end = calendar.add_working_days(today, max(limits))
    return unit.reviews.open_rectification(
        review.id,
        follow_up_due_on=follow_up.on,
        due_on=end.on,
        provisional=follow_up.provisional or end.provisional,
        department_id=department_id,
        now=now,
    )


def _check_own(unit: UnitOfWork, new: NewReview) -> None:
    if not _is_own(unit, new):
        raise UnknownTarget(new.target_kind.value)


def _is_own(unit: UnitOfWork, new: NewReview) -> bool:
    """Tell whether the conversation may rate the target: its own, or its proven, things only."""
    asker = new.conversation_id
    if new.target_kind is TargetKind.CONVERSATION:
        return new.target_id.partition(":")[0] == asker
    if new.target_kind is TargetKind.CASE:
        case = unit.cases.by_number(new.target_id)
        return case is not None and unit.cases.is_granted(case.id, asker)
    if new.target_kind is TargetKind.TICKET:
        ticket = unit.tickets.by_number(new.target_id)
        if ticket is not None:
            return unit.tickets.is_followed(ticket.id, asker)
        filed = unit.feedback.by_number(new.target_id)
        return filed is not None and filed.conversation_id == asker
    try:
        return unit.bookings.by_number(new.target_id).conversation_id == asker
    except UnknownBooking:
        return False


def _check_time(
    unit: UnitOfWork, new: NewReview, rules: ReviewRules, now: datetime, calendar: WorkingCalendar
) -> None:
    booking = unit.bookings.by_number(new.target_id)
    if booking.state is BookingState.CANCELLED:
        raise RatingClosed("closed")
    if now < booking.starts_at:
        raise RatingClosed("too_early")
    met_on = to_local(booking.starts_at).date()
    last = calendar.add_working_days(met_on, rules.late_window_working_days)
    if to_local(now).date() > last.on:
        raise RatingClosed("too_late")
