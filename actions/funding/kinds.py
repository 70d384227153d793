"""Policies by what they give: money that is lent, or given; and a loan that is to go on.

Who was told of a tax and asks for a loan means no point of that tax; who hears that the state gives
money wants no list of taxes first.
"""

from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.facts import told_profile
from actions.funding.listed import LOAN
from actions.funding.meant import FOUND, is_unlisted, list_policies, policy_named_shortly
from actions.funding.said import say_policy
from actions.turns.focus import POLICY
from actions.turns.history import texts_before
from actions.turns.names import find_policies
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.domain.eligibility import standing
from bot.domain.policies import Policy, leaves
from bot.services.plans.open_already import is_running
from bot.services.policies.fields import Field, field_asked
from bot.services.policies.policies import FoundPolicy
from bot.services.policies.sums import told_sums
from bot.services.times.local_time import local_day
from bot.services.words.asked import wants_benefit
from bot.services.words.business import begins_new
from bot.services.words.matter_remarks import asks
from bot.services.words.policy import told_fields
from bot.services.words.policy_remarks import (
    renews_loan,
    speaks_of_dues,
    wants_cash,
    wants_gift,
    wants_loan,
)
from bot.services.words.told import group_spoken_of

SEARCH, OWNER, TAX = "search_policy", "owner_group", "税"
"""Intent of who looks for policies, field of who one is, and word of taxes."""

GIFT = "补贴"
"""Kind of a policy that gives money."""

FOUNDS, RENEWED, LENDS, OWED = "创业", "续贷", "贷", "还本"
"""Words in the names of policies for founders, of one that lets a loan go on, and of loans."""

MOST, LATELY = 20, 4
"""Policies that are looked through, and texts before the question that may tell of a founder."""


def kind_wanted(text: str) -> str | None:
    """Return the one kind of policy that a text asks for; None for none or several."""
    is_loan, is_gift = wants_loan(text), wants_gift(text)
    if is_loan == is_gift or speaks_of_dues(text):
        return None
    return LOAN if is_loan else GIFT


def of_kind(text: str, kind: str, before: Sequence[str] = ()) -> Sequence[Policy]:
    """Return the policies of a kind that a text may mean, for founders first where one asks.

    Args:
        text: What is asked.
        kind: `LOAN` or `GIFT`.
        before: What was typed before it.
    """
    named = [one for one in find_policies(text, MOST) if one.kind.startswith(kind)]
    known = app().catalogue.policies.values()
    rest = [one for one in known if one.kind.startswith(kind) and one not in named]
    is_founder = any(begins_new(x) or is_running(x) or FOUNDS in x for x in (*before, text))
    if kind == GIFT and (named or is_founder):
        rest = [one for one in rest if is_founder and FOUNDS in one.name]
    ranked = [*named, *rest]
    return sorted(ranked, key=lambda one: is_founder and FOUNDS not in one.name)


def with_cash_first(turn: Turn, found: Sequence[FoundPolicy]) -> Sequence[FoundPolicy]:
    """Return what was found on a topic, what gives money first where the state is said to.

    So is what founders get, where one opens a trade and tells nothing else of oneself.
    """
    whole = turn.typed or turn.text  # 想开个打印店 stands in another clause
    is_founder = begins_new(whole) and TAX not in whole and OWNER not in told_fields(whole)
    is_meant = wants_cash(turn.text) or (is_founder and wants_gift(turn.text))
    if not is_meant or kind_wanted(turn.text) != GIFT:
        return found
    today = local_day(app().now())
    wanted = of_kind(turn.text, GIFT)
    placed = [FoundPolicy(one, standing(one.validity, today)) for one in wanted]
    ids = {one.id for one in wanted}
    return [*placed, *(one for one in found if one.policy.id not in ids)]


def for_whom(turn: Turn, found: Sequence[FoundPolicy]) -> Sequence[FoundPolicy]:
    """Return what was found, what is for those whom the text tells of before what is for all."""
    told = told_profile(turn).get(OWNER) or group_spoken_of(turn.text)
    if told is None or policy_named_shortly(turn.text) is not None:
        return found
    own = {one.policy.id for one in found if told in _owners(one.policy)}
    return sorted(found, key=lambda one: one.policy.id not in own)


def _owners(policy: Policy) -> set[object]:
    """Return the groups of founders that a policy is for."""
    asked = [one.value for one in leaves(policy.criteria) if one.field == OWNER]
    return {each for value in asked for each in (value if isinstance(value, tuple) else (value,))}


def answer_other_kind(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """List what is lent or given, where the policy told last is neither; no events for others."""
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    known = known if turn.slots.get("focus") == POLICY else None
    is_free = turn.loop is None and turn.choice is None and asks(turn.text)
    if not is_free or policy_named_shortly(turn.text) is not None:
        return []
    if (
        known is not None
        and field_asked(turn.text) is Field.INTEREST
        and LENDS in known.benefit.formula
    ):
        return []  # 利息有补贴没, of a loan
    is_lent = known is not None and LENDS in known.name  # 优惠到期了能延长不 is no loan
    if renews_loan(turn.text) and (is_lent or LENDS in turn.text or OWED in turn.text):
        return _renewed(turn, say)
    if known is None:
        return []
    kind = kind_wanted(turn.text)
    if kind is None or kind in known.kind or "贴息" in known.name:
        return []
    found = of_kind(turn.text, kind, texts_before(turn)[-LATELY:])
    if is_unlisted(turn.text, found):  # 库房顶上想铺光伏 这个有补贴没
        return action_named("action_search_policy").act(turn, say)
    return list_policies(found, say) if found else []


def answer_for_founder(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """List what founders get, where it is asked of no other trait than the trade: 开药店给补贴吗.

    No events where a policy, a tax or a sum is named, or who one is (退伍的开店有啥照顾).
    """
    is_free = turn.loop is None and turn.choice is None and asks(turn.text)
    is_free &= turn.intent == SEARCH and wants_benefit(turn.text)
    is_founder = begins_new(turn.text) and turn.entity("industry") is not None
    if not is_free or not is_founder or policy_named_shortly(turn.text) is not None:
        return []
    if OWNER in told_profile(turn) or told_sums(turn.text) or TAX in turn.text:
        return []
    known = app().catalogue.policies.values()
    kind = kind_wanted(turn.text)
    found = [one for one in known if FOUNDS in one.name and one.kind.startswith(kind or "")]
    found.sort(key=lambda one: not one.kind.startswith(GIFT))
    return list_policies(found, say) if found else []


def _renewed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for the policy that lets a loan go on; no events where none is known."""
    known = app().catalogue.policies.values()
    found = next((one for one in known if any(RENEWED in name for name in one.aliases)), None)
    return [] if found is None else say_policy(turn, found, say)
