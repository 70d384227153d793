"""What a conversation already knows about the enterprise, for the policies."""

from collections.abc import Mapping, Sequence

from actions import app
from actions.forms.facts import UNKNOWN
from actions.funding.question import form_of_enterprise
from actions.plans.planned import planned_steps
from actions.trades.start_answers import DISTRICT, ENTERPRISE_TYPE
from actions.turns.history import typed_for
from actions.turns.turn import Turn
from bot.domain.eligibility import ProfileValue
from bot.domain.policy_watch import PackageFacts
from bot.services.plans.reading import my_plans
from bot.services.policies.questions import AnswerKind, question_on
from bot.services.reading.answers import mended_amount
from bot.services.words.policy import told_fields
from bot.services.words.remarks import is_correction

POLICY_TALK = frozenset({"apply_policy", "match_policy", "search_policy"})
"""Intents under which people say who they are: 我是退伍兵."""

CALLED = 3
"""Signs of the name of a field by which it is called."""

PROFILE, SKIPPED = "policy_profile", "policy_skipped"
AGAIN, ASKED = "policy_again", "policy_asked"
"""Fields to be asked once more, and how many questions this round has had."""


def known_profile(turn: Turn) -> dict[str, ProfileValue]:
    """Return facts that the journey of opening a business has asked, or that the words tell."""
    slots = turn.slots
    known: dict[str, ProfileValue] = {}
    kind = app().catalogue.enterprise_types.get(str(slots.get(ENTERPRISE_TYPE)))
    options = app().policy_library.values.get("entity_type", ())
    named = [str(each) for each in options if kind and str(each).startswith(kind.answer)]
    if named:
        known["entity_type"] = named[0]
    if slots.get(DISTRICT) not in {None, UNKNOWN}:
        known["in_liaocheng"] = True  # every district of the catalogue is one of the city
    earlier = {f: v for text in typed_for(turn, POLICY_TALK) for f, v in told_fields(text).items()}
    return {**known, **earlier, **told_profile(turn)}


def told_profile(turn: Turn) -> dict[str, ProfileValue]:
    """Return the fields of the profile that a sentence tells by the way."""
    told: dict[str, ProfileValue] = dict(told_fields(turn.text))
    if turn.entity("district"):
        told.setdefault("in_liaocheng", True)  # 不在聊城注册 is told already
    named = turn.entity("enterprise_type")
    if named:
        asked = question_on("entity_type", app().policy_library)
        option = form_of_enterprise(named, asked)
        told |= {"entity_type": option} if option else {}
    return told


def changed_profile(
    turn: Turn, profile: Mapping[str, ProfileValue], *, besides: str | None, replaces: bool
) -> dict[str, ProfileValue]:
    """Return the facts of a text that a profile does not have, or not so.

    Args:
        turn: What was said.
        profile: What is known.
        besides: Field of the open question, whose answer is read elsewhere.
        replaces: A fact that is known is changed; otherwise only new ones count.
    """
    told = told_profile(turn)
    if besides is not None and not is_correction(turn.text) and _asks_number(besides):
        told.pop("employees", None)  # a number without more is rather about what is asked
    return {
        field: value
        for field, value in told.items()
        if field != besides and (field not in profile or (replaces and profile[field] != value))
    }


def mended_profile(turn: Turn, profile: Mapping[str, ProfileValue]) -> dict[str, ProfileValue]:
    """Return the amount that a text puts right: 销售额说岔了，是九万不是六万; empty for none."""
    amounts = {
        field: float(value)
        for field, value in profile.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    for is_named in (False, True):
        for field, known in amounts.items():
            if is_named and not _is_called(field, turn.text):
                continue
            amount = mended_amount(turn.text, known, is_named=is_named)
            if amount is not None and amount != known:
                return {field: amount}
    return {}


def _is_called(field: str, text: str) -> bool:
    """Tell whether a text names a field by the end of its name: 销售额 of 月销售额（元）."""
    name = question_on(field, app().policy_library).text.partition("（")[0]
    return name[-CALLED:] in text


def _asks_number(field: str) -> bool:
    return question_on(field, app().policy_library).kind is AnswerKind.NUMBER


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
