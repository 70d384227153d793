"""Answers what may be asked of any matter beside its plain topics: 能加急不, 周末给办不, 为啥要办.

The catalogue's own question on the point comes first, then the record of the matter, then what
holds for all matters of its legal kind. What none of them says is said to be missing, with a way
on: no other question of the matter stands in for it.
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import as_offered, names_held
from actions.finding.points_of_matter import ANSWERS, REPLACEMENT, own_question
from actions.plans.planned import planned_matters
from actions.questions.faq_said import matter_said
from actions.questions.matter_faqs import STRONG, to_be_named, utter
from actions.questions.shared_rules import answer_of_all, says_shared
from actions.trades.start_answers import STARTUP, own_matters
from actions.turns.focus import (
    CASE,
    JOURNEY_FORMS,
    TICKET,
    matter_in_focus,
    on_matter,
    on_plan,
    read_focus,
)
from actions.turns.history import last_responses
from actions.turns.intent_groups import STORIES
from actions.turns.names import ENDS, afterwards, likely_first, meant_matter, sure_matter
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.words.any_matter import (
    Point,
    PointAsked,
    point_asked,
    speaks_of_case,
    wants_haste,
    wants_to_lend,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.story import finds_fault

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


_BUSINESS = re.compile("执照|(?<![护牌拍])照(?![片相明顾常样])")
"""Stands for the licence of a business."""


PAPER = "证"
"""Stands in words that point at the licence spoken of."""


MOST_OF_PLAN = 2
"""Licences of a plan for which it is told what follows without them."""

PAPER_TOLD = "utter_matters_paper_source"
"""Response after which a paper of somebody else's is talked about, and no matter."""


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
        own = own_question(turn, matter, asked.point)
    if own is not None:
        utter(faq_answer(own, to_be_named(turn, matter)), say)
    elif asked.point in OWN_FIRST or not says_shared(matter, asked.point, say):
        ANSWERS[asked.point](turn, matter, say)
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
            if (own := own_question(turn, one, Point.LENT)) is not None:
                utter(faq_answer(own, one), say)
                return on_matter(one, "eligibility")
        is_said = any(says_shared(one, Point.LENT, say) for one in held)
        return on_plan(str(focus.journey)) if is_said else []
    told = [(m, q) for m in planned if (q := own_question(turn, m, Point.WITHOUT)) is not None]
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
    own = own_question(turn, spoken, Point.LENT) if spoken is not None else None
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
