"""Keeping a plan under a secret link."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.plan_life import PlanLife
from bot.domain.plans import PlanKind, SavedPlan, token_hash
from bot.services.operating.numbers import NumberKind, hold_numbers, next_number
from bot.services.plans.due_days import dates_of, is_open
from bot.services.plans.recipe import AnyAnswers, pack
from bot.services.plans.snapshot import AnyPlan
from bot.services.ports import OpenUnitOfWork, UnitOfWork

TOKEN_BYTES = 24
"""192 random bits: a link cannot be guessed."""


@dataclass(frozen=True)
class SharedPlan:
    """A saved plan and the secret of one link to it.

    Attributes:
        token: Shown to the applicant once; only its hash is kept.
        number: What people call the plan by; "" for one that cannot be followed.
    """

    plan: SavedPlan
    token: str = field(repr=False)
    number: str = ""

    @property
    def path(self) -> str:
        """Return the path of the page, without host."""
        return f"/plans/{self.token}"


@dataclass(frozen=True)
class Follow:
    """What a plan needs to be followed.

    Attributes:
        answers: Of the journey; the plan is composed from them again.
        plan: As composed from them.
        name: What the plan is called until its owner gives it another name.
        fingerprint: Of the rules it was composed by; see `PlanComposer`.
    """

    answers: AnyAnswers = field(repr=False)
    plan: AnyPlan = field(repr=False)
    name: str
    fingerprint: str


def save_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    kind: PlanKind,
    answers: Mapping[str, Any],
    snapshot: Mapping[str, Any],
    now: datetime,
    follow: Follow | None = None,
) -> SharedPlan:
    """Save a plan and make a link to it; with `follow` it gets a number and can be marked.

    The same `origin` again saves nothing and adds a link to the plan of that time, because the
    secret of the first link is not kept. `answers` (slot name to value) and `snapshot` (what the
    page shows) must be JSON-able.
    """
    with unit_of_work() as unit:
        plan = unit.plans.add(
            origin=origin,
            conversation_id=conversation_id,
            kind=kind,
            answers=answers,
            snapshot=snapshot,
            now=now,
        )
        number = "" if follow is None else _begin_life(unit, plan, follow, now)
        return replace(_share(unit, plan, now), number=number)


def share_latest_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    conversation_id: str,
    now: datetime,
    kind: PlanKind | None = None,
) -> SharedPlan | None:
    """Make a new link to the newest plan of a conversation; None when it has none."""
    with unit_of_work() as unit:
        plan = unit.plans.latest(conversation_id, kind)
        return None if plan is None else _share(unit, plan, now)


def get_plan_by_token(unit_of_work: OpenUnitOfWork, token: str) -> SavedPlan:
    """Return the plan under a link's secret.

    Raises:
        UnknownPlan: No plan lies under this link.
    """
    with unit_of_work() as unit:
        return unit.plans.by_token_hash(token_hash(token))


def latest_plan(
    unit_of_work: OpenUnitOfWork, conversation_id: str, kind: PlanKind | None = None
) -> SavedPlan | None:
    """Return the newest plan of a conversation, of one kind or of any."""
    with unit_of_work() as unit:
        return unit.plans.latest(conversation_id, kind)


def _begin_life(unit: UnitOfWork, plan: SavedPlan, follow: Follow, now: datetime) -> str:
    """Begin the life of a plan, or find the one it has; returns its number."""
    hold_numbers(unit, NumberKind.PLAN, now)
    known = unit.plan_lives.of_plan(plan.id)
    if known is not None:
        return known.number
    dated = follow.plan.plan
    recipe = pack(follow.answers, dated.start_on)
    life = PlanLife(
        plan_id=plan.id,
        kind=plan.kind,
        conversation_id=plan.conversation_id,
        number=next_number(unit, NumberKind.PLAN, now),
        name=follow.name,
        recipe=recipe.recipe,
        start_on=dated.start_on,
        done={},
        papers={},
        dates=dates_of(follow.plan.steps, dated, {}),
        is_open=is_open(follow.plan.steps, {}),
        phone_tail="",
        fingerprint=follow.fingerprint,
        version=1,
        created_at=now,
    )
    unit.plan_lives.add(life, now)
    return life.number


def _share(unit: UnitOfWork, plan: SavedPlan, now: datetime) -> SharedPlan:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    unit.plans.add_link(plan.id, token_hash(token), now)
    return SharedPlan(plan, token)
