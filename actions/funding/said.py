"""Says what a policy gives, to whom and how it is claimed, and first of all the point asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.applying.draft import TARGET
from actions.funding.meant import FOUND
from actions.funding.verdict import verdict_on
from actions.turns.focus import POLICY
from actions.turns.history import last_responses, was_said
from actions.turns.turn import Turn
from bot.documents.labels import CLAIM_HERE
from bot.documents.policies_text import claim_text
from bot.documents.policy_point_text import (
    conditions_asked,
    excluded_text,
    field_line,
    field_text,
    gain_text,
    question_text,
    sums_for,
)
from bot.documents.policy_words import version_text
from bot.domain.policies import Policy
from bot.domain.policy_claims import claim_id
from bot.services.policies.fields import SURE, Field, asks_nothing_else, field_asked
from bot.services.policies.points import beside_names
from bot.services.times.local_time import local_day
from bot.services.words.business import supposes
from bot.services.words.matter_remarks import asks, asks_penalty
from bot.services.words.policy_remarks import asks_if_also, asks_sum, subject_of
from bot.services.words.remarks import asks_meaning, clauses

_FIGURE = re.compile(r"\d+万")

_VAGUE = re.compile("东西|意思|讲|说|解一下|介绍|回事|好处|有用|玩意|情况|内容|具体|详细|知道")
"""Words of who asks for all of a policy."""

LONGEST_POINT, SHORTEST_WORD = 12, 2
"""Signs of what is asked beside the name of a policy, and of a word that says what."""

POINT, MISSING = "utter_policy_point", "utter_policy_not_recorded"
"""Responses that answer one point of a policy, and say that it is not written."""

FIRST_LOAN = "loan-guarantee"
"""Policy that is told to who has no money, or wants to borrow some."""


def say_policy(turn: Turn, policy: Policy, say: CollectingDispatcher) -> list[EventType]:
    """Answer for a policy: first the point that is asked, then all of it unless it was told.

    Args:
        turn: The message; its text may ask a point or tell of the enterprise.
        policy: Which.
        say: Where it is said.
    """
    kept = keep_told(policy)
    is_told = _is_told(turn, policy)
    if is_told and _says_part(turn, policy, say):
        return kept
    verdict, point = verdict_on(turn, policy), _point(turn, policy)
    part = "" if is_told else _part(turn, policy, say, has_point=bool(point))
    if point or part:
        title = f"“{policy.name}”\n" if is_told and policy.name not in point else ""
        said_first = "\n".join(one for one in (part, point) if one)
        say.utter_message(response=POINT, point=title + said_first)
    if is_told and point:
        if verdict:  # 过了三十个人咋收法
            say.utter_message(response=POINT, point=gain_text(policy))
        return kept
    text = claim_text(policy, app().catalogue, local_day(app().now()))
    if not _says_also(turn, policy, say, is_told=is_told or was_said(turn, text), verdict=verdict):
        said = set(part.splitlines())
        rest = "\n".join(line for line in text.splitlines() if line not in said)
        _say_whole(policy, rest, say)
    return kept


def keep_told(policy: Policy) -> list[EventType]:
    """Return the events that keep a policy as the one spoken of."""
    return [SlotSet(FOUND, policy.id), SlotSet("focus", POLICY)]


def say_points(turn: Turn, known: Policy, say: CollectingDispatcher) -> list[EventType]:
    """Answer several points of the policy told that are asked in one breath: 上哪申请 带啥."""
    parts = {field: part for part in clauses(turn.text) if (field := field_asked(part))}
    if len(parts) < 2 or len(parts) < len(clauses(turn.text)):  # noqa: PLR2004
        return []
    for field, part in parts.items():
        said = field_text(known, field, app().catalogue, local_day(app().now()))
        if not said:
            say_policy(replace(turn, text=part), known, say)
        else:
            say.utter_message(response=POINT, point=said)
    return keep_told(known)


def say_spoken(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for the policy spoken of last, the point first that is asked; no events for none."""
    policy = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    return [] if policy is None else say_policy(turn, policy, say)


def _says_also(
    turn: Turn, policy: Policy, say: CollectingDispatcher, *, is_told: bool, verdict: str
) -> bool:
    """Say what a policy is not for, where something else is asked; True where that is all."""
    is_last = turn.slots.get(FOUND) == policy.id
    is_told |= POINT in last_responses(turn) and is_last
    is_also = asks_if_also(turn.text) or (is_told and supposes(turn.text))  # 要是亏损呢
    is_also &= turn.choice is None and not _point(turn, policy)
    excluded = excluded_text(policy) if is_also else ""
    if excluded:  # 新盖的车间也能这么扣呗
        say.utter_message(response=POINT, point=excluded)
    elif is_told and is_also:  # 开专票也免吗
        say.utter_message(response=MISSING, policy=policy.name)
    return is_told and bool(is_also or verdict)


def _say_whole(policy: Policy, text: str, say: CollectingDispatcher) -> None:
    """Say what a policy gives, to whom and how, with the way to claim it here if there is one."""
    if claim_id(policy) not in app().catalogue.claims:
        say.utter_message(response="utter_policy_claim", claim=text)
        return
    here = {
        "title": CLAIM_HERE,
        "payload": f'/apply_online{{"choice": "{TARGET}={claim_id(policy)}"}}',
    }
    say.utter_message(response="utter_policy_claim_here", claim=text, buttons=[here])


def _is_told(turn: Turn, policy: Policy) -> bool:
    """Tell whether all of a policy stands in this talk already, and it was the last spoken of."""
    is_asked = bool(turn.text) and turn.choice is None and turn.slots.get(FOUND) == policy.id
    told = (str(event.get("text") or "") for event in turn.events if event.get("event") == "bot")
    own = (f"“{policy.name}”", policy.benefit.formula)
    return is_asked and any(all(line in one for line in own) for one in told)


