"""Keeping a plan under a secret link."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.plans import PlanKind, SavedPlan, token_hash
from bot.services.ports import OpenUnitOfWork, UnitOfWork

TOKEN_BYTES = 24
"""192 random bits: a link cannot be guessed."""


@dataclass(frozen=True)
class SharedPlan:
    """A saved plan and the secret of one link to it.

    Attributes:
        token: Shown to the applicant once; only its hash is kept.
    """

    plan: SavedPlan
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        """Return the path of the page, without host."""
        return f"/plans/{self.token}"


def save_plan(
    unit_of_work: OpenUnitOfWork,
    *,
    origin: str,
    conversation_id: str,
    kind: PlanKind,
    answers: Mapping[str, Any],
    snapshot: Mapping[str, Any],
    now: datetime,
) -> SharedPlan:
    """Save a plan and make a link to it.

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
        return _share(unit, plan, now)


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


def _share(unit: UnitOfWork, plan: SavedPlan, now: datetime) -> SharedPlan:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    unit.plans.add_link(plan.id, token_hash(token), now)
    return SharedPlan(plan, token)
