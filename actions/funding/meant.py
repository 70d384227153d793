"""Answers for a policy that is told by what it gives: 社保局能退一部分失业险, 研发的钱能抵税不."""

import re
from collections.abc import Sequence
from difflib import Match, SequenceMatcher

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.focus import POLICY
from actions.turns.names import find_policies, sure_matter
from actions.turns.registry import action_named
from actions.turns.turn import Turn
from bot.documents.policies_text import MAX_POLICIES, found_policies_text
from bot.domain.eligibility import standing
from bot.domain.policies import Policy
from bot.services.policies.policies import FoundPolicy, speaks_of
from bot.services.reading.wording import content, normalise
from bot.services.times.local_time import local_day
from bot.services.words.bought import thing_bought
from bot.services.words.matter_remarks import asks
from bot.services.words.policy import told_fields
from bot.services.words.policy_remarks import (
    hears_of_benefit,
    is_general,
    speaks_of_benefit,
    speaks_of_firm,
    subject_of,
)
from bot.services.words.remarks import clauses
from bot.services.words.tax import tax_named

FOUND = "policy_found"
"""Slot: the policy spoken of last; of several that were listed, the first."""

READ = frozenset({"chitchat", "inform", "match_policy", "nlu_fallback", "out_of_scope"})
"""What the model takes such a question for, where it does not see a search."""

REFUSED = frozenset({"chitchat", "out_of_scope"})
"""Under these the text must speak of a business: 高龄补贴咋领 is for others."""

TAXPAYER = "taxpayer_type"
"""Field that 一般纳税人 tells, which is the name of a matter as well."""

SHORTEST_NAME = 3
"""Signs of a policy's name that is meant wherever it stands in a question."""

_DIGITS = re.compile(r"\d{3}")

_FIGURE = re.compile(r"[\d.一二三四五六七八九十百千万亿月年个人元]+")

PIECE = 4
"""Signs of a piece of a policy's name that means it."""

FIRMS = frozenset(
    {"公司", "企业", "小企业", "中小企业", "小微", "小微企业", "大企业", "个体", "个体户", "合作社"}
    | {"开公司", "办公司"}
)
"""Words for who may have a policy, which tell none from another."""

_BETWEEN_TAXES = re.compile("[、+]")
"""Stands between the taxes that a policy lowers."""

_WHICH = re.compile("哪些|什么|啥|哪几|多少种|别的")
"""Asks what there is altogether; the package tells it."""


def keep_found(ids: list[str]) -> list[EventType]:
    """Return the events that keep a list: the first one stays, all of them stand in the history."""
    kept = [SlotSet(FOUND, policy_id) for policy_id in ids]
    return [*kept, SlotSet(FOUND, ids[0]), SlotSet("focus", POLICY)]


def meant_by_content(text: str) -> Sequence[Policy]:
    """Return the policies that a text means by what they give, nearest first; none where named."""
    return () if named_policy(text) is not None else app().policy_meanings.near(text)


def is_unlisted(text: str, found: Sequence[Policy]) -> bool:
    """Tell whether a wish for policies says what they are about, and none found speaks of it.

    "种粮大户的补贴找谁" shares 补贴 with many. Where something was found by its meaning alone, or
    by another word for it (下岗, 失业), it is believed.
    """
    parts = [part for part in clauses(text) if speaks_of_benefit(part)]
    subject = subject_of("，".join(parts) or text)
    if not any(len(run) > 1 for run in subject.split()):
        subject = thing_bought(text)  # 库房顶上想铺光伏 这个有补贴没
    if not subject:
        return False
    hits = app().lookup.find_policies(text) if found else []
    is_told = bool(found) and not hits
    is_told |= any(not is_general(hit.phrase) for hit in hits)
    return not is_told and not any(speaks_of(policy, subject) for policy in found)


def policies_told(turn: Turn) -> Sequence[Policy]:
    """Return the policies that a question tells by what they give; none for anything else.

    Of somebody who wants to hear all that there is, none is meant.
    """
    is_free = turn.intent in READ and turn.choice is None
    named = None if TAXPAYER in told_fields(turn.text) else turn.entity("matter")
    is_free = is_free and sure_matter(named) is None  # 去年交的社保，能返点不
    is_free = is_free and not _asks_of_matter(turn.text)
    if not is_free or not (asks(turn.text) or hears_of_benefit(turn.text)):
        return ()
    if turn.intent in REFUSED and not speaks_of_firm(turn.text):
        return ()
    found = meant_by_content(turn.text)
    wants_all = turn.loop is None and len(found) > 1  # a package can be put together
    if turn.intent == "match_policy" and (wants_all or asks_which(turn.text)):
        return ()
    return found


