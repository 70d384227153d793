"""What the sentence that opens a journey asks beside: "消防上要办啥", "必须有药师不"."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import likely_topic, say_answer
from actions.finding.matter_before import INDIVIDUAL
from actions.plans.area import only_matter_of_area, say_area
from actions.plans.fit_out import says_fit_out_first
from actions.plans.planned import planned_matters
from actions.questions.faq_asked import registration_told
from actions.questions.found_question import OPENING, whole_fit
from actions.questions.matter_faqs import BY_ITSELF, say_question, says_question_among, utter
from actions.questions.sure_question import FITS, best_asked
from actions.steering.best_of_all import SURE_OWN, clear_of_all
from actions.trades.oneself_told import says_branch, says_for_partners, says_if_one_may
from actions.trades.start_answers import ENTERPRISE_TYPE, TRADE, always_wanted, told_slots
from actions.turns.beside import from_each_clause
from actions.turns.focus import JOURNEY_FORMS, PLAN
from actions.turns.names import registration_of, sure_matter
from actions.turns.turn import Entity, Turn
from bot.documents.matter_text import faq_answer, record_answer
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.plans.trade import LICENCE_CATEGORY
from bot.services.words.asked import asking_parts, asks_of_a_side, tails, tells_circumstance
from bot.services.words.bare_trade import is_bare
from bot.services.words.matter_remarks import (
    asks,
    asks_if_easy,
    asks_to_found,
    asks_which_licences,
)
from bot.services.words.remarks import clauses
from bot.services.words.trade_questions import asks_if_one_may

_HOW = re.compile(
    "(我|俺|咱|那|该|要|得|应该|需要|都|先|到底)*(咋|怎么|如何)个?"
    "(办|弄|整|走|开始|搞|做|起步|着手)[呀啊呢吧]?"
)
"""Asks for the beginning that is made just now, and nothing beside it."""


_ALL = re.compile(
    "(?:都|一共|总共|到底|得|要|该|应该|需|还|再|先|我|俺)*(?:办|弄|跑|走|准备)(?:点|些|理)?"
    "(?:啥|什么|哪些|哪几样)(?:手续|证|程序|流程)?[呢啊呀]?[?？]?"
)
"""Asks for all that is to be done, which the journey says: 都得办啥."""

TOLD_OF = 5
"""Matters that a text may tell of, the likeliest first."""

SMALL_CATERING = "lic-small-catering"
"""Matter that only eating houses want."""

FIRE_CHECK, ENTERTAINS = "lic-fire-open", frozenset({"lic-entertainment", "lic-netcafe"})
"""Matter that asks for the area of most places, and those of places of which it asks none."""

_CATERING = re.compile("饭馆|餐馆|饭店|餐饮")
"""Names eating houses in a question of a licence that others want as well."""

FILING = "prj-invest-record"
"""Matter that is meant by 备案 and 立项 alone where something is to be built."""


def answer_opening(
    journey: str, turn: Turn, slots: Mapping[str, Any], say: CollectingDispatcher
) -> Matter | None:
    """Answer the first question of the sentence that something is known about.

    What is asked in words of a topic ("多少钱") is a request of its own and answered as such.
    Returns the one matter that was answered for; None for several, or anything else.

    Args:
        journey: A key of `JOURNEY_FORMS`.
        turn: The message.
        slots: The answers that it gave.
        say: Where it is said.
    """
    if _asks_nothing_more(journey, turn):
        return None
    known = {**turn.slots, **slots, "journey": journey, "focus": PLAN}
    is_shop = journey == "start_business"
    is_said = is_shop and (says_for_partners(turn, say) or says_branch(turn, say))
    if is_said or (is_shop and says_fit_out_first(replace(turn, slots=known), say)):
        return None
    opened = replace(turn, slots=known, loop=JOURNEY_FORMS[journey], requested=None)
    sure = clear_of_all(opened, planned_matters(opened.slots))
    if sure is not None:  # 想开个美甲店 光做手 卫生许可证用办吗
        say_question(turn, sure, say)
        return sure.matter
    if is_shop and any(map(asks_if_one_may, asking_parts(turn.text))):
        return says_if_one_may(opened, say)
    for part in asking_parts(turn.text):
        is_asked = asks(part) and not asks_which_licences(part)
        topics = app().dialogue_words.topics_in(part)
        if is_asked and topics and journey == "plan_project" and _means_filing(part):
            say_answer(topics[0], app().catalogue.matter(FILING), say)  # 备案去哪弄
            return app().catalogue.matter(FILING)
        if not is_asked or topics:
            continue
        asked = replace(opened, text=part, entities=_entities_in(opened, part))
        if _answers(asked, say) or _says_clear(asked, say):
            return only_matter_of_area(asked)
    return _says_rest(journey, turn, opened, say)


def _says_rest(journey: str, turn: Turn, opened: Turn, say: CollectingDispatcher) -> Matter | None:
    """Answer the sentence as a whole, where no part of it is a question that is known."""
    matter = _says_whole(journey, turn, say)
    parts = [part for part in asking_parts(turn.text) if asks(part)]
    is_more = matter is None and any(_HOW.fullmatch(part) is None for part in parts)
    # 在集上卖煎包 没有门店 我该弄个啥
    if is_more and _says_sure(from_each_clause(turn.text), _may_be(opened), say):
        return matter
    if matter is None and (journey == "start_business" or parts):
        _says_told(turn, opened, say, is_asked=bool(parts))
    return matter


def _asks_nothing_more(journey: str, turn: Turn) -> bool:
    """Tell whether what a sentence asks was said with the beginning: 开饭店都要办啥, 也得办证不."""
    trade, text = turn.entity("industry"), turn.text
    for place in (entity.value for entity in turn.entities if entity.name == "district"):
        text = text.replace(f"在{place}", "").replace(place, "")
    is_whole = trade is not None and is_bare(text, trade)  # 想在冠县开个面馆 咋弄
    if journey == "plan_project" and all(
        map(_ALL.fullmatch, filter(asks, asking_parts(turn.text)))
    ):
        return True  # 县里要盖个学校 都得办啥
    return is_whole or (journey == "start_business" and _asks_list_alone(turn))


def _means_filing(part: str) -> bool:
    """Tell whether the filing of the investment is meant, and no other one: 备案去哪弄."""
    return (
        re.search("(?<!消防)(?<!施工)(?<!竣工)(?:备案|立项)", part) is not None
        and sure_matter(part) is None
    )


def _says_told(turn: Turn, opened: Turn, say: CollectingDispatcher, *, is_asked: bool) -> None:
    """Answer the question that the whole sentence fits, or what it tells of the place.

    Args:
        turn: The message.
        opened: The turn with the plan in the making.
        say: Where it is said.
        is_asked: Something in it asks; else it must tell no answer of the plan.
    """
    planned = planned_matters(opened.slots)
    asked = whole_fit(turn.text, OPENING)
    if asked is not None and _is_of_others(asked, planned):
        asked = None
    # 面积一百二十平 asks nothing of smaller ones
    if asked is not None and (is_asked or not told_slots(turn.text)):
        say_question(turn, replace(asked, close=None), say)
        return
    places = [part for part in clauses(turn.text) if tells_circumstance(part)]
    trade = opened.slots.get(TRADE)
    told = _best_own(places, always_wanted(str(trade)) if trade else [], planned)
    if told is not None and not _is_of_others(told, planned):  # 离二中后墙一百五十米
        say_question(turn, replace(told, close=None), say)


def _is_of_others(asked: Asked, planned: Sequence[Matter]) -> bool:
    """Tell whether a rule was found that is none of the trade: of eating houses, or of shops.

    小超市 六十平 is no eating house, and a bar with singers is looked at whatever its area is.
    """
    ids = {matter.id for matter in planned}
    if asked.matter.id == FIRE_CHECK and ids & ENTERTAINS:
        return True
    return SMALL_CATERING not in ids and _CATERING.search(asked.faq.question) is not None


def _best_own(texts: Sequence[str], *groups: Sequence[Matter]) -> Asked | None:
    """Return the question that a text fits for sure, of the first group of matters that has one.

    "楼上是住宅" of a dance hall is about where one may be, and not about an address or a kitchen.
    """
    found = (best_asked(texts, among) for among in groups)
    return next((one for one in found if one is not None and one.score >= FITS), None)


def _says_whole(journey: str, turn: Turn, say: CollectingDispatcher) -> Matter | None:
    """Answer for the matter of a project that the whole sentence needs, where a side is asked for.

    "上一套甲醇储罐，属于危化项目，安全这块儿要先审哪些" names no area of the plan and one matter.
    """
    is_side = any(asks(part) and asks_of_a_side(part) for part in asking_parts(turn.text))
    matter = sure_matter(turn.text) if journey == "plan_project" and is_side else None
    if matter is not None:
        say_answer(likely_topic(turn) or "procedure", matter, say)
    return matter


def _answers(turn: Turn, say: CollectingDispatcher) -> bool:
    area = app().dialogue_words.area_in(turn.text)
    if _says_if_it_may(turn, say) or (area is not None and say_area(area, turn, say)):
        return True
    matters = _may_be(turn)
    if says_question_among(turn.text, matters, say, BY_ITSELF):
        return True
    if _says_sure(tails(turn.text), matters, say) or _says_point(turn, matters, say):
        return True
    named = sure_matter(turn.entity("matter")) or (sure_matter(turn.text) if matters else None)
    if named is None or not asks_if_easy(turn.text):
        return False
    say_answer("eligibility", named, say)  # 烟证好办吗
    return True


def _says_clear(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a part that clearly asks one question: 装修要不要报; False for none."""
    is_shop = turn.loop == JOURNEY_FORMS["start_business"]
    clear = clear_of_all(turn, planned_matters(turn.slots)) if is_shop else None
    best = app().question_finder.best_of_all(turn.text) if is_shop else None
    if clear is None and best is not None and best.score >= SURE_OWN:
        clear = None if _is_strange(turn, best.matter) else best
    if clear is not None:
        say_question(turn, clear, say)
    return clear is not None


