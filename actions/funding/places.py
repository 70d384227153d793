"""Reads a remark after a list of policies: one of them by its place, or what sort of firm asks."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_places import place_in
from actions.funding.facts import told_profile
from actions.funding.listed import listed_ids
from actions.funding.meant import (
    FOUND,
    another_spoken_of,
    answer_policy_told,
    meant_by_content,
    named_policy,
    policy_named_shortly,
)
from actions.funding.said import say_policy, say_spoken
from actions.questions.found_question import clear_question
from actions.turns.focus import POLICY
from actions.turns.history import last_responses
from actions.turns.names import find_policies
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.domain.policies import Policy
from bot.services.policies.fields import field_asked
from bot.services.policies.points import beside_names
from bot.services.words.asked import asks_about_it, wants_benefit
from bot.services.words.follow_up import asks_of_one
from bot.services.words.matter_remarks import asks
from bot.services.words.policy_remarks import (
    asks_after_hearsay,
    asks_for_all,
    asks_for_kind,
    asks_for_more,
    asks_if_it_fits,
    asks_of_claim,
    asks_of_terms,
    asks_sum,
    asks_tax_of_sum,
    asks_when_paid,
    is_of_its_tax,
    is_personal,
    points_at_policy,
    speaks_of_benefit,
    tells_of_firm,
    tells_sum,
    wants_at_once,
    wants_loan,
)
from bot.services.words.tax import is_of_tax

RESPONSES = frozenset({"utter_policy_claim", "utter_policy_claim_here", "utter_policy_found"})
"""What tells of policies."""

MOST_TAXES = 5
"""Policies among which the one on a tax that is named is looked for."""

CLAIMS = frozenset({"apply_online", "book_appointment", "match_policy"})
"""Wishes of their own that may name a policy."""

_TELLS = frozenset({"inform", "nlu_fallback", "out_of_scope", "chitchat"})
_MISTAKEN = frozenset({"affirm", "deny", "ask_eligibility", "start_business", "match_policy"})
"""What the model also takes it for when somebody tells of their own firm."""

_LONGEST = 16
"""Characters; a longer text tells more than a remark on what was listed."""

_LONGEST_DOUBT = 24
"""Characters of a question about the policy spoken of last, with what others say of it."""

_UNCLEAR = frozenset(
    {"nlu_fallback", "out_of_scope", "chitchat", "inform", "affirm", "deny", "apply_online"}
    | {"ask_capabilities", "ask_privacy", "ask_why", "bot_challenge", "dispute_answer"}
)
"""What the model takes such a question for."""

_TURNS = re.compile("那?(?:要是|如果|办|申请)?[^，,呢]{2,8}呢")
"""Turns to another benefit, by its name or a word of it."""


_COUNTED = re.compile(
    r"(?:那|要是|如果|我们|俺们?|正好|刚好|就|一共|有|[，, ])*(?P<count>\d{1,5})个?人?"
    "(?:呢|咋算|行不行?|行吗|中不|符合不|符合吗)[?？]?"
)
"""Tells another number of people than the policy was just judged by."""


def answer_policy_named(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the terms of a policy that is named by a whole name, or the tax on a sum; or nothing.

    "高新技术企业的企业所得税率多少" fits a question on partnerships by its words.
    """
    if turn.loop is not None or turn.choice is not None:
        return []
    pointed = _named_with_point(turn)
    if pointed is not None and clear_question(turn) is None:
        return say_policy(turn, pointed, say)
    if not asks(turn.text):
        called = _called(turn)
        return [] if called is None else say_policy(turn, called, say)
    if asks_tax_of_sum(turn.text):
        found = [*meant_by_content(turn.text), *find_policies(turn.text, MOST_TAXES)]
        named = [policy for policy in found if is_of_tax(turn.text, policy.name)] or found
        return say_policy(turn, named[0], say) if named else []
    policy = named_policy(turn.text)
    if policy is not None and names_policy_of_tax(turn):
        return say_policy(turn, policy, say)
    is_asked = policy is not None and asks_of_terms(turn.text) and turn.intent not in CLAIMS
    if policy is None or not is_asked or clear_question(turn) is not None:
        return []
    return say_policy(turn, policy, say)


def _called(turn: Turn) -> Policy | None:
    """Return the policy of which a text is the name and nothing else: 失业保险稳岗返还."""
    if turn.intent not in _UNCLEAR:
        return None
    known = app().catalogue.policies.values()
    return next((one for one in known if turn.text in {one.name, *one.aliases}), None)


def _named_with_point(turn: Turn) -> Policy | None:
    """Return the policy that a text names and asks one part of, short names too; None for none.

    "谁能享受科小" begins no package, "扩岗补贴一年能领几次" wants no list.
    """
    named = policy_named_shortly(turn.text)
    if named is None or turn.intent in CLAIMS - {"match_policy"} or asks_for_all(turn.text):
        return None
    return None if field_asked(beside_names(turn.text, named)) is None else named


