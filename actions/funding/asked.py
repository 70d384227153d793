"""Answers a question of a policy, and what goes on with the one told last."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_places import place_in
from actions.funding.listed import meant_by_sum, meant_of_list, recording_of_list
from actions.funding.meant import (
    FOUND,
    another_in_words,
    another_spoken_of,
    policy_named_shortly,
    policy_of_other_tax,
)
from actions.funding.places import answer_policy_named, names_policy_of_tax
from actions.funding.said import MISSING, POINT, keep_told, say_points, say_policy, says_figure
from actions.funding.verdict import verdict_on
from actions.funding.which_policy import (
    LONGEST,
    MEANT_BESIDE_MATTER,
    NEARLY,
    named_after_told,
    policy_asked,
    rather_meant,
)
from actions.questions.found_question import SURE_OWN, clear_question
from actions.steering.asides import aside_in, sure_service_question
from actions.turns.focus import POLICY
from actions.turns.history import last_responses, slot_values
from actions.turns.intent_groups import APPOINTMENTS, JOURNEYS
from actions.turns.names import sure_matter
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.policies import Policy
from bot.services.policies.fields import GOES_ON as GOING_ON_FIELDS
from bot.services.policies.fields import Field, field_asked
from bot.services.words.business import says_company, supposes
from bot.services.words.matter_remarks import asks
from bot.services.words.policy_remarks import (
    asks_for_all,
    asks_for_more,
    asks_if_also,
    asks_sum,
    speaks_of_benefit,
    tells_of_firm,
)
from bot.services.words.remarks import asks_the_same_of, clauses
from bot.services.words.story import tells_hearsay
from bot.services.words.wish import orders_package, pays_for_hired

LONGEST_POINT, SHORTEST_POINT, BRIEF = 20, 9, 12
"""Signs of a question of a point: at most, at least, and one that names next to nothing."""

GOES_ON, GOES_ON_TOLD = 0.12, 0.25
"""How well a question, and a statement, must ask a point of the policy that was just told."""

SURE = 0.75
"""From this confidence on an intent that asks nothing is believed."""

DUES = ("社保", "社会保险", "职工社保", "失业险", "失业保险", "工资")
"""What a firm pays, which many policies want, and which are names of matters as well."""


_POINTS = re.compile("那?这(?:个|项|种|样)?(?:优惠|政策|补贴|补助|减免)")
"""Points at the policy told last, whatever was answered since."""


_IT = re.compile("(?:那|请问|要是)*(?:它|[这那]一?[条项笔])")
"""Begins what is about the policy told last: 它要交几个月."""

_SECURED = re.compile("(?:要|用|需要?|得|有|没有?).{0,3}(?:抵押|担保|保人)")
"""Asks what a loan is secured by."""

_PAID = re.compile("[才能](?:给|发|领|拿|补|贴|享受)(?:到|钱|这个)?[吗呢啊]?[?？]?$")
"""Asks when, or on what terms, the policy told last is paid."""

OF_SERVICE = 0.55
"""How well a question of ours must fit to go before the policy told last."""

SHORTEST_ELSE = 6
"""Signs of such a question; fewer are about the policy."""

_STILL_PAID = re.compile(
    "(?:还|也|照样)(?:能|可以|会)?(?:给|发|领|拿|补|贴|贷|享受|减|免){1,2}(?:到|钱|这个)?[吗呢啊不么]+[?？]?$"
)
"""Asks whether the policy told last is paid all the same: 这样还给不."""

_AFFECTED = re.compile(
    "(?:影响|耽误|妨碍)(?:[^，,。]{0,3}(?:领|补|享|申|贷|减|免)[^，,。]{0,3}|[大不吗么没]{0,3}[?？]?)$"
)
"""Asks whether the policy told last is paid all the same: 影响领不."""


TOLD = frozenset(
    {"utter_policy_claim", "utter_policy_claim_here", "utter_policy_found"} | {POINT, MISSING}
)
"""What tells of a policy."""

OPENS = frozenset({"utter_start_business_start", "utter_plan_project_start"})
"""Responses that open a plan."""

_CLAIMS = re.compile("申[请领报]|放款|到账|打款|[贷领还]|补[贴助]|优惠|减免|享受|名额")
"""Words of who asks on about a policy, and not about the plan."""

UNCLEAR = frozenset({"chitchat", "nlu_fallback", "out_of_scope"})
"""What the model takes a few words for that ask a point of what was told."""

ASKING = (
    (QUESTION_INTENTS - {"ask_office_hours"}) | (UNCLEAR - {"chitchat"}) | {"go_back", "inform"}
)
"""What the model takes a short question for that is about the policy just told."""

_SAME_OF = re.compile(
    "(?:那|要是|换成|如果)*(?:我|俺)?(?:买|换|招|用|做|开|是)?[^，,。？?那 ]{2,5}呢[?？]?|"
    "(?:那|我|俺|咱|是)*(?:开|干|做|搞|弄)[^，,。？?的 ]{1,6}的"
    "(?:行不?行?|中不?中?|可以|能行|算不?算?)[吗不么]?[?？]?"
)
"""Asks the same of something else, or of who does some trade: 买厂房呢, 开网店的中不."""

_CASE = re.compile("办件|编号|进度|哪一?步|投诉|预约|催")
"""Speaks of something of one's own that was handed in."""

