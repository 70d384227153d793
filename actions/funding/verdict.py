"""Judges by one policy what a text tells of a firm: its people, sums, form and trade."""

from collections.abc import Mapping
from dataclasses import replace

from actions import app
from actions.funding.facts import PROFILE, told_profile
from actions.funding.meant import FOUND
from actions.turns.history import texts_before
from actions.turns.turn import Turn
from bot.documents.policy_point_text import verdict_text
from bot.domain.eligibility import ProfileValue
from bot.domain.policies import Policy, leaves
from bot.services.policies.sums import bare_sum, told_of
from bot.services.reading.answers import is_denied_behind
from bot.services.times.local_time import local_day
from bot.services.words.business import form_by_word
from bot.services.words.policy import section_of, without_policy
from bot.services.words.policy_remarks import asks_gain

RECENT = 3
"""Texts before a bare sum in which a quarter may have been named."""

SECTION, FORM = "industry_section", "entity_type"
"""Fields of the class of trades, and of the form of business."""


def verdict_on(turn: Turn, policy: Policy) -> str:
    """Return how the firm that a text tells of stands to a policy, "" for none: 正好31个呢."""
    told = {} if turn.choice is not None else _told(turn, policy)
    return verdict_text(policy, told, app().catalogue, local_day(app().now()))


def _told(turn: Turn, policy: Policy) -> Mapping[str, ProfileValue]:
    """Return what a text tells of the firm itself; the names of the policy tell nothing of it."""
    text = without_policy(turn.text, (policy.name, *policy.aliases))
    entities = tuple(entity for entity in turn.entities if entity.value in text)
    told = told_profile(replace(turn, text=text, entities=entities))
    told |= {**_form(text), **told_of(text, policy)}
    if "hire_group" in told:  # 俺雇了个退伍兵 tells nothing of the founder
        told.pop("owner_group", None)
    fields = {leaf.field for leaf in leaves(policy.criteria)}
    trade = turn.entity("industry") if SECTION in fields else None
    found = app().lookup.find_industry(trade, 1) if trade else []
    if found and found[0].code:
        told |= {SECTION: section_of(found[0].code)}
    if asks_gain(turn.text):  # 那条我们一年能少交多少, of who answered for a package
        told = {**(turn.slots.get(PROFILE) or {}), **told}
    if turn.slots.get(FOUND) != policy.id:
        return told
    before = texts_before(turn)[-RECENT:]
    told = {**bare_sum(text, policy, "\n".join(before)), **told}
    for known in before if told else ():  # 招3个一年省多少, after 招个退伍兵呢
        told = {**told_of(known, policy), **told}
    return told


def _form(text: str) -> Mapping[str, ProfileValue]:
    """Return the form of business that a text tells: 俺开公司不是个体户."""
    kind = app().catalogue.enterprise_types.get(form_by_word(text) or "")
    if kind is None or is_denied_behind(text[: text.find(kind.answer[:2])]):
        return {}
    options = app().policy_library.values.get(FORM, ())
    named = [str(one) for one in options if str(one).startswith(kind.answer)]
    return {FORM: named[0]} if named else {}
