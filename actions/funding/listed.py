"""Which of the policies listed last a question means by its words: 最多给贷多少, 个体户能给多少."""

import re
from collections.abc import Sequence

from actions import app
from actions.finding.matter_places import place_in
from actions.funding.meant import FOUND, named_policy
from actions.turns.focus import POLICY
from actions.turns.history import last_responses, slot_values_by_turn
from actions.turns.turn import Turn
from bot.documents.policy_point_text import field_line, form_written, sums_for
from bot.domain.policies import Policy, leaves
from bot.services.policies.fields import Field, field_asked
from bot.services.policies.sums import told_sums
from bot.services.times.local_time import local_day
from bot.services.words.policy_remarks import (
    asks_for_all,
    asks_gain,
    asks_of_terms,
    asks_tax_of_sum,
    speaks_of_loan,
    subject_of,
)
from bot.services.words.remarks import clauses
from bot.services.words.tax import is_of_tax

LISTS = frozenset({"utter_policy_found", "utter_policy_package"})
"""Responses that list policies."""

LOAN = "融资"
"""Kind of a policy by which money is lent."""

LONGEST = 24
"""Signs of a question about one of what was listed."""

_TERMS = re.compile("[最能可给多少几年月多久条件材料哪怎咋样领拿要得多高长办申请期限]")
"""Signs of which the terms are asked for, which tell no policy from another."""

_HIRES = re.compile("招[^，,。]{0,3}[人个名工]|雇|吸纳")
HIRED = "hire_count"
"""Field of how many are newly hired."""

PAIR = 2

RARE = frozenset({Field.INTEREST, Field.LASTS, Field.REPAID})
"""Parts that most policies do not write of."""


def listed_ids(turn: Turn) -> list[str]:
    """Return the ids of the list shown last, in its order."""
    known = app().catalogue.policies
    for held in reversed(slot_values_by_turn(turn, FOUND)):
        ids = list(dict.fromkeys(one for one in held if one in known))
        if len(ids) > 1:
            return ids
    return []


def meant_of_list(turn: Turn) -> Policy | None:
    """Return the one of the policies just listed that a question means by its words, or None."""
    is_after = turn.slots.get("focus") == POLICY and bool(LISTS & last_responses(turn))
    is_asked = asks_of_terms(turn.text) and not asks_for_all(turn.text)
    is_short = 0 < len(turn.text) <= LONGEST
    if not is_after or not is_asked or not is_short or named_policy(turn.text) is not None:
        return None
    listed = [app().catalogue.policies[one] for one in listed_ids(turn)]
    if (hiring := _by_hiring(turn.text, listed)) is not None:
        return hiring
    place = place_in(turn.text)
    if place is not None:  # 第三条给多少
        return listed[place] if place < len(listed) else None
    if speaks_of_loan(turn.text):
        return next((one for one in listed if one.kind.startswith(LOAN)), None)
    if form_written(turn.text):
        return next((one for one in listed if sums_for(turn.text, one)), None)
    return _by_subject(turn.text, listed)


def recording_of_list(turn: Turn) -> Policy | None:
    """Return the first of the policies just listed that records every part asked; None for none.

    "最长借几年 利息谁出" is about no policy that says nothing of interest. Only where a part is
    asked that few of them write of.
    """
    asked = {field_asked(part) for part in clauses(turn.text)} - {None}
    if not asked & RARE or not LISTS & last_responses(turn):
        return None
    today = local_day(app().now())
    for policy in (app().catalogue.policies[one] for one in listed_ids(turn)):
        if all(field_line(policy, one, app().catalogue, today) for one in asked if one):
            return policy
    return None


def meant_by_sum(turn: Turn) -> Policy | None:
    """Return the one policy whose gain follows from a sum that a question tells, or None.

    "去年研发花了八十万 能抵多少税" asks for no package of all that there is.
    """
    is_asked = asks_gain(turn.text) or asks_tax_of_sum(turn.text)
    if turn.loop is not None or not is_asked or asks_for_all(turn.text):
        return None
    told = set(told_sums(turn.text))
    known = app().catalogue.policies.values()
    asked = {one.id: len(told & {leaf.field for leaf in leaves(one.criteria)}) for one in known}
    most = max(asked.values())
    asking = [one for one in known if most and asked[one.id] == most]
    asking = [one for one in asking if is_of_tax(turn.text, one.name)] or asking
    if len(asking) == 1:  # 一个月卖8万 交税吗; 利润二百万 资产一千万, of which one asks for both
        return asking[0]
    found = [
        one for one in known if any(told & set(e.formula.names) for e in one.benefit.estimates)
    ]
    return found[0] if len(found) == 1 else None


def _by_subject(text: str, listed: Sequence[Policy]) -> Policy | None:
    """Return the one policy of a list that shares a word with a text, None for none or several."""
    said = _TERMS.sub("\n", subject_of(text))
    runs = (run for run in said.split() if len(run) >= PAIR)
    pairs = {run[at : at + PAIR] for run in runs for at in range(len(run) - 1)}
    found = [one for one in listed if any(pair in _words(one) for pair in pairs)]
    return found[0] if len(found) == 1 else None


def _by_hiring(text: str, listed: Sequence[Policy]) -> Policy | None:
    """Return the first of a list that counts who is newly hired: 招一个人给多少; or None."""
    if _HIRES.search(text) is None:
        return None
    return next((p for p in listed if HIRED in {leaf.field for leaf in leaves(p.criteria)}), None)


def _words(policy: Policy) -> str:
    return "\n".join((policy.name, *policy.aliases, policy.benefit.formula))