_OWN = re.compile("(?:可|那|但是|不过)?[我俺咱](?!们?[想要准打])")
"""Begins what is told of oneself."""

_OF_CLAIM = re.compile(
    "批不|不批|领不|不[给让]|审核|审查|补[贴助]|减免|优惠|申请|申报|享受|名额|打过来|到手"
)
"""Speaks of the claim of what was told: 批不下来咋办."""

LEFT_ALONE = APPOINTMENTS | {
    "abuse",
    "apply_online",
    "blow_whistle",
    "book_appointment",
    "complain",
    "emergency",
    "goodbye",
    "greet",
    "repeat",
    "request_agent",
    "stop",
    "suggest",
    "thank",
}
"""Wishes and courtesies of their own, where the model is sure of them."""

NAMED = ("case_number", "company_name", "industry", "matter", "project_type", "ticket_number")
"""Entities that are about something else."""

_GIVES = re.compile("(?:给|补|领|拿|减|免|贷)[^，,？?]{0,4}(?:多少|几)")
"""Asks how much a policy gives."""


TERMS = "有啥条件"
"""Asks for all terms of a policy, and for no point of them."""

_MORE_TERMS = re.compile(
    "(?:还有|还要|另外有|还卡)(?:啥|什么|哪些|几条)?(?:别的|其他的?)?(?:条件|要求|门槛|杠杠|限制)"
    "(?:没有?|吗|不|么|啊|呢)*[?？]?$"
)
"""Asks which terms there are beside the one just told."""


