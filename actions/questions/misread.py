"""What the model takes a text for that it cannot be, told by its words and what is talked about."""

import re
from dataclasses import replace

from actions import app
from actions.bookings.wishes import takes_help
from actions.forms.reading import SURE
from actions.projects.type_told import opens_in_rooms
from actions.questions.matter_faqs import asks_known
from actions.trades.start_answers import ENTERPRISE_TYPE, TRADE
from actions.turns.focus import MATTER, PLAN, POLICY, matter_in_focus, read_focus
from actions.turns.intent_groups import JOURNEYS, STORIES
from actions.turns.names import (
    AFTERWARDS,
    CLEAR_SCORE,
    PAUSE,
    find_matters,
    likely_first,
    speaks_of_matter,
    sure_matter,
)
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.services.finding.matter_resolver import Outcome
from bot.services.plans.open_already import has_idea
from bot.services.reading.wording import content, normalise
from bot.services.words.asked import (
    asks_if_served,
    begins_it,
    happens_afterwards,
    points_at_one,
    wants_benefit,
)
from bot.services.words.business import (
    asks_for_whole,
    begins_new,
    builds,
    has_built,
    is_of_staff,
    opens_soon,
    pauses,
    takes_over,
)
from bot.services.words.filing import asks_where_sent
from bot.services.words.form_remarks import only_gives_up, orders_help
from bot.services.words.haste import without_haste
from bot.services.words.matter_remarks import (
    asks,
    asks_for_licence,
    asks_whether_needed,
    asks_which_licences,
    asks_who_approves,
    tells_loss,
    tells_omission,
)
from bot.services.words.policy_remarks import asks_if_also, speaks_of_benefit
from bot.services.words.remarks import asks_the_same_of, clauses, is_new_wish, wants_call_back
from bot.services.words.situations import settles_debts
from bot.services.words.story import (
    asks_rather,
    chooses,
    finds_fault,
    is_reported,
    is_sent_about,
    lacks_licence,
    names_case,
    names_paper,
    passes_on,
    proposes,
    says_who_one_is,
    speaks_of_case,
    speaks_of_credit,
    speaks_of_fire_papers,
    speaks_of_law,
    speaks_of_privacy,
    speaks_of_ticket,
    tells_of_partner,
    tells_trouble,
    wants_person,
    wants_push,
    weighs,
)
from bot.services.words.ticket import asks_number, asks_outcome, wants_to_add
from bot.services.words.unwished import files

UTILITY = "utility"
"""Category of what is connected: power, water, gas."""

FEW_SIGNS = 1
"""Signs beside the words of a topic that name nothing of their own."""

UNCLEAR = frozenset({"ask_privacy", "bot_challenge", "chitchat", "nlu_fallback", "out_of_scope"})
"""Intents under which a doubt in us is found by its words."""

FOLLOWED = frozenset({"follow_case", "query_case", "urge_case"})
"""Questions after the outcome; right after a complaint or whistle they mean that one."""

UNSURE_CRY = 0.5
"""Below this confidence a cry for help that asks may be a question."""

UNSURE_CASE = 0.5
"""Below this confidence a wish to be told of a case may be about a matter."""

LONGEST_WISH = 12
"""Characters of a wish for one licence in which the model need not mark its name."""

CONSTRUCTION = "construction"
"""Category of what is decided about a project."""

BY_NAME = 0.75
"""From this score on a question means its matter, whatever is built. Of 70 sentences that open a
project and ask, none reaches it (28 November 2026)."""

SHORT_WISH = 7
"""Characters of a wish that is also the name of a matter: 注册公司."""


_ONLY_POINTS = re.compile(
    "(?:那个|这个|内个|就是|那啥|[，, 嗯呃啊])*[那这内]个?(?:证|照|本|手续)(?:啊|呢|吧)?"
)
"""Says nothing but that some licence is meant: 那个那个 就是 那个证."""


def asked_behind_yes(turn: Turn) -> Turn | None:
    """Return the turn as if of "好，那范围变更呢" only the question were said; None for none."""
    if turn.intent not in {"affirm", "thank"}:
        return None
    part = next((part for part in clauses(turn.text)[1:] if asks_the_same_of(part)), None)
    if part is None:
        return None
    named = tuple(entity for entity in turn.entities if entity.value in part)
    return replace(turn, intent="inform", text=part, entities=named, clauses=())


