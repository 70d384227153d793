"""Says what a policy gives, to whom and how it is claimed, and first of all the point asked."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._apply_draft import TARGET
from actions._focus import POLICY
from actions._history import last_responses, typed_before, was_said
from actions._policy_facts import told_profile
from actions._policy_meant import FOUND
from actions._turn import Turn
from bot.documents.labels import CLAIM_HERE
from bot.documents.policies_text import claim_text
from bot.documents.policy_point_text import (
    conditions_asked,
    excluded_text,
    field_text,
    gain_text,
    is_met,
    question_text,
    sums_for,
    verdict_text,
)
from bot.domain.policies import Policy
from bot.domain.policy_claims import claim_id
from bot.services.business_words import supposes
from bot.services.local_time import local_day
from bot.services.policy_fields import SURE, Field, asks_nothing_else, field_asked
from bot.services.policy_remarks import asks_if_also, asks_sum
from bot.services.policy_sums import bare_sum
from bot.services.remarks import asks_meaning

_FIGURE = re.compile(r"\d+万")

POINT = "utter_policy_point"
"""Response that answers one point of a policy."""


def say_policy(turn: Turn, policy: Policy, say: CollectingDispatcher) -> list[EventType]:
    """Answer for a policy: the question of the catalogue, or conditions, or verdict; then all.

    Args:
        turn: The message; its text may ask a point or tell of the enterprise.
        policy: Which.
        say: Where it is said.
    """
    text = claim_text(policy, app().catalogue, local_day(app().now()))
    kept: list[EventType] = [SlotSet(FOUND, policy.id), SlotSet("focus", POLICY)]
    is_told = _is_told(turn, policy, text)
    if is_told and _says_part(turn, policy, say):
        return kept
    point = _point(turn, policy)
    if point:
        title = f"“{policy.name}”\n" if is_told and policy.name not in point else ""
        say.utter_message(response=POINT, point=title + point)
    verdict = _verdict(turn, policy)
    if point and is_told:
        if not is_met(verdict):  # 过了三十个人咋收法
            say.utter_message(response=POINT, point=gain_text(policy))
        return kept
    is_said = was_said(turn, text)
    is_said |= POINT in last_responses(turn) and turn.slots.get(FOUND) == policy.id
    is_also = asks_if_also(turn.text) or (is_said and supposes(turn.text))  # 要是亏损呢
    is_also &= turn.choice is None and not point
    excluded = excluded_text(policy) if is_also else ""
    if excluded:  # 新盖的车间也能这么扣呗
        say.utter_message(response=POINT, point=excluded)
    elif is_said and is_also:  # 开专票也免吗
        say.utter_message(response="utter_policy_not_recorded", policy=policy.name)
    if is_said and (is_also or verdict):
        return kept
    if claim_id(policy) in app().catalogue.claims:
        here = {
            "title": CLAIM_HERE,
            "payload": f'/apply_online{{"choice": "{TARGET}={claim_id(policy)}"}}',
        }
        say.utter_message(response="utter_policy_claim_here", claim=text, buttons=[here])
    else:
        say.utter_message(response="utter_policy_claim", claim=text)
    return kept


def _is_told(turn: Turn, policy: Policy, text: str) -> bool:
    """Tell whether all of a policy stands in this talk already, and it was the last spoken of."""
    is_asked = bool(turn.text) and turn.choice is None and turn.slots.get(FOUND) == policy.id
    told = (str(event.get("text") or "") for event in turn.events if event.get("event") == "bot")
    return is_asked and any(text in one for one in told)


def _says_part(turn: Turn, policy: Policy, say: CollectingDispatcher) -> bool:
    """Answer, once a policy was told, the one part that is asked after; False for none.

    "俺是外地户口中不" gets the conditions, with the word that nothing else is written.
    """
    field = field_asked(turn.text)
    if field is None or _verdict(turn, policy):
        return False
    point = "" if field in SURE else _point(turn, policy)
    part = point or field_text(policy, field, app().catalogue)
    is_plain = turn.entity("industry") is not None or asks_nothing_else(turn.text)
    if not part or (field is Field.TERMS and not point and not is_plain):
        say.utter_message(response="utter_policy_not_recorded", policy=policy.name)
    if part:
        say.utter_message(response=POINT, point=part)
    return True


def _verdict(turn: Turn, policy: Policy) -> str:
    """Return how the firm that a text tells of stands to a policy, "" for none: 正好31个呢."""
    told = told_profile(turn) if turn.choice is None else {}
    if turn.choice is None and turn.slots.get(FOUND) == policy.id:
        told = {**bare_sum(turn.text, policy, typed_before(turn)), **told}
    return verdict_text(policy, told, app().catalogue, local_day(app().now()))


def _point(turn: Turn, policy: Policy) -> str:
    """Return what answers the question itself; "" where the whole is the answer."""
    if not turn.text or turn.choice is not None or asks_sum(turn.text):
        return ""
    points = app().policy_finder.points
    faq = points.faq(turn.text, policy)
    verdict = _verdict(turn, policy)
    if faq is not None and not verdict:
        return question_text(faq)
    if faq is not None:  # 少开点 一季度28万呢, after 季度32万要交多少
        is_told = was_said(turn, faq.answer)
        is_other = any(figure not in turn.text for figure in _FIGURE.findall(faq.question))
        own = [verdict] if is_other or is_told else []
        return "\n".join([*own, *([] if is_told and is_other else [question_text(faq)])])
    sums = sums_for(turn.text, policy)
    if sums:  # 换成公司呢
        return sums
    if verdict or asks_meaning(turn.text):  # 创业担保贷款是啥
        return verdict
    if field_asked(turn.text) is Field.AMOUNT:  # 创业贷款能贷多少
        return ""
    return conditions_asked(points.conditions(turn.text, policy))