def answer_policy_question(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a point of the policy told last, or a question about one; no events for neither."""
    is_left = turn.intent in LEFT_ALONE and turn.confidence >= SURE
    is_left |= asks_for_all(turn.text) or orders_package(turn.text)  # 我总共能享受哪几样
    is_left |= _CASE.search(turn.text) is not None or _is_of_service(turn)
    is_left |= asks_for_more(turn.text) and not _asks_its_sum(turn)
    listed = meant_of_list(turn)
    is_left |= place_in(turn.text) is not None and listed is None
    if turn.loop is not None or turn.choice is not None or not turn.text or is_left:
        return []
    policy = listed or meant_by_sum(turn) or policy_asked(turn, MEANT_BESIDE_MATTER)
    policy = policy or named_after_told(turn)
    if not pays_for_hired(turn.text):  # 那招了俩应届的有没有补, of another policy than the last
        policy = policy or rather_meant(turn, _going_on(turn))
    policy = policy or policy_asked(turn)  # 一个专利都没有行吗, of another than the last
    is_left = policy is not None and policy.id == turn.slots.get(FOUND)
    is_left &= pays_for_hired(turn.text)  # 那招了俩应届的有没有补
    return [] if policy is None or is_left else say_policy(turn, policy, say)


def answer_part_of_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a few words on one part of the policy told right before; no events for others.

    They go before what else might be meant: 到期是啥时候 is about no licence then, 买厂房呢 no
    project. What the model is sure of and what names another thing is left.
    """
    known = recording_of_list(turn) or app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    is_told = turn.slots.get("focus") == POLICY and bool(last_responses(turn) & TOLD)
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST_POINT
    is_left = turn.intent in LEFT_ALONE and turn.confidence >= SURE
    is_left &= turn.intent != "stop" or not asks(turn.text)  # 不申请会打过来不
    is_left |= _CASE.search(turn.text) is not None or _is_of_service(turn)
    is_left |= tells_hearsay(turn.text)  # 听人说谁都能领两万，真的吗
    is_left |= turn.intent == "search_policy" and pays_for_hired(turn.text)
    is_still = _STILL_PAID.search(turn.text) is not None and len(turn.text) <= LONGEST
    is_free |= is_still and turn.loop is None and turn.choice is None
    if known is None or not is_told or not is_free or is_left or place_in(turn.text) is not None:
        return []
    if is_still and policy_named_shortly(turn.text) in {None, known}:
        return say_policy(turn, known, say)  # 执照原来是我妈的名 这样还给不
    if _MORE_TERMS.search(turn.text) and policy_named_shortly(turn.text) in {None, known}:
        return say_policy(replace(turn, text=TERMS), known, say)  # 人数资产还有啥杠杠
    if rather_meant(turn, known) is known and (several := say_points(turn, known, say)):
        return several
    if turn.entity("matter") in {None, *DUES} and says_figure(turn, known, say):
        return keep_told(known)  # 研发费要花多少, of what the record of this one wants
    if _turns_to_other(turn, known) or rather_meant(turn, known) is not known:
        taxed = policy_of_other_tax(turn.text, known)
        other = taxed or another_in_words(turn.text, known)
        is_meant = _changes_to(turn) or taxed is not None
        is_meant |= other is not None and _was_told(turn, other)
        return say_policy(turn, other, say) if is_meant and other is not None else []
    field = field_asked(turn.text)
    is_part = field in GOING_ON_FIELDS or (field is not None and turn.intent in UNCLEAR)
    is_part |= _SAME_OF.fullmatch(turn.text) is not None
    is_part |= (
        turn.intent in UNCLEAR and asks(turn.text) and _OF_CLAIM.search(turn.text) is not None
    )
    is_secured = _SECURED.search(turn.text) is not None  # 非得找人担保啊
    is_part |= (is_secured and len(turn.text) <= BRIEF) or _is_of_record(turn, known)
    return say_policy(turn, known, say) if is_part else []


def _is_of_service(turn: Turn) -> bool:
    """Tell whether a question of ours that is none of policies is asked: 最低工资多少."""
    is_interest = Field.INTEREST in map(field_asked, clauses(turn.text))
    if len(turn.text) < SHORTEST_ELSE or speaks_of_benefit(turn.text) or is_interest:
        return False  # 利息谁出, of a loan that is told of
    return sure_service_question(turn, OF_SERVICE) is not None


def _was_told(turn: Turn, policy: Policy) -> bool:
    """Tell whether a few words are about a policy told earlier: 怎么认定, of the one before."""
    is_named = any(turn.entity(name) for name in NAMED)
    return not is_named and len(turn.text) <= BRIEF and policy.id in slot_values(turn, FOUND)


def _changes_to(turn: Turn) -> bool:
    """Tell whether the same is asked of something else first: 换成登记失业半年的呢 减几年."""
    first, *more = clauses(turn.text) or [turn.text]
    is_named = any(turn.entity(name) for name in NAMED)
    return bool(more) and not is_named and asks_the_same_of(first)


def _is_of_record(turn: Turn, known: Policy) -> bool:
    """Tell whether a few words point at the policy told, tell a fact of it, or ask on.

    A short question that names nothing else is about it, though its record may not say it.
    """
    if _IT.match(turn.text):
        return True  # 它要社保交够几个月
    is_one = bool(last_responses(turn) & (TOLD - {"utter_policy_found"}))
    if is_one and verdict_on(turn, known):
        return True  # 才干了五个月
    is_brief = asks(turn.text) and len(turn.text) <= BRIEF and turn.intent in ASKING
    if is_one and is_brief:  # 填错了咋办
        return True
    points = app().policy_finder.points
    if asks(turn.text):  # 安排比例的线是百分之多少来着
        return bool(points.faq(turn.text, known, NEARLY) or points.lines(turn.text, known))
    is_own = _OWN.match(turn.text) is not None  # 俺毕业三年了
    return is_own and bool(points.lines(turn.text, known))


def _turns_to_other(turn: Turn, known: Policy) -> bool:
    """Tell whether a text names something else than the policy told, or asks for all there is."""
    if field_asked(turn.text) is Field.TOGETHER:
        return False  # 和高企能一起享受吗
    named = policy_named_shortly(turn.text)
    if named is not None and named.id != known.id:
        return True
    other = another_spoken_of(turn.text, known)  # 贷款多久下来, after a subsidy
    if (other is not None and asks(turn.text)) or _names_matter(turn, known):
        return True
    is_same = _SAME_OF.fullmatch(turn.text) is not None
    is_same |= turn.intent not in JOURNEYS and bool(verdict_on(turn, known))  # 俺是开饭店的
    is_named = any(turn.entity(name) for name in (*NAMED, "enterprise_type"))
    is_same |= _is_of_dues(turn, known)
    is_else = asks_for_all(turn.text) or asks_for_more(turn.text) or aside_in(turn) is not None
    return is_else or (is_named and not is_same)


def _is_of_dues(turn: Turn, known: Policy) -> bool:
    """Tell whether no more is named than what the policy told wants to be paid: 没交社保行不."""
    word = turn.entity("matter") or ""
    is_only = not any(map(turn.entity, (name for name in NAMED if name != "matter")))
    return is_only and word in DUES and bool(app().policy_finder.points.lines(word, known))


def _names_matter(turn: Turn, known: Policy) -> bool:
    """Tell whether a matter is named for sure, which is more than who asks or what a record says.

    "俺开公司的行不" asks of no registration, "没交社保行不" of none after a subsidy that wants it.
    """
    found = sure_matter(turn.text)
    if found is None or _IT.match(turn.text) is not None or _is_of_dues(turn, known):
        return False
    forms = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    if found.id in forms and _SAME_OF.fullmatch(turn.text) is not None:
        return False
    is_named = turn.entity("matter") is not None
    is_named |= app().matter_resolver.is_pointed_at(found, turn.text)
    return is_named and not (
        turn.entity("matter") is None and app().policy_finder.points.lines(turn.text, known)
    )


def policy_gone_on(turn: Turn) -> Policy | None:
    """Return the policy told right before that a text inside a form asks a point of, or None."""
    if turn.choice is not None or not asks(turn.text):
        return None
    told = _told_inside(turn)
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    is_told = bool(last_responses(turn) & TOLD) and len(turn.text) <= LONGEST_POINT
    if known is not None and is_told and not _turns_to_other(told, known):
        points = app().policy_finder.points  # 我这毕业四年的 够得着不
        if verdict_on(told, known) or points.lines(turn.text, known):
            return known
    return _going_on(told)


def answer_part_inside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer, between two questions of a plan, a part of the policy told right before; else none.

    Right behind the sentence that opened the plan, only in words of a policy: 多久放款, 咋申请.
    """
    is_opened = bool(last_responses(turn) & OPENS)
    if turn.loop is None or not asks(turn.text) or (is_opened and not _CLAIMS.search(turn.text)):
        return []
    return answer_part_of_told(replace(_told_inside(turn), loop=None), say)


def _told_inside(turn: Turn) -> Turn:
    """Return a turn inside a form as if the policy told right before were spoken of outside."""
    return replace(turn, slots={**turn.slots, "focus": POLICY})


def answer_how_much(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer, between two questions of a plan, how much the policy just told gives; else none."""
    if turn.choice is not None or _GIVES.search(turn.text) is None:
        return []  # 个体户能给多少
    told = _told_inside(turn)
    policy = _going_on(told)
    return [] if policy is None else say_policy(told, policy, say)


def answer_policy_by_name(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer which policy is named, unless a question of a matter is asked beyond doubt.

    "我们几个人搞的合伙企业，交企业所得税吗" asks for no relief.
    """
    clear = None if names_policy_of_tax(turn) else clear_question(turn)
    is_clear = clear is not None and clear.score >= SURE_OWN
    is_other = is_clear or orders_package(turn.text)
    return [] if is_other else answer_policy_named(turn, say)


def _asks_its_sum(turn: Turn) -> bool:
    """Tell whether it is asked how much the one policy gives that was just told: 能领多少."""
    is_one = bool(last_responses(turn) & (TOLD - {"utter_policy_found"}))
    return is_one and asks_sum(turn.text)


def _going_on(turn: Turn) -> Policy | None:
    """Return the policy told right before that a short text asks a point of, or None."""
    known = app().catalogue.policies.get(str(turn.slots.get(FOUND)))
    is_told = turn.slots.get("focus") == POLICY and bool(last_responses(turn) & TOLD)
    is_told |= _POINTS.match(turn.text) is not None  # 这优惠到哪年为止
    is_affected = _AFFECTED.search(turn.text) is not None  # 执照是表姐变更过来的 影响领不
    is_short = len(turn.text) <= (LONGEST if is_affected else LONGEST_POINT)
    is_paid = is_affected or _PAID.search(turn.text) is not None  # 得交满多久社保才给
    is_named = any(map(turn.entity, NAMED)) and not is_paid
    if known is not None and is_told and is_short and asks_if_also(turn.text):
        return known if sure_matter(turn.text) is None else None  # 新盖的车间也能这么扣呗
    if known is None or not is_told or not is_short or is_named:
        return None
    is_brief = len(turn.text) <= SHORTEST_POINT and asks(turn.text)
    if is_brief and _SECURED.search(turn.text):
        return known  # 要抵押不
    is_pointed = is_paid or _POINTS.match(turn.text) is not None
    if not is_pointed and another_spoken_of(turn.text, known) is not None:
        return None  # 贷款最多能贷多少, after a subsidy
    is_form = turn.entity("enterprise_type") is not None or says_company(turn.text)
    is_form |= supposes(turn.text) and "公司" in turn.text  # 要是办成公司呢
    is_same = any(map(asks_the_same_of, clauses(turn.text)))
    is_form |= is_brief and "公司" in turn.text  # 公司是不是能多点
    is_same |= is_form and (turn.text.endswith("呢") or is_brief)
    is_supposed = is_brief and supposes(turn.text) and turn.entity("matter") is None  # 要是亏损呢
    if is_same and (is_form or is_supposed or sure_matter(turn.text) is None):
        return known  # 换成政府单位呢，合同没写
    if (sure_matter(turn.text) is not None and not is_paid) or aside_in(turn) is not None:
        return None
    if not asks(turn.text) and tells_of_firm(turn.text) and not turn.text.endswith("呢"):
        return None  # 我这公司成立才一年: what fits such a firm
    least = GOES_ON if asks(turn.text) else GOES_ON_TOLD
    is_paid |= field_asked(turn.text) in GOING_ON_FIELDS
    return known if is_paid or app().policy_finder.goes_on(turn.text) >= least else None