def bare_topic(turn: Turn) -> str | None:
    """Return the topic of a question that says nothing else but a place; None for none.

    "临清在哪办" sounds like anything, and after a matter it is about that.
    """
    focus = read_focus(turn)
    is_spoken_of = focus.matter is not None or focus.is_plan
    if turn.intent not in {"nlu_fallback", "out_of_scope"} or not is_spoken_of:
        return None
    topics = app().dialogue_words.topics_in(turn.text)
    said = app().dialogue_words.topics[topics[0]] if topics else ()
    rest = normalise(turn.text)
    for word in sorted((*said, turn.entity("district") or "。"), key=len, reverse=True):
        rest = rest.replace(normalise(word), "", 1)
    if topics and len(content(rest)) <= FEW_SIGNS:
        return topics[0]
    is_named = any(turn.entity(name) for name in ("matter", "industry", "policy", "project_type"))
    is_asked = topics and topics[0] in app().dialogue_words.topics_in(clauses(turn.text)[-1])
    return topics[0] if is_asked and not is_named and not speaks_of_matter(turn.text) else None


def changes_a_business(turn: Turn) -> bool:
    """Tell whether "个体户想升成有限公司" is about a business that there is already."""
    matter = sure_matter(turn.text) if turn.intent == "start_business" else None
    return matter is not None and matter.category in AFTERWARDS and not begins_new(turn.text)


def is_question_instead(turn: Turn) -> bool:
    """Tell whether a question is taken for a doubt in us, for a case, or for a cry for help."""
    if turn.intent in FOLLOWED - {"follow_case"} or _is_unsure_wish(turn):
        return _is_no_case(turn)
    if turn.intent == "emergency":
        is_doubtful = app().dialogue_words.danger.is_doubtful(turn.text)  # 挖出来的土往哪倒
        is_unsure = is_doubtful and turn.confidence < UNSURE_CRY and asks(turn.text)
        return is_unsure or speaks_of_fire_papers(turn.text)
    if turn.intent == "ask_privacy":  # 会不会上黑名单
        is_spoken_of = turn.slots.get("focus") in {MATTER, PLAN}
        is_credit = asks(turn.text) and speaks_of_credit(turn.text)
        is_asked = is_spoken_of and asks(turn.text) and not speaks_of_privacy(turn.text)
        return is_asked or is_credit
    if turn.intent == "request_agent":  # 我们二十来个人还用交吗
        is_asked = asks(turn.text) and not wants_person(turn.text)
        return is_asked or says_who_one_is(turn.text)  # 我是失信人员
    if turn.intent == "query_ticket":
        return _means_no_ticket(turn)
    if turn.intent == "plan_project":  # 消防那块，是验收还是备案就行
        is_weighed = weighs(turn.text) and bool(find_matters(turn.text))
        is_policy = turn.slots.get("focus") == POLICY and asks_if_also(turn.text)
        return is_weighed or is_policy or asks_for_other_matter(turn)
    if turn.intent in {"apply_policy", "mark_done", "suggest"}:
        return _is_of_matter(turn)
    if turn.intent == "ask_legal_basis":  # 谁给发这个凭证
        is_place = "place" in app().dialogue_words.topics_in(turn.text)
        return is_place and not speaks_of_law(turn.text)
    if turn.intent == "dispute_answer":
        return asks_rather(turn.text)
    is_whistle = turn.intent == "blow_whistle"
    is_blame = is_whistle or turn.intent == "complain"
    return (is_blame and _blames_nobody(turn)) or (is_whistle and _asks_at_last(turn))


def _is_unsure_wish(turn: Turn) -> bool:
    """Tell whether a wish to be told of a case may be none: 悄悄减了没通知呢."""
    return turn.intent == "follow_case" and turn.confidence < UNSURE_CASE


def _means_no_ticket(turn: Turn) -> bool:
    """Tell whether "那超出来的部分呢" is about what is talked about."""
    is_ticket = speaks_of_ticket(turn.text) or turn.entity("ticket_number") is not None
    return turn.slots.get("focus") in {MATTER, PLAN, POLICY} and not is_ticket


def _is_no_case(turn: Turn) -> bool:
    """Tell whether what is taken for a case that one has handed in is about a matter."""
    named = turn.entity("matter") is not None
    is_slip = tells_loss(turn.text) or tells_omission(turn.text)  # 年报忘了报, 锅炉的证找不着了
    if turn.intent == "urge_case" and named and (chooses(turn.text) or is_slip):
        return True
    if is_slip and turn.entity("case_number") is None and not names_case(turn.text):
        return True
    wants = asks_whether_needed(turn.text) or asks_which_licences(turn.text)
    is_told = speaks_of_case(without_haste(turn.text)) and not wants  # 甲方催得急 没证先挖了呢
    is_case = is_told or turn.entity("case_number") is not None
    is_meant = named or sure_matter(turn.text) is not None or asks_for_licence(turn.text)
    is_meant |= asks_which_licences(turn.text) or turn.entity("project_type") is not None
    return not is_case and (is_meant or turn.slots.get("focus") == MATTER)


