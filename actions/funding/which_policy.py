"""Decides which policy a question is about: by its own questions, by a point of it, by its name.

Of 248 whole questions on 31 policies by a writer who knew neither wordings nor product, the finder
has 96 in 100 right, learnt from the other three quarters of them; at `MEANT` it is sure of 84 and
wrong of none in 100, and of 971 texts about other things one in 100 fits so well (28 November
2026).
"""

import re
from difflib import SequenceMatcher

from actions import app
from actions.funding.instead import policy_instead
from actions.funding.meant import (
    FOUND,
    TAXPAYER,
    named_policy,
    policy_of_other_tax,
)
from actions.questions.found_question import clear_question
from actions.turns.focus import MATTER, POLICY
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.policies import Policy
from bot.services.reading.wording import content, normalise
from bot.services.words.any_matter import Point, point_asked
from bot.services.words.matter_remarks import asks
from bot.services.words.policy import told_fields

MEANT, MEANT_BESIDE_MATTER = 0.35, 0.6
"""How well a policy must fit a question, and one that names a matter for sure as well."""


NEARER = 0.1
"""By how much a question of a matter must fit better than a policy that fits well: 所得税."""


BETTER = 0.4
"""How well another policy must fit to be meant rather than the one told last."""


_NONE_MEANT = re.compile(
    "(?:有啥|有什么|有哪些|哪些)(?:惠企|优惠|好)?(?:钱|补贴|政策|奖|扶持)|"
    "(?:[吃沾享捞拿摊够用领]|占)[^，,]{0,2}(?:啥|什么|哪些)(?:惠企|优惠|好|扶持)?政策|能销[不吗么]|注销"
)
"""Asks for all policies on something (有啥钱能拿), or how a business ends."""


NEARLY, SHARED = 0.66, 2
"""How near the meaning of a policy's question must be, and signs in a row that it shares."""


_FORMS = re.compile("个体工?商?户|公司|企业|合作社|小规模|一般纳税人|多少钱?|几个点|能领")
"""Words of many questions."""


LONGEST = 40
"""Signs of a question of one policy; a longer text is a story."""


_SAME_SUM = re.compile("这个?[0-9]")
"""Takes up the sum just told: 也收这个550."""


def rather_meant(turn: Turn, told: Policy | None) -> Policy | None:
    """Return the policy told last, or another one that a question fits better than going on.

    "今年利润一百万，所得税大概多少" is not about the fund for the disabled.
    """
    found = app().policy_finder.asked(turn.text) if told is not None else None
    if told is None or found is None or found.policy.id == told.id or found.score < BETTER:
        return told
    return found.policy if found.score > app().policy_finder.goes_on(turn.text) else told


def policy_asked(turn: Turn, least: float = MEANT) -> Policy | None:
    """Return the policy that a whole question is about, None for none that fits so well."""
    point = point_asked(turn.text)  # 办好能邮寄不
    is_of_spoken = _SAME_SUM.search(turn.text) is not None
    is_of_spoken |= point is not None and point.point is Point.MAIL
    is_of_spoken &= turn.slots.get("focus") == MATTER
    if len(turn.text) > LONGEST or not asks(turn.text) or is_of_spoken:
        return None
    if _NONE_MEANT.search(turn.text) is not None:
        return None
    if (known := _by_point(turn.text)) is not None:
        return known
    found = app().policy_finder.asked(turn.text)
    is_taxpayer = TAXPAYER in told_fields(turn.text)  # 一般纳税人的小公司房产税能减半吗
    is_beside = sure_matter(turn.text) is not None and not is_taxpayer
    if found is None or found.score < max(least, MEANT_BESIDE_MATTER if is_beside else least):
        return None
    lent = policy_instead(turn.text, found.policy)
    if lent is not None:
        return lent
    other = clear_question(turn)
    beside = found.score + (NEARER if found.score >= MEANT_BESIDE_MATTER else 0.0)
    return None if other is not None and other.score > beside else found.policy


def _by_point(text: str) -> Policy | None:
    """Return the policy one of whose questions is asked nearly in its words: 个体户能开专票不.

    They must share a word that names no form of business.
    """
    said = _FORMS.sub("，", text)
    for policy in app().catalogue.policies.values():
        faq = app().policy_finder.points.faq(text, policy, NEARLY)
        if faq is not None and _shares_word(said, faq.question):
            return policy
    return None


def _shares_word(said: str, question: str) -> bool:
    words = content(normalise(question))
    run = SequenceMatcher(None, content(said), words, autojunk=False).find_longest_match()
    return run.size >= SHARED


def named_after_told(turn: Turn) -> Policy | None:
    """Return another policy than the one told last that a question names, or None.

    "我们厂一共二十八个人，残保金交不交" goes on with no tax on profits.
    """
    is_told = turn.slots.get("focus") == POLICY and asks(turn.text)
    named = named_policy(turn.text) if is_told else None
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND))) if is_told else None
    if named is None and known is not None:
        return policy_of_other_tax(turn.text, known)
    return None if named is None or named.id == turn.slots.get(FOUND) else named
