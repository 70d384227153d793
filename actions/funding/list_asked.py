"""Answers what is asked of a whole list of policies, and what is told that bears on its terms.

"哪条给钱最多" and "有没有给个体户的" are about no first one of the list; "我才交了三个月" is held
against the conditions of those that were told.
"""

from collections.abc import Iterable

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.listed import listed_ids
from actions.funding.meant import FOUND, keep_found, list_policies
from actions.funding.said import POINT, keep_told
from actions.funding.verdict import verdict_on
from actions.steering.done_before import BEHIND, LATELY, done_before
from actions.turns.focus import POLICY
from actions.turns.history import lately_said, slot_values
from actions.turns.turn import Turn
from bot.documents.policies_text import MAX_POLICIES
from bot.documents.policy_list_text import lines_text, of_kinds_text, side_text
from bot.documents.policy_point_text import question_text
from bot.domain.eligibility import Standing, standing
from bot.domain.policies import Policy, leaves
from bot.services.policies.sums import tells_layoffs, told_months
from bot.services.times.local_time import local_day
from bot.services.words.matter_remarks import asks
from bot.services.words.policy_list import (
    Compared,
    asks_for_others,
    asks_of_dues,
    compared_by,
    group_asked,
)
from bot.services.words.still_given import happened_before

COMPARED = {
    Compared.GAIN: "utter_policy_compared_gain",
    Compared.CLAIM: "utter_policy_compared_claim",
    Compared.TIME: "utter_policy_compared_time",
    Compared.UNTIL: "utter_policy_compared_until",
}
STILL = "{happened}还能领吗"
"""How the catalogue asks whether something is given still."""

LAYOFFS, LAYOFF_RATE = "layoff_rate", "裁员率"
"""Field of the share of the staff that was laid off, and its word."""

DUES = ("失业保险", "社保", "社会保险")
"""Words of a record that speak of what is paid for the staff."""

OTHERS, HELD = "utter_policy_others", "utter_policy_held_against"
LISTED = frozenset({"utter_policy_found", "utter_policy_package", OTHERS, HELD, *COMPARED.values()})
SINGLE = frozenset({"utter_policy_claim", "utter_policy_claim_here", "utter_policy_point"})
"""Responses that speak of a list, and of one policy."""