def _is_of_matter(turn: Turn) -> bool:
    """Tell whether what is taken for a claim, a step done or a proposal only names a matter."""
    if turn.intent == "apply_policy":  # 发票咋领
        is_theirs = speaks_of_benefit(turn.text) or wants_benefit(turn.text)
        is_theirs |= turn.entity("policy") is not None or turn.slots.get("focus") == POLICY
        return not is_theirs and sure_matter(turn.text) is not None
    if turn.intent == "suggest" and asks_if_served(turn.text):  # 你这能开纳税证明不
        return True
    if turn.entity("matter") is None:
        return False
    if turn.intent == "mark_done":  # 卫生许可证到期了, of no plan of ours
        is_planned = bool(turn.slots.get("live_plan_id") or turn.slots.get("journey"))
        return happens_afterwards(turn.text) and not is_planned
    is_wish = proposes(turn.text) or finds_fault(turn.text)  # 占道搞个开业活动 放两天
    return not is_wish and sure_matter(turn.text) is not None


def story_instead(turn: Turn) -> str | None:
    """Return the intent of the kind of story that a text's own words name; None for none."""
    if turn.intent == "blow_whistle" and "哨" not in turn.text:
        other = "complain" if "投诉" in turn.text else None
        return "suggest" if other is None and passes_on(turn.text) else other
    if turn.intent in UNCLEAR | {"inform"} and tells_trouble(turn.text) and files(turn.text):
        return "complain"  # 我还要投诉供电的 电表一个月了不给装
    is_unclear = turn.intent in UNCLEAR | {"complain", "dispute_answer"}
    is_unclear &= not (turn.intent == "complain" and "投诉" in turn.text)  # 推来推去的，我要投诉
    is_stuck = is_sent_about(turn.text) or (tells_trouble(turn.text) and wants_push(turn.text))
    return "blow_whistle" if is_unclear and is_stuck else None


def turns_to_pause(turn: Turn) -> bool:
    """Tell whether somebody asks to pause after another matter: 算了，先停两年不注销中不中."""
    spoken = matter_in_focus(turn)
    is_pause = pauses(turn.text) and not is_of_staff(turn.text)
    return is_pause and spoken is not None and spoken.id != PAUSE


def asks_for_other_matter(turn: Turn) -> bool:
    """Tell whether a question is about a licence and nothing that is built: 电梯装好了去哪上证."""
    named = turn.entity("matter") is not None
    if named and has_built(turn.text):  # 盖好了想办房产证
        return True
    found = app().matter_resolver.resolve(turn.text)
    if not asks(turn.text) or found.outcome is not Outcome.SURE:
        return False
    is_built = turn.entity("project_type") is not None or builds(turn.text)
    if is_built and asks_for_whole(turn.text):  # 村里集体地上盖厂房怎么办手续
        return False
    best = found.candidates[0]
    is_whole = app().catalogue.matter(best.matter_id).category == CONSTRUCTION
    least = BY_NAME if is_whole else CLEAR_SCORE if is_built else 0.0
    return best.score >= least  # 渣土车拉土要办什么, 在建工程能抵押吗


def _blames_nobody(turn: Turn) -> bool:
    """Tell whether what is taken for a complaint or a whistle says what one lacks, or only asks.

    "明天环保来检查 我没办排污证" wants to know, "能网上弄不 懒得跑" is about what is talked about.
    """
    if is_reported(turn.text):
        return True  # 有人举报我没办照
    if finds_fault(turn.text) or "哨" in turn.text:
        return False
    parts = clauses(turn.text)
    if turn.loop is None and len(turn.text) <= LONGEST_WISH and app().life_events.find(turn.text):
        return True  # 给公司改个名 难不难
    if turn.entity("matter") is not None and asks(parts[-1]):
        return True  # 没有卫生许可证，让十天内补上，我该找谁
    if turn.entity("matter") is not None and len(turn.text) <= LONGEST_WISH:
        return True  # 办个烟草证
    if lacks_licence(turn.text):
        return sure_matter(turn.text) is not None
    if asks_who_approves(turn.text):
        return True
    is_said = any(map(asks, parts)) or tells_of_partner(turn.text)
    return turn.slots.get("focus") in {MATTER, PLAN} and is_said