def _part(turn: Turn, policy: Policy, say: CollectingDispatcher, *, has_point: bool) -> str:
    """Return the part of a policy that a first question asks after; "" where all is the answer.

    Where nothing is written on it, that is said.
    """
    if not turn.text or turn.choice is not None:
        return ""
    own = beside_names(turn.text, policy)
    if figures := app().policy_finder.points.figures(turn.text, policy):
        return "\n".join(figures)
    field = field_asked(own)
    is_of_firm = turn.entity("industry") is not None or turn.entity("enterprise_type") is not None
    if field is None and is_of_firm and asks(own):
        field = Field.TERMS  # 合作社能不能搞
    if field is None and not has_point and _asks_point(own, turn.text):
        if not _reads_lines(turn, policy, say):
            say.utter_message(response=MISSING, policy=policy.name)
        return ""
    if field is None or field is Field.AMOUNT:  # it stands first in all of it
        return ""
    if has_point and field not in SURE:
        return ""
    part = field_line(policy, field, app().catalogue, local_day(app().now()))
    if not part:
        say.utter_message(response=MISSING, policy=policy.name)
    return part


def _asks_point(own: str, text: str) -> bool:
    """Tell whether what stands beside a policy's name asks something of its own: 有没有名额."""
    is_short = own != text and len(own) <= LONGEST_POINT and asks(own)
    words = _VAGUE.sub("\n", subject_of(own)).split()
    is_more = asks_meaning(own) or asks_sum(own)
    return is_short and not is_more and any(len(word) >= SHORTEST_WORD for word in words)


def _says_part(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Answer, once a policy was told, the one part that is asked after; False for none.

    "俺是外地户口中不" gets the conditions, with the word that nothing else is written.
    """
    if _says_fine(turn, policy, say) or says_figure(turn, policy, say):
        return True
    field = field_asked(beside_names(turn.text, policy))
    if field is None:
        return _says_lines(turn, policy, say)
    if field not in SURE and verdict_on(turn, policy):
        return False
    point = "" if field in SURE else _point(turn, policy)
    today = local_day(app().now())
    part = point or field_text(policy, field, app().catalogue, today)
    is_plain = turn.entity("industry") is not None or asks_nothing_else(turn.text)
    is_other = field is Field.TERMS and not point and not is_plain
    if is_other and _reads_lines(turn, policy, say):  # 毕业3年了行吗
        return True
    if not part or is_other:
        say.utter_message(response=MISSING, policy=policy.name)
    if part:
        say.utter_message(response=POINT, point=part)
    if field is Field.GENUINE:  # 听人说谁都能领两万，真的吗
        say.utter_message(response=POINT, point=gain_text(policy))
    return True


def _says_fine(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Answer with the question of a policy that speaks of a fine: 上个季度忘报了会罚多钱."""
    is_asked = asks_penalty(turn.text)
    faq = next((one for one in policy.faqs if is_asked and asks_penalty(one.answer)), None)
    if faq is not None:
        say.utter_message(response=POINT, point=question_text(faq))
    return faq is not None


def _says_lines(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Read out what a policy told says of a question that no part answers, else that it is missing.

    False for what asks nothing, and for what the catalogue answers itself.
    """
    is_other = asks_if_also(turn.text) or asks_sum(turn.text)
    if is_other or verdict_on(turn, policy) or _point(turn, policy):
        return False
    if not asks(turn.text):  # 俺毕业三年了
        return _reads_lines(turn, policy, say)
    if not _reads_lines(turn, policy, say):
        say.utter_message(response=MISSING, policy=policy.name)
        say.utter_message(response=POINT, point=gain_text(policy))
    return True


def says_figure(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Read out what the record says of the figure that is asked for: 得开多久才给; False for none.

    How a firm that is told stands to the policy goes before.
    """
    if verdict_on(turn, policy):
        return False
    return _reads_out(app().policy_finder.points.figures(turn.text, policy), policy, say)


def _reads_lines(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Read out the lines of the record that share a word with a question; False for none."""
    return _reads_out(app().policy_finder.points.lines(turn.text, policy), policy, say)


def _reads_out(lines: Sequence[str], policy: Policy, say: CollectingDispatcher) -> bool:
    """Read out lines of the record of a policy with its sources; False for none."""
    if lines:
        said = "\n".join((f"“{policy.name}”", *lines, version_text(policy)))
        say.utter_message(response=POINT, point=said)
    return bool(lines)


def _point(turn: Turn, policy: Policy) -> str:
    """Return what answers the question itself; "" where the whole is the answer."""
    if not turn.text or turn.choice is not None or asks_sum(turn.text):
        return ""
    points = app().policy_finder.points
    faq = points.faq(turn.text, policy)
    verdict = verdict_on(turn, policy)
    if faq is not None and not verdict:
        return question_text(faq)
    if faq is not None:  # 少开点 一季度28万呢, after 季度32万要交多少
        is_told = was_said(turn, faq.answer)
        is_other = any(figure not in turn.text for figure in _FIGURE.findall(faq.question))
        own = [verdict] if is_other or is_told else []
        return "\n".join([*own, *([] if is_told and is_other else [question_text(faq)])])
    sums = sums_for(turn.text, policy)
    if sums:  # 换成公司呢
        return "\n".join(part for part in (verdict, sums) if part)
    if verdict or asks_meaning(turn.text):  # 创业担保贷款是啥
        return verdict
    if field_asked(beside_names(turn.text, policy)) not in {None, Field.TERMS}:
        return ""  # 创业贷款能贷多少, 残疾人就业今年还有没
    return conditions_asked(points.conditions(turn.text, policy))
