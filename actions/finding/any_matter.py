"""Answers what may be asked of any matter beside its plain topics: 能加急不, 周末给办不, 为啥要办.

The catalogue's own question on the point comes first, then the record of the matter, then what
holds for all matters of its legal kind. What none of them says is said to be missing, with a way
on: no other question of the matter stands in for it.
"""

import re
from collections.abc import Callable, Mapping

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import as_offered, names_held
from actions.plans.planned import planned_matters
from actions.questions.faq_said import faqs_said, matter_said
from actions.questions.matter_faqs import STRONG, known_validity, need_question, to_be_named, utter
from actions.questions.shared_rules import answer_of_all, says_shared
from actions.trades.start_answers import STARTUP, own_matters
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import (
    CASE,
    JOURNEY_FORMS,
    TICKET,
    matter_in_focus,
    on_matter,
    on_plan,
    read_focus,
)
from actions.turns.history import last_responses, was_said
from actions.turns.intent_groups import STORIES
from actions.turns.names import ENDS, afterwards, likely_first, meant_matter, sure_matter
from actions.turns.registry import action_named
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer, paper_answer, record_answer, result_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.record_lines import every_line
from bot.services.words.any_matter import (
    Point,
    PointAsked,
    is_of_point,
    line_is_of_point,
    point_asked,
    speaks_of_case,
    wants_haste,
    wants_to_lend,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.renewal import tells_when_to_renew
from bot.services.words.story import finds_fault

FITS = 0.3
"""How well a question of the matter must fit where the point has several."""

OF_HELD = frozenset({Point.CLOSED, Point.LOST, Point.LAPSED})
"""Points of a licence that one has, whose change may be a matter of its own."""

OF_PLAN = frozenset({Point.LENT, Point.WITHOUT})
"""Points that may be asked of the licences of a plan, none of them named."""

OWN_FIRST = frozenset({Point.LAPSED, Point.WITHOUT})
"""Points on which the record of a matter is told before what all of its kind share."""

LICENSED = "licence"
"""Category of what a trade wants of its own."""

HELD, PERMIT = frozenset({"construction", LICENSED}), "许可"
"""Categories of what is held once it is granted, and a word of its name."""

HALLS = ("大厅", "窗口", "专窗", "专区")
"""Parts of the name of a place that keeps the hours of the halls."""

YEARLY_REPORT = "annual-report"
"""Matter by which a business reports each year, which took the place of its inspection."""

LICENCE, REPLACEMENT = "营业执照", "lic-reissue"
"""Result of a registration, and the matter by which a lost one is replaced."""

_BUSINESS = re.compile("执照|(?<![护牌拍])照(?![片相明顾常样])")
"""Stands for the licence of a business."""

_GIVES = re.compile("(?:发|给|领)[^，。；]{0,6}(?:证|卡|牌|凭证|文书|批文)")
"""Tells what is given: 发公示卡."""

PAPER = "证"
"""Stands in words that point at the licence spoken of."""

MOST_LINES = 4

MOST_OF_PLAN = 2
"""Licences of a plan for which it is told what follows without them."""

NOT_RECORDED = "utter_matters_not_recorded"
PAPER_TOLD = "utter_matters_paper_source"
"""Response after which a paper of somebody else's is talked about, and no matter."""

Answer = Callable[[Turn, Matter, CollectingDispatcher], None]


def answer_of_any(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer such a question of the matter that is named or spoken of; no events for another."""
    asked = point_asked(turn.text)
    is_free = turn.loop in {None, *JOURNEY_FORMS.values()} and turn.choice is None
    if asked is None or not is_free or turn.entity("policy") or _is_else(turn, asked):
        return []
    is_wish = asked.point is Point.HASTE and wants_haste(asked.words)  # 想加急办个食品证
    is_wish |= asked.point is Point.LENT and wants_to_lend(turn.text)  # 我的烟草证想给我弟用
    if not (asks(turn.text) or is_wish) or _is_of_case(turn, asked):
        return []
    matter = _meant(turn, asked)
    is_closed = matter is not None and asked.point is Point.CLOSED
    if matter is not None and is_closed and not (_is_held(matter) and names_held(turn, matter)):
        return []  # 个体户要注销吗, 公司欠薪还能注销吗
    if matter is None:
        said = _say_without_in_plan(turn, asked, say) or _say_haste_at_all(turn, asked, say)
        return said or answer_of_all(turn, asked, say)
    own = _asked_beside(turn, matter, asked)
    if own is None and asked.point is not Point.WITHOUT:
        own = _own_question(turn, matter, asked.point)
    if own is not None:
        utter(faq_answer(own, to_be_named(turn, matter)), say)
    elif asked.point in OWN_FIRST or not says_shared(matter, asked.point, say):
        _ANSWERS[asked.point](turn, matter, say)
    spoken = read_focus(turn)
    if is_closed and spoken.matter is not None and spoken.matter.category == ENDS:
        return on_matter(spoken.matter, spoken.topic)  # 食品证也得销不, beside the business's end
    return on_matter(matter, spoken.topic or "eligibility")


def answer_of_lent(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say, before anything else, whether a licence may serve another; no events for another text.

    "爹的诊所给我了，还用他的证能行不" fits questions on clinics by its words.
    """
    asked = point_asked(turn.text) if turn.loop is None else None
    is_whole = asked is not None and asked.point is Point.LENT and asked.words == turn.text
    return answer_of_any(turn, say) if is_whole else []


def _is_held(matter: Matter) -> bool:
    """Tell whether a matter is a licence, or what is done to one: no registration, no end."""
    return matter.category in HELD or any(PERMIT in name for name in (matter.name, *matter.aliases))


def _is_else(turn: Turn, asked: PointAsked) -> bool:
    """Tell whether trouble is told that is to be filed, or a plan is to be offered instead."""
    if asked.point is Point.EASY and app().life_events.find(turn.text) is not None:
        return True  # 给公司改个名 难不难
    is_why = asked.point is Point.WHY and bool(asked.named)  # 凭什么要办这个登记表
    is_trouble = asked.point is Point.SENT_BACK or finds_fault(turn.text)
    return turn.intent in STORIES and is_trouble and not is_why


def _is_of_case(turn: Turn, asked: PointAsked) -> bool:
    """Tell whether haste is wanted of what was handed in: 我交上去的食品证能加急不."""
    is_filed = turn.slots.get("focus") in {CASE, TICKET} or speaks_of_case(turn.text)
    return asked.point is Point.HASTE and (is_filed or turn.entity("case_number") is not None)


def _say_without_in_plan(
    turn: Turn, asked: PointAsked, say: CollectingDispatcher
) -> list[EventType]:
    """Say what follows without a licence of the plan, where none is named; else no events.

    The one spoken of last goes alone: 证没下来我先让朋友来玩 会咋着, in the plan of a net bar.
    """
    planning = as_offered(turn)
    focus = read_focus(planning)
    if asked.point not in OF_PLAN or asked.named or not focus.is_plan:
        return []
    planned = planned_matters({**planning.slots, "journey": focus.journey})
    if asked.point is Point.LENT:  # 能包给别人干不
        held = [one for one in planned if one.category != STARTUP]
        for one in held:  # 营运证 of a haulier has a question of its own
            if (own := _own_question(turn, one, Point.LENT)) is not None:
                utter(faq_answer(own, one), say)
                return on_matter(one, "eligibility")
        is_said = any(says_shared(one, Point.LENT, say) for one in held)
        return on_plan(str(focus.journey)) if is_said else []
    told = [(m, q) for m in planned if (q := _own_question(turn, m, Point.WITHOUT)) is not None]
    told = [one for one in told if one[0].category != STARTUP]
    spoken = [one for one in told if one[0].id == turn.slots.get("matter_id")]
    told = (spoken or told)[:MOST_OF_PLAN]
    for matter, faq in told:
        utter(faq_answer(faq, matter), say)
    return on_plan(str(focus.journey)) if told else []


def _say_haste_at_all(turn: Turn, asked: PointAsked, say: CollectingDispatcher) -> list[EventType]:
    """Say that no quicker way is recorded, where no matter is meant; no events for another."""
    is_haste = asked.point is Point.HASTE and wants_haste(asked.words) and asks(turn.text)
    if asked.named or not is_haste or turn.loop is not None:
        return []
    say.utter_message(response="utter_matters_haste")
    return [SlotSet("focus", turn.slots.get("focus"))]


def _meant(turn: Turn, asked: PointAsked) -> Matter | None:
    """Return the matter that is named beside the question, else the one spoken of last."""
    if asked.point is Point.LENT and asked.words == turn.text:
        return _lent(turn)
    is_lent = asked.point is Point.LENT and PAPER in asked.words and not turn.entity("matter")
    name = "" if is_lent else asked.named  # 食堂包给外人干 就用俺厂这个证 中不
    if not name:
        is_paper = PAPER_TOLD in last_responses(turn)  # 那个证一年一审吗, of 健康证
        spoken = None if is_paper else matter_in_focus(turn)
        if spoken is None and asked.point is Point.RESULT:  # 当场给个啥牌牌不, of a stall
            spoken = matter_said(turn, planned_matters(turn.slots))
        is_held = spoken is not None and asked.point in OF_HELD
        return (afterwards(spoken.name, turn.text) if is_held and spoken else None) or spoken
    held = [one.value for one in turn.entities if one.name == "matter" and one.value in name]
    word = held[-1] if held and asked.point is Point.CLOSED else turn.entity("matter")
    is_marked = word is not None and word in name and word not in app().dialogue_words.broad
    if is_marked:
        return meant_matter(word, turn.text if asked.point in OF_HELD else name)
    if asked.point in OF_HELD and turn.entity("material") is not None:
        return None  # 健康证丢了咋补
    sure = sure_matter(name) or _likely(turn, name)
    if sure is not None and app().matter_resolver.is_foreign(name, sure):
        return None  # 动物防疫证过期了咋办
    return sure or _only_of_trade(turn.entity("industry"))


def _lent(turn: Turn) -> Matter | None:
    """Return the licence that is to serve another: the one spoken of, or that of a business."""
    spoken, word = matter_in_focus(turn), turn.entity("matter")
    own = _own_question(turn, spoken, Point.LENT) if spoken is not None else None
    is_business = _BUSINESS.search(turn.text) is not None
    if own is not None and (not is_business or _BUSINESS.search(own.question)):
        return spoken
    if is_business:
        return app().catalogue.matter(REPLACEMENT)
    trade = trade_of(turn.entity("industry"))
    wanted = [one for one in (own_matters(trade) if trade else []) if one.category == LICENSED]
    named = sure_matter(word) if word is not None else None
    told = sure_matter(turn.text)  # 爹的诊所给我了，还用他的证
    wanted += [told] if told is not None and told.category == LICENSED else []
    return named or spoken or next(iter(wanted), None)


def _likely(turn: Turn, name: str) -> Matter | None:
    """Return the matter that a name means which is far likelier than any other; or None.

    What the model refuses must hold a word that points to it: 公司电脑坏了上哪修 does not.
    """
    if not likely_first(name):
        return None
    resolver = app().matter_resolver
    likely = app().catalogue.matter(resolver.rank(name, 1)[0].matter_id)
    is_out = turn.intent == "out_of_scope" and not resolver.is_pointed_at(likely, name)
    return None if is_out else likely


def _only_of_trade(word: str | None) -> Matter | None:
    """Return the only licence of its own that a trade wants; None for several or none."""
    trade = trade_of(word)
    own = own_matters(trade) if trade else []
    return own[0] if len(own) == 1 else None


def _asked_beside(turn: Turn, matter: Matter, asked: PointAsked) -> Faq | None:
    """Return the question that a text fits which says more than a name: 那串项目代码有啥用."""
    is_bare = asked.named in {"", turn.entity("matter")}
    if is_bare or app().matter_resolver.is_name(asked.named):
        return None
    found = app().question_finder.among(turn.text, [matter], STRONG)
    return found.faq if found is not None else None


def _own_question(turn: Turn, matter: Matter, point: Point) -> Faq | None:
    """Return the question of a matter on a point, of several the one that fits; None for none."""
    known = [faq for faq in matter.faqs if is_of_point(faq.question, point)]
    if len(known) > 1:
        asked = app().question_finder.among(turn.text, [matter], FITS)
        known = [asked.faq] if asked is not None and asked.faq in known else known
    return known[0] if known else None


def _of_any_founding(turn: Turn, matter: Matter, point: Point) -> Faq | None:
    """Return a question on a point that a business of any form has; None for no such."""
    known = app().catalogue
    forms = [known.matter(form.matter_id) for form in known.enterprise_types.values()]
    found = (_own_question(turn, one, point) for one in forms if matter in forms)
    return next(filter(None, found), None)


def _say_missing(response: str) -> Answer:
    """Return what says that a point is not recorded, by a response with a way on."""

    def answer(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        say.utter_message(
            response=response,
            matter=matter.name,
            department=matter.department,
            channels=ITEM_MARK.join(matter.channels),
        )

    return answer


def _say_lines(point: Point, response: str) -> Answer:
    """Return what reads out the lines of a record on a point, else says that there are none."""
    missing = _say_missing(response)

    def answer(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        lines = [line for line in every_line(matter) if line_is_of_point(line, point)]
        if lines:
            utter(record_answer(matter, lines[:MOST_LINES]), say)
        else:
            missing(turn, matter, say)

    return answer


def _say_topic(topic: str) -> Answer:
    """Return what answers a point with one of the plain topics."""

    def answer(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
        say_answer(topic, matter, say)

    return answer


def _say_electronic(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what one gets, and that nothing is recorded of where its electronic form is."""
    if LICENCE in matter.result:
        say_answer("place", app().catalogue.matter(REPLACEMENT), say)
        return
    _say_result(turn, matter, say)
    _say_missing("utter_matters_electronic")(turn, matter, say)


def _say_form(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say which application the list of papers has, and where a matter is done."""
    forms = [one for one in matter.materials if "申请" in one.name]
    if forms:
        utter(paper_answer(matter, "申请表", forms), say)
    _say_missing("utter_matters_form")(turn, matter, say)


def _say_person(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Answer the question on such a person that the catalogue holds, else say who may."""
    asked = app().question_finder.among(turn.text, [matter], STRONG)
    if asked is not None:
        utter(faq_answer(asked.faq, to_be_named(turn, matter)), say)
    else:
        say_answer("eligibility", matter, say)


def _say_together(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what can be done at the same time; else that nothing is recorded."""
    known = app().catalogue.matters
    beside = [known[name].name for name in matter.parallel_with if name in known]
    if beside:
        names = ITEM_MARK.join(beside)
        say.utter_message(response="utter_matters_together", matter=matter.name, beside=names)
    else:
        _say_missing(NOT_RECORDED)(turn, matter, say)


def _say_haste(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    say_answer("time_limit", matter, say)
    _say_missing("utter_matters_haste")(turn, matter, say)


def _say_hours(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    if any(part in channel for part in HALLS for channel in matter.channels):
        action_named("action_answer_office_hours").act(turn, say)
    else:
        _say_missing("utter_matters_hours_elsewhere")(turn, matter, say)


def _say_lapsed(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    held = known_validity(matter)
    if held is not None:
        utter(held, say)
    is_told = held is not None and tells_when_to_renew(held.text)  # 届满90日前: its own term goes
    if is_told or not says_shared(matter, Point.LAPSED, say):
        _say_missing("utter_matters_lapsed_not_recorded")(turn, matter, say)


def _say_lost(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say how a business licence is replaced; of others that nothing is recorded."""
    if LICENCE in matter.result or matter.id == REPLACEMENT:
        say_answer("procedure", app().catalogue.matter(REPLACEMENT), say)
    else:
        _say_missing("utter_matters_held_not_recorded")(turn, matter, say)


def _say_lent(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say of any business licence what holds of one; of others what the record has."""
    whole = app().catalogue.matter(REPLACEMENT)
    faq = _own_question(turn, whole, Point.LENT) if LICENCE in matter.result else None
    if faq is not None:
        utter(faq_answer(faq, to_be_named(turn, whole)), say)
    else:
        _say_lines(Point.LENT, NOT_RECORDED)(turn, matter, say)


def _say_yearly(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say that a business reports instead, where its registration is meant; else the record."""
    forms = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    if matter.id in forms:
        report = app().catalogue.matter(YEARLY_REPORT)
        own = _own_question(turn, report, Point.YEARLY)
        if own is not None:
            utter(faq_answer(own), say)
            return
    held = known_validity(matter)
    if held is not None:
        utter(held, say)
    _say_lines(Point.YEARLY, "utter_matters_yearly_not_recorded")(turn, matter, say)


def _say_display(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say where the licence of a business of any form hangs, or what the record says of one."""
    own = _of_any_founding(turn, matter, Point.DISPLAY)
    if own is None:
        _say_lines(Point.DISPLAY, NOT_RECORDED)(turn, matter, say)
    else:
        utter(faq_answer(own), say)


def _say_why(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    purpose = app().matter_resolver.purpose(matter)
    say.utter_message(response="utter_matters_what_it_is", matter=matter.name, purpose=purpose)
    say_answer("legal_basis", matter, say)


def _say_who(_: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    faq = need_question(matter)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    say_answer("eligibility", matter, say)


def _say_without(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say who needs it and what follows without it; else by which law it is wanted."""
    then = _own_question(turn, matter, Point.WITHOUT) or _of_any_founding(
        turn, matter, Point.WITHOUT
    )
    told = then or (need_question(matter) if "先" not in turn.text else None)  # 没下来能先开不
    told = told if told is None or told is then or not was_said(turn, told.answer) else None
    if told is not None:
        about = matter if told in matter.faqs else None
        utter(faq_answer(told, to_be_named(turn, matter) if about else None), say)
    if then is not None:
        return
    if not says_shared(matter, Point.WITHOUT, say):
        say.utter_message(response="utter_matters_without", matter=matter.name)
    say_answer("legal_basis", matter, say)


def _say_result(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what one gets: by the answer that was just given, where it tells, or the record."""
    said = [faq for faq in faqs_said(turn, (matter,)) if _GIVES.search(faq.answer)]
    utter(faq_answer(said[-1]) if said else result_answer(matter), say)


_ANSWERS: Mapping[Point, Answer] = {
    Point.CLOSED: _say_missing("utter_matters_closed_not_recorded"),
    Point.DISPLAY: _say_display,
    Point.EASY: _say_topic("procedure"),
    Point.ELECTRONIC: _say_electronic,
    Point.ELSEWHERE: _say_missing(NOT_RECORDED),
    Point.EXAM: _say_lines(Point.EXAM, NOT_RECORDED),
    Point.FORM: _say_form,
    Point.HASTE: _say_haste,
    Point.HOURS: _say_hours,
    Point.LAPSED: _say_lapsed,
    Point.LENT: _say_lent,
    Point.LICENCE_FIRST: _say_lines(Point.LICENCE_FIRST, NOT_RECORDED),
    Point.LOST: _say_lost,
    Point.MAIL: _say_missing("utter_matters_mail"),
    Point.MISPRINT: _say_lost,
    Point.ORIGINAL: _say_topic("materials"),
    Point.PERSON: _say_person,
    Point.PROXY: _say_lines(Point.PROXY, "utter_matters_proxy_not_recorded"),
    Point.QUEUE: _say_missing("utter_matters_queue"),
    Point.RECEIPT: _say_missing(NOT_RECORDED),
    Point.RESULT: _say_result,
    Point.REVOKED: _say_missing(NOT_RECORDED),
    Point.SENT_BACK: _say_missing("utter_matters_sent_back_not_recorded"),
    Point.TERMS: _say_topic("eligibility"),
    Point.TOGETHER: _say_together,
    Point.TRIPS: _say_missing("utter_matters_trips"),
    Point.VISIT: _say_lines(Point.VISIT, "utter_matters_visit_not_recorded"),
    Point.WHO: _say_who,
    Point.WHY: _say_why,
    Point.WITHDRAWN: _say_missing(NOT_RECORDED),
    Point.WITHOUT: _say_without,
    Point.YEARLY: _say_yearly,
}