def _asks_at_last(turn: Turn) -> bool:
    """Tell whether what is taken for a whistle ends with asking about a matter."""
    if turn.entity("matter") is not None and not tells_trouble(turn.text):
        return bool(app().dialogue_words.topics_in(turn.text))  # 渣土和排水一块儿问下，哪个要钱
    return asks(clauses(turn.text)[-1]) and asks_known(turn.text)


def changes_no_booking(turn: Turn) -> bool:
    """Tell whether a question of changing something names nothing of a booking."""
    of_booking = any(turn.entity(name) for name in ("date", "time", "service_mode"))
    if of_booking or re.search("约|时间|号|改天|哪天|时段|上门|窗口", turn.text):
        return False
    return asks(turn.text) and (read_focus(turn).matter is not None or read_focus(turn).is_plan)


_WISHES = re.compile("想|打算|准备|计划")
"""Says what is to come."""


def opens_in_a_hurry(turn: Turn) -> bool:
    """Tell whether "急死了 下周理发店就要开张 执照还没办" begins a business, and urges nothing.

    So does who takes rooms for a trade and asks for its licences: 准备盘栋楼做宾馆 都要哪些证照.
    """
    is_list = turn.intent == "ask_materials" and asks_which_licences(turn.text)
    if is_list and _WISHES.search(turn.text) is not None and opens_in_rooms(turn):
        return True
    if turn.intent == "ask_eligibility" and _begins_in_place(turn):
        return True
    is_taken = turn.intent in UNCLEAR | STORIES | {"ask_procedure", "query_case", "urge_case"}
    is_named = turn.entity("industry") is not None and turn.entity("case_number") is None
    if turn.intent in {"suggest", "start_business"} and has_idea(turn.text):  # 有个养老院的想法
        return trade_of(turn.entity("industry") or turn.entity("project_type")) is not None
    return is_taken and is_named and opens_soon(turn.text)


def _begins_in_place(turn: Turn) -> bool:
    """Tell whether a first clause begins a trade in a place, whatever is asked behind it.

    "打算在阳谷开个台球厅，门头上做块五米长的牌子要不要审批" opens the journey and asks beside.
    """
    first, *rest = clauses(turn.text) or [turn.text]
    names = {one.name for one in turn.entities if one.value in first}
    is_begun = is_new_wish(first) and not asks(first) and {"industry", "district"} <= names
    return is_begun and any(map(asks, rest))


def begins_with_trade(turn: Turn) -> bool:
    """Tell whether "那开吧" means the trade that was asked about before."""
    is_made = turn.slots.get("journey") != "start_business" or turn.slots.get(ENTERPRISE_TYPE)
    is_begun = turn.slots.get("journey") is not None and is_made  # no question of it was answered
    is_known = bool(turn.slots.get(TRADE)) and not is_begun
    return is_known and turn.intent not in {"stop", "deny"} and begins_it(turn.text)


def ends_a_business(turn: Turn) -> bool:
    """Tell whether "不干了想注销", or a shop that changes hands, is meant."""
    is_unclear = turn.intent in {"deny", "nlu_fallback", "out_of_scope", "skip", "stop"}
    is_unclear |= turn.intent == "query_case" and takes_over(turn.text)
    is_unclear |= turn.intent == "match_policy" and not wants_benefit(turn.text)
    # 我是要关店，个体户执照不想要了
    is_unclear |= turn.intent == "ask_eligibility" and not asks(turn.text)
    # 想歇业一阵子 用跟谁说一声不
    is_unclear |= turn.intent in STORIES and not finds_fault(turn.text) and "哨" not in turn.text
    is_meant = app().life_events.find(turn.text) is not None or pauses(turn.text)  # 停一阵子行不
    is_meant &= not only_gives_up(turn.text)
    is_of_us = not is_of_staff(turn.text) or settles_debts(turn.text) is not None
    return is_unclear and is_meant and is_of_us  # 公司要注销，钱都两清了，工人工资也不欠


def founds(turn: Turn) -> bool:
    """Tell whether "注册公司", the name of a matter as well, is said to begin with it."""
    verb = turn.text.startswith(("注册", "成立", "设立", "开办"))
    if turn.intent != "inform" or not verb or len(turn.text) > SHORT_WISH:
        return False
    matter = sure_matter(turn.entity("matter"))
    kinds = app().catalogue.enterprise_types.values()
    return matter is not None and matter.id in {kind.matter_id for kind in kinds}