def _is_strange(turn: Turn, matter: Matter) -> bool:
    """Tell whether a licence is neither planned nor told of: 要实体店不, of a noodle shop."""
    planned = {one.id for one in planned_matters(turn.slots)}
    is_other = matter.category == LICENCE_CATEGORY and matter.id not in planned
    ranked = app().matter_resolver.rank(turn.text, TOLD_OF) if is_other else []
    return is_other and all(one.matter_id != matter.id for one in ranked)


def _says_point(turn: Turn, matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Read out the line of the licence of the trade that a point is about; False for none.

    "大夫得干满几年才行" in a sentence that opens a clinic.
    """
    known = {matter.id: matter for matter in matters}
    whole = turn.typed or turn.text  # the trade stands in another clause
    ranked = app().matter_resolver.rank(whole, len(app().catalogue.matters))
    best = next((one for one in ranked if one.matter_id in known), None)
    lines = app().record_lines.about(turn.text, known[best.matter_id]) if best else []
    if best is None or not lines:
        return False
    utter(record_answer(known[best.matter_id], lines), say)
    return True


def _may_be(turn: Turn) -> list[Matter]:
    """Return the matters of the plan, the registration that the text tells of before them."""
    told = registration_told(turn)
    planned = planned_matters(turn.slots)
    is_open = turn.slots.get(ENTERPRISE_TYPE) is None and turn.loop == "start_business_form"
    first = app().catalogue.enterprise_types[INDIVIDUAL].matter_id
    individual = app().catalogue.matter(first) if is_open else None  # 两口子开个超市，执照写谁名字
    return [one for one in (told, *planned, individual) if one is not None]


def _says_sure(texts: Iterable[str], matters: Sequence[Matter], say: CollectingDispatcher) -> bool:
    """Answer the question of some matters that one of some texts fits for sure; False for none."""
    asked = best_asked(texts, matters)
    if asked is None or asked.score < FITS or _is_of_others(asked, matters):
        return False
    utter(faq_answer(asked.faq), say)
    return True


def _says_if_it_may(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say who may found the form of enterprise that is asked about; False when none is."""
    form = turn.entity("enterprise_type")
    if form is None or not asks_to_found(turn.text):
        return False
    matter = registration_of(None, form, turn.text)
    if matter is None:
        return False
    say_answer("eligibility", matter, say)
    return True


def _asks_list_alone(turn: Turn) -> bool:
    """Tell whether all that is asked is what licences the trade wants, and of no area of them."""
    parts = [part for part in asking_parts(turn.text) if asks(part)]
    is_list = bool(parts) and all(asks_which_licences(x) or _ALL.fullmatch(x) for x in parts)
    return is_list and app().dialogue_words.area_in(turn.text) is None


def _entities_in(turn: Turn, part: str) -> tuple[Entity, ...]:
    return tuple(entity for entity in turn.entities if entity.value in part)
