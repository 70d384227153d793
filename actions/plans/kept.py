"""What both journeys need to show their questions in order and to save their plans."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions import app
from actions.turns.turn import Turn
from bot.domain.plans import PlanKind
from bot.services.plans.plans import Follow, SharedPlan, save_plan


def answered_then_open(
    slots: Mapping[str, Any], prefix: str, names: Sequence[str], pending: Sequence[str]
) -> list[str]:
    """Return the questions that are answered (they can be corrected), then those still open.

    Args:
        slots: By name; the answer to a question is in `prefix` + its name.
        prefix: Of the journey's slots.
        names: All questions of the journey.
        pending: The open ones, in the order of asking.
    """
    answered = [n for n in names if slots.get(prefix + n) is not None and n not in pending]
    return [*answered, *pending]


def keep_plan(
    turn: Turn,
    kind: PlanKind,
    prefix: str,
    snapshot: Mapping[str, Any],
    following: Follow,
) -> tuple[SharedPlan, str]:
    """Save a plan once per message; returns it with the address of its page."""
    application = app()
    saved = save_plan(
        application.unit_of_work,
        origin=turn.origin("plan"),
        conversation_id=turn.conversation_id,
        kind=kind,
        answers={k: v for k, v in turn.slots.items() if k.startswith(prefix) and v is not None},
        snapshot=snapshot,
        now=application.now(),
        follow=following,
    )
    return saved, application.settings.base_url + saved.path