def wants_booking(turn: Turn) -> bool:
    """Tell whether a call back, or how help is booked, is asked for: "让他们给我回个电话"."""
    begins = any(one.intent in JOURNEYS and one.confidence >= SURE for one in turn.clauses)
    is_order = turn.intent in JOURNEYS and orders_help(turn.text) and not begins
    if takes_help(turn) or is_order:
        return True
    if turn.entity("matter") is not None:
        return False
    asks_how = turn.intent == "ask_procedure" and turn.entity("service_mode") is not None
    is_free = turn.intent in UNCLEAR | {"follow_case", "ask_procedure", "inform", "request_agent"}
    return asks_how or (is_free and wants_call_back(turn.text))


def is_pointed_at_nothing(turn: Turn) -> bool:
    """Tell whether a question points at a licence where none is spoken of: 这个证几年有效."""
    spoken = read_focus(turn)
    is_named = any(turn.entity(name) for name in ("matter", "industry", "project_type"))
    is_free = spoken.matter is None and spoken.journey is None and not is_named
    is_free &= turn.slots.get("focus") is None and turn.choice is None
    parts = [part for part in clauses(turn.text) if points_at_one(part)]
    # 那个证快到期了
    is_said = any(asks(part) or happens_afterwards(part) for part in parts)
    return is_free and (is_said or _ONLY_POINTS.fullmatch(turn.text) is not None)


def is_about_ticket(turn: Turn) -> bool:
    """Tell whether something is added to what was filed, or its number or outcome is asked for."""
    is_watched = turn.intent in FOLLOWED and not (turn.entity("case_number") or _names_matter(turn))
    is_unclear = turn.intent in UNCLEAR and not _names_matter(turn)
    is_watched |= is_unclear and asks(turn.text) and asks_outcome(turn.text)  # 咋知道结果
    return is_watched or wants_to_add(turn.text) or asks_number(turn.text)


def asks_where_filed(turn: Turn) -> bool:
    """Tell whether it is asked where what was filed is now, and not who does a matter: 环评谁管."""
    is_named = _names_matter(turn) or turn.entity("industry") is not None
    return asks_where_sent(turn.text) and not is_named


_FILED = re.compile("[^，,。想要打算准盖建]{2,8}(?:备案|核准|立项)")
"""Names what is filed and nothing else: 光伏备案."""


def is_about_a_licence(turn: Turn) -> bool:
    """Tell whether "我想办个卫生许可证" means one licence and not a whole new business."""
    if turn.intent == "plan_project":
        return _FILED.fullmatch(turn.text) is not None and sure_matter(turn.text) is not None
    if turn.intent != "start_business":
        return False
    if lacks_licence(turn.text) and likely_first(turn.text):  # 人家来查，说我差个备案
        return True
    if turn.entity("industry"):
        return False
    wanted = sure_matter(turn.text)
    if wanted is not None and wanted.category == UTILITY and likely_first(turn.text):
        return True  # 新租的门市没电，想装块电表
    is_named = len(turn.text) <= LONGEST_WISH and names_paper(turn.text)
    matter = sure_matter(turn.entity("matter") or (turn.text if is_named else None))
    registrations = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    return matter is not None and matter.id not in registrations and not turn.clauses


def asks_of_registration(turn: Turn) -> bool:
    """Tell whether a question is about founding in a way that no form of enterprise stands for.

    "韩国老板想设一家独资公司，跟内资公司办法一样么" is about the one with money from abroad.
    """
    if turn.intent != "start_business" or not asks(clauses(turn.text)[-1]):
        return False
    trades = [entity.value for entity in turn.entities if entity.name == "industry"]
    matter = None if any(map(trade_of, trades)) else sure_matter(turn.text)
    forms = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    known = app().catalogue.matters
    is_founding = matter is not None and matter.stage in {known[name].stage for name in forms}
    return is_founding and matter is not None and matter.id not in forms


def lacks_some_licence(turn: Turn) -> bool:
    """Tell whether a refused text says that a licence is asked for, and may mean one of ours.

    "带人去干活，人家跟我要什么证" needs one. None of 987 messages out of scope says so and is
    near a matter (27 November 2026).
    """
    is_told = asks_which_licences(turn.text) or lacks_licence(turn.text)
    return is_told and "证件" not in turn.text and bool(find_matters(turn.text))


def _names_matter(turn: Turn) -> bool:
    return turn.entity("matter") is not None or "办件" in turn.text