def answer_of_policies(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of the policies told right before as a whole; no events for others."""
    here = done_before(turn)
    is_behind = f"{BEHIND}policy" in here and turn.slots.get("focus") == POLICY
    if turn.choice is not None or not turn.text or not is_behind:
        return []
    told = _told(turn, is_list=_is_list(turn))
    if asks_for_others(turn.text):
        return _say_others(turn, say)
    if words := group_asked(turn.text, is_list=_is_list(turn)):
        return _say_for(words, turn, say)
    by = compared_by(turn.text)
    if by is not None and len(told) > 1:
        lines = "\n".join(f"{at}. {side_text(one, by)}" for at, one in enumerate(told, 1))
        say.utter_message(response=COMPARED[by], policies=lines)
        return keep_found([one.id for one in told])
    if (still := _still_given(turn, told, say)) is not None:
        return still
    if told and asks_of_dues(turn.text):
        return _say_dues(told, say)
    return _say_verdicts(turn, told, say)


def _still_given(
    turn: Turn, told: list[Policy], say: CollectingDispatcher
) -> list[EventType] | None:
    """Say whether a policy told is given still after what happened: 换过经营者的还给不给."""
    happened = happened_before(turn.text)
    if not told or happened is None:
        return None
    points = app().policy_finder.points
    for policy in told:
        faq = points.faq(STILL.format(happened=happened), policy)
        if faq is not None:
            say.utter_message(response=POINT, point=question_text(faq))
            return keep_told(policy)
    return None


def _is_list(turn: Turn) -> bool:
    """Tell whether the list was spoken of last, and none of it by itself since."""
    for said in lately_said(turn, LATELY):
        if said & (SINGLE | LISTED):
            return not said & SINGLE and len(listed_ids(turn)) > 1
    return False


def _told(turn: Turn, *, is_list: bool) -> list[Policy]:
    known = app().catalogue.policies
    ids = listed_ids(turn)[:MAX_POLICIES] if is_list else [str(turn.slots.get(FOUND))]
    return [known[one] for one in ids if one in known]


def _say_others(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Name the policies that were not told yet, by their kind."""
    known = app().catalogue.policies
    before = set(slot_values(turn, FOUND))
    rest = [one for one in known.values() if one.id not in before]
    say.utter_message(
        response=OTHERS,
        all=len(known),
        told=len(known) - len(rest),
        policies=of_kinds_text(rest),
    )
    found = known.get(str(turn.slots.get(FOUND)))
    return [] if found is None else keep_told(found)


def _say_for(words: Iterable[str], turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """List the policies that speak of who is asked for, or say that none does."""
    today = local_day(app().now())
    living = (
        one
        for one in app().catalogue.policies.values()
        if standing(one.validity, today) is not Standing.ENDED
    )
    speaking = [one for one in living if any(word in _own(one) for word in words)]
    if not speaking:
        say.utter_message(response="utter_policy_none_on_it")
        found = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
        return [] if found is None else keep_told(found)
    events = list_policies(speaking, say)
    if rest := speaking[MAX_POLICIES:]:
        say.utter_message(response="utter_policy_found_more", policies=of_kinds_text(rest))
    return events


def _own(policy: Policy) -> str:
    """Return the words of a policy that tell whom it is for."""
    values = (leaf.value for leaf in leaves(policy.criteria))
    said = (v for value in values for v in (value if isinstance(value, tuple) else (value,)))
    words = [policy.name, policy.benefit.formula, *(v for v in said if isinstance(v, str))]
    return "\n".join(words)


def _say_dues(told: list[Policy], say: CollectingDispatcher) -> list[EventType]:
    """Read out what the policies told say of the dues that are to be paid."""
    points = app().policy_finder.points
    found = [
        dict.fromkeys(line for word in DUES for line in points.lines(word, policy))
        for policy in told
    ]
    said = [
        lines_text(
            policy, [line for line in lines if line not in policy.benefit.formula] or [*lines]
        )
        for policy, lines in zip(told, found, strict=True)
    ]
    say.utter_message(response=HELD, policies="\n".join(said))
    return keep_found([one.id for one in told]) if len(told) > 1 else keep_told(told[0])


def _say_verdicts(turn: Turn, told: list[Policy], say: CollectingDispatcher) -> list[EventType]:
    """Hold the months that are told against the policies that count them: 我才交了三个月."""
    if tells_layoffs(turn.text) and not asks(turn.text):
        return _say_layoffs(turn, told, say)
    held = [(one, verdict_on(turn, one)) for one in told if told_months(turn.text, one)]
    said = [f"“{policy.name}”\n{verdict}" for policy, verdict in held if verdict]
    if not said:
        return []
    say.utter_message(response=HELD, policies="\n".join(said))
    return keep_found([one.id for one in told]) if len(told) > 1 else keep_told(told[0])


def _say_layoffs(turn: Turn, told: list[Policy], say: CollectingDispatcher) -> list[EventType]:
    """Say how many may be laid off, where it is told that some were: 裁了一个人."""
    points = app().policy_finder.points
    counting = [one for one in told if any(leaf.field == LAYOFFS for leaf in leaves(one.criteria))]
    if not counting:
        return []
    lines = [
        verdict_on(turn, one) or lines_text(one, points.lines(LAYOFF_RATE, one)) for one in counting
    ]
    say.utter_message(response=HELD, policies="\n".join(lines))
    return keep_found([one.id for one in told]) if len(told) > 1 else keep_told(told[0])
