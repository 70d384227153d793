"""What a conversation already knows about the enterprise, for the policies."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions import app
from actions._apply_target import planned_steps
from actions._facts import UNKNOWN
from actions._start_answers import DISTRICT, ENTERPRISE_TYPE
from actions._turn import Turn
from bot.domain.eligibility import ProfileValue
from bot.domain.policy_watch import PackageFacts
from bot.services.plan_reading import my_plans

PROFILE, SKIPPED = "policy_profile", "policy_skipped"
AGAIN, ASKED = "policy_again", "policy_asked"
"""Fields to be asked once more, and how many questions this round has had."""


def known_profile(slots: Mapping[str, Any]) -> dict[str, ProfileValue]:
    """Return facts that the journey of opening a business has asked already."""
    known: dict[str, ProfileValue] = {}
    kind = app().catalogue.enterprise_types.get(str(slots.get(ENTERPRISE_TYPE)))
    options = app().policy_library.values.get("entity_type", ())
    named = [str(each) for each in options if kind and str(each).startswith(kind.answer)]
    if named:
        known["entity_type"] = named[0]
    if slots.get(DISTRICT) not in {None, UNKNOWN}:
        known["in_liaocheng"] = True  # every district of the catalogue is one of the city
    return known


def package_facts(turn: Turn) -> PackageFacts:
    """Return what a package is worked out from, with the matters of the plan still to be done."""
    done = {
        step for life in my_plans(app().unit_of_work, turn.conversation_id) for step in life.done
    }
    steps = [step for step in planned_steps(turn.slots) if step.matter]
    open_steps = [step for step in steps if step.planned.step.id not in done and not step.is_done]
    return PackageFacts(
        profile=turn.slots.get(PROFILE) or {},
        skipped=tuple(turn.slots.get(SKIPPED) or ()),
        matter_ids=tuple(dict.fromkeys(step.matter.id for step in open_steps if step.matter)),
    )


def without(fields: Sequence[str], profile: Mapping[str, ProfileValue]) -> dict[str, ProfileValue]:
    """Return a profile without some answers."""
    return {field: value for field, value in profile.items() if field not in fields}