def _asks_of_matter(text: str) -> bool:
    """Tell whether a text ends with a plain topic of a matter: 银行不给贷款，过户得多少钱."""
    last = clauses(text)[-1] if text else ""
    is_asked = bool(app().dialogue_words.topics_in(last)) and not speaks_of_benefit(last)
    return is_asked and last != text and sure_matter(last) is not None


def asks_which(text: str) -> bool:
    """Tell whether it is asked what there is altogether: 有啥补贴没."""
    return _WHICH.search(text) is not None


def answer_policy_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """List the policies that a question tells by what they give; no events for none."""
    found = policies_told(turn)
    if found and is_unlisted(turn.text, found):
        return action_named("action_search_policy").act(turn, say)
    return list_policies(found, say) if found else []


def list_policies(found: Sequence[Policy], say: CollectingDispatcher) -> list[EventType]:
    """List policies with their conditions, the best first; at least one."""
    today = local_day(app().now())
    placed = [FoundPolicy(policy, standing(policy.validity, today)) for policy in found]
    text = found_policies_text(placed, app().catalogue)
    say.utter_message(response="utter_policy_found", policies=text)
    return keep_found([policy.id for policy in found[:MAX_POLICIES]])


def policy_in(text: str) -> Policy | None:
    """Return the policy of which a name stands in a text, the longest name's; None for none.

    A piece of a name will do where no other policy has it: 加计扣除 of 研发加计扣除.
    """
    whole = named_policy(text)
    if whole is not None:
        return whole
    policies = app().catalogue.policies.values()
    named = [(name, one) for one in policies for name in (one.name, *one.aliases)]
    pieces = {text[at : at + PIECE] for at in range(len(text) - PIECE + 1)}
    pieces = {piece for piece in pieces if _DIGITS.search(piece) is None}  # 1500平, 500万
    near = {one.id: one for name, one in named if any(piece in name for piece in pieces)}
    return next(iter(near.values())) if len(near) == 1 else None


def named_policy(text: str) -> Policy | None:
    """Return the policy whose whole name stands in a text, the longest name's; None for none."""
    policies = app().catalogue.policies.values()
    named = [(name, one) for one in policies for name in (one.name, *one.aliases)]
    hits = [
        (len(name), one)
        for name, one in named
        if text.startswith(name) or (len(name) >= SHORTEST_NAME and name in text)
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def policy_named_shortly(text: str) -> Policy | None:
    """Return the policy named in a text, by a name of two signs as well: 个体户能有高企吗."""
    policies = app().catalogue.policies.values()
    short = (one for one in policies if any(name in text for name in one.aliases))
    return named_policy(text) or next(short, None)


def policy_of_other_tax(text: str, known: Policy) -> Policy | None:
    """Return the policy that lowers the tax which a text names; None where the one known does.

    Of several the one is meant that is called after it, or that lowers fewest others:
    老板自己的个税有没有少的, behind a sales tax.
    """
    tax = tax_named(text)
    if tax is None or tax in known.benefit.tax:
        return None
    policies = app().catalogue.policies.values()
    found = [one for one in policies if tax in one.benefit.tax]

    def order(one: Policy) -> tuple[bool, int]:
        return not any(tax in name for name in (one.name, *one.aliases)), taxes_in(one.benefit.tax)

    return min(found, key=order, default=None)


def taxes_in(listed: str) -> int:
    """Return how many taxes are listed: 增值税、城建税 are two."""
    return len(_BETWEEN_TAXES.split(listed))


def another_spoken_of(text: str, known: Policy) -> Policy | None:
    """Return another policy of whose tax or in whose words a text speaks; or None."""
    return policy_of_other_tax(text, known) or another_in_words(text, known)


def another_in_words(text: str, known: Policy) -> Policy | None:
    """Return another policy that a text shares a word with that the one told has not; or None."""
    found = next(iter(find_policies(text, 1)), None)
    if found is None or found.id == known.id:
        return None
    said = content(normalise(text))
    name = max((found.name, *found.aliases), key=lambda one: _shared(said, one).size)
    run = _shared(said, name)
    word = said[run.a : run.a + run.size]
    told = f"{known.name}{''.join(known.aliases)}{known.benefit.formula}"
    # 公司是不是能多点, after a loan to small enterprises; 亏了10万呢, after a tax on profits
    is_form = word in FIRMS or _FIGURE.fullmatch(word) is not None
    return found if len(word) > 1 and not is_form and word not in told else None


def _shared(one: str, other: str) -> Match:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