def names_policy_of_tax(turn: Turn) -> bool:
    """Tell whether the rate of a tax is asked by who names a policy that lowers one.

    "高企证书刚到手 企业所得税按多少交" is no question of a partnership.
    """
    policy = named_policy(turn.text) if asks_of_terms(turn.text) else None
    return policy is not None and is_of_its_tax(turn.text, policy.kind)


def answer_policy_asked(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer, before anything else, what a policy gives that is told by its content, or its terms.

    The terms ("抵的比例是多少") are those of the policy spoken of last; no events for neither.
    """
    is_spoken_of = turn.slots.get("focus") == POLICY
    if is_spoken_of and turn.loop is None and asks_for_kind(turn.text):
        return _claim_last(turn, say)  # 小微企业给多少钱
    if turn.loop is not None:  # there it must have been told right before
        is_spoken_of = is_spoken_of and bool(last_responses(turn) & RESPONSES)
    if is_spoken_of and points_at_policy(turn.text) and asks_of_terms(turn.text):
        return _claim_last(turn, say)  # 这政策到哪年
    is_about = is_spoken_of and turn.intent in _UNCLEAR and _asks_terms(turn)
    return answer_policy_told(turn, say) or (_claim_last(turn, say) if is_about else [])


def answer_policy_remark(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a remark on the policies listed last; no events when it is none."""
    if turn.slots.get("focus") != POLICY or turn.loop is not None:
        return []
    counted = _COUNTED.fullmatch(turn.text.strip())
    if counted is not None:  # 正好31个呢
        return _claim_last(replace(turn, text=f"{counted['count']}人"), say)
    if turn.intent in _UNCLEAR and tells_sum(turn.text) and not tells_of_firm(turn.text):
        return _claim_last(turn, say)  # 这个季度卖了32万
    is_more = asks_for_more(turn.text) and not asks_sum(turn.text)  # 除了这个 还有别的不
    if is_more or (turn.intent in _UNCLEAR and asks_for_all(turn.text)):
        return action_named("action_start_policy_match").act(turn, say)
    asked = answer_about_last(turn, say) if len(turn.text) <= _LONGEST_DOUBT else []
    if asked or len(turn.text) > _LONGEST:
        return asked
    return answer_listed(turn, say) or _tells_of_firm(turn, say)


def answer_about_last(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question about the policy spoken of last, in words that name none.

    Another one that the words point to ("能贷款不") is searched for; no events for neither.
    """
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    is_fit = turn.intent in _UNCLEAR | {"ask_eligibility", "match_policy"}
    # 欠着工资能注销不 asks of no policy
    is_fit &= turn.entity("matter") is None or speaks_of_benefit(turn.text)
    if known is not None and is_fit and asks_if_it_fits(turn.text):
        return say_policy(turn, known, say)
    if turn.intent not in _UNCLEAR or turn.choice is not None or turn.entity("matter"):
        return []
    if wants_at_once(turn.text) or _points_elsewhere(turn):
        return action_named("action_search_policy").act(turn, say)
    is_about = asks_of_claim(turn.text) or asks_after_hearsay(turn.text)
    return _claim_last(turn, say) if is_about else []


def _claim_last(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what the policy spoken of last gives and how it is claimed; no events for none."""
    policy = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    if policy is None:
        return []
    is_turned = _TURNS.match(turn.text) is not None  # 那贷款呢能贷多少
    other = another_spoken_of(turn.text, policy) if is_turned else None
    return say_policy(turn, policy if other is None else other, say)


def _asks_terms(turn: Turn) -> bool:
    """Tell whether a short question that names nothing is about the terms: 几年里头得还清."""
    is_named = any(turn.entity(name) for name in ("industry", "matter", "policy", "project_type"))
    # 我自己办个个体户多久, but 个体户呢
    is_named |= turn.entity("enterprise_type") is not None and not asks_of_one(turn.text)
    return not is_named and asks_about_it(turn.text) and asks_of_terms(turn.text)


def _points_elsewhere(turn: Turn) -> bool:
    """Tell whether a question speaks of another benefit than the last policy gives."""
    if is_personal(turn.text) or not asks(turn.text):
        return False
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    if wants_loan(turn.text) and known is not None and not wants_loan(known.name):
        return True  # 手头紧 想贷点款周转 个人最多给贷多少
    if not wants_benefit(turn.text):
        return False
    found = find_policies(turn.text, 1)
    return bool(found) and found[0].id != turn.slots.get(FOUND)


def answer_listed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a remark on one of the policies that were listed, by its place or the last one."""
    place = place_in(turn.text)
    listed = listed_ids(turn)
    if place is not None and listed and place < len(listed):
        return say_policy(turn, app().catalogue.policies[listed[place]], say)
    return say_spoken(turn, say) if asks_when_paid(turn.text) else []


def _tells_of_firm(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Begin the package with what is said of the firm ("我这公司成立才一年")."""
    names_it = bool(told_profile(turn) or turn.entity("industry"))
    tells = names_it if turn.intent in _TELLS else False
    tells = tells or (turn.intent in _TELLS | _MISTAKEN and tells_of_firm(turn.text))
    return action_named("action_start_policy_match").act(turn, say) if tells else []
