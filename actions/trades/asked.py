"""Answers what is asked of a trade as a whole: 洗车店几天能办下来, 能开点心厂不, 没证开澡堂罚多少.

Its plan is not made and not offered yet; it answers as if it were, and is offered behind it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import LICENCE, is_trade_offered
from actions.finding.not_meant import not_meant
from actions.plans.area import say_area
from actions.plans.journey_answer import answer_for_journey
from actions.questions.matter_faqs import say_question, utter
from actions.trades.apart import says_apart
from actions.trades.offer import offer_trade
from actions.trades.stall import answer_stall
from actions.trades.start_answers import (
    TRADE,
    always_wanted,
    compose_start,
    own_matters,
    trade_matters,
)
from actions.trades.start_opening import OPENS, say_wants, trade_name
from actions.turns.focus import PLAN, POLICY, matter_in_focus, on_matter, read_focus
from actions.turns.names import sure_matter
from actions.turns.trades_named import trade_of
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.documents.waves_text import waves_text
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.plans.open_already import is_running
from bot.services.policies.sums import told_sums
from bot.services.words.bare_trade import is_bare
from bot.services.words.business import builds, hands_on
from bot.services.words.plan_remarks import asks_after_area
from bot.services.words.trade_apart import makes_up_late
from bot.services.words.trade_questions import (
    TradeTopic,
    is_about_lack,
    points_at_lacked,
    topic_of_trade,
)

MOST = 2
"""Licences of a trade whose conditions, or fines, are told at once."""

FIRE_CHECK = "lic-fire-open"
"""Matter that most places want, and that no name of a trade means."""

ANY = "店"
"""Stands for a trade where it does not matter which."""

OF_ANY = 0.6
"""How well a question of any shop must fit."""

_REGISTERS = re.compile(
    "(?:咋|怎么|如何)(?:去)?(?:注册|登记|成立|开办)|(?:注册|登记)[^，,。]{0,3}(?:流程|手续|步骤|啥|什么)"
)
_WISH = re.compile("想|打算|计划|准备(?=[开办做干搞弄卖租盖建])")
_FITS_OUT = re.compile("(?:重新|刚|再|要)装修|翻新")

_TOPICS = {
    TradeTopic.FEE: "fee",
    TradeTopic.TIME: "time_limit",
    TradeTopic.PLACE: "place",
    TradeTopic.PAPERS: "materials",
}


def answer_of_trade(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a topic that is asked of a trade and nothing else, and offer its plan; else none."""
    if stall := answer_stall(turn, say):
        return stall
    word = turn.entity("industry")
    is_free = turn.loop is None and _WISH.search(turn.text) is None
    is_free = is_free and not _is_of_policy(turn, word)
    trade = _trade(turn, word) if is_free else None
    if trade is None:
        return []
    if apart := _answer_apart(turn, trade, word, say):
        return apart
    topic = asked_of(turn, word)
    if topic is None or builds(turn.text):
        return []
    if topic is TradeTopic.AREA and _names_licence(turn):
        return []
    if topic is TradeTopic.PAPERS and sure_matter(word) is not None:
        return []  # 开门诊部要交哪些材料, of the licence that has this name
    say_topic(topic, trade, _planned(turn, trade), say)
    offered = offer_trade(trade, turn, say) if word is not None else []
    return [SlotSet(TRADE, trade), *offered]


def _answer_apart(
    turn: Turn, trade: str, word: str | None, say: CollectingDispatcher
) -> list[EventType]:
    """Answer what no list of the trade holds, or how it is registered; no events for neither."""
    if says_apart(turn, trade, say):
        known = own_matters(trade)
        own = next((one for one in known if one.category == LICENCE), None)  # 消防那张呢 is no case
        offered = offer_trade(trade, turn, say) if word is not None else []
        return [SlotSet(TRADE, trade), *offered, *(on_matter(own) if own else ())]
    if word is None:
        return []
    if makes_up_late(turn.text):  # 烧烤店开了半年了没办证 咋补
        say_topic(TradeTopic.FINE, trade, _planned(turn, trade), say)
        return [SlotSet(TRADE, trade), *offer_trade(trade, turn, say, is_named=True)]
    if _REGISTERS.search(turn.text) and is_bare(turn.text, word):
        return offer_trade(trade, turn, say, is_named=True)  # 棋牌室咋注册
    return []


def answer_near_trade(turn: Turn, topic: str, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question on a trade that no matter answers: 六十岁了还能开棋牌室不.

    As it is answered for any shop, else for all that the trade wants; no events without a trade.
    """
    trade = trade_of(turn.entity("industry")) if turn.loop is None else None
    is_other = turn.entity("matter") is not None or builds(turn.text)
    is_other |= _FITS_OUT.search(turn.text) is not None
    if trade is None or is_other or hands_on(turn.text) or is_running(turn.text):
        return []
    planned = _planned(turn, trade)
    area = app().dialogue_words.area_in(turn.text) if asks_after_area(turn.text) else None
    if area is not None and say_area(area, planned, say):  # 开密室逃脱要过消防不
        return [SlotSet(TRADE, trade), *offer_trade(trade, turn, say)]
    if asked := _asked_of_any(turn):
        say_question(turn, asked, say)
        return [SlotSet(TRADE, trade), *offer_trade(trade, turn, say)]
    is_told = topic in _TOPICS.values()
    if not is_told or not answer_for_journey(topic, read_focus(planned), planned, say):
        say.utter_message(response="utter_plan_not_recorded")
        say_wants(turn.entity("industry"), {TRADE: trade}, say)
    return [SlotSet(TRADE, trade), *offer_trade(trade, turn, say)]


def _is_of_policy(turn: Turn, word: str | None) -> bool:
    """Tell whether it is asked of a policy just told who may have it, or of the tax on a sum.

    开饭店的中不; 小饭馆一月卖六万 用交税吗.
    """
    if told_sums(turn.text):
        return True
    return turn.slots.get("focus") == POLICY and word is not None and f"{word}的" in turn.text


def _names_licence(turn: Turn) -> bool:
    """Tell whether a licence is named, which is asked about itself: 茶馆要卫生许可证不."""
    named = sure_matter(turn.entity("matter"))
    return named is not None and named.category == LICENCE


def _planned(turn: Turn, trade: str) -> Turn:
    """Return a turn as if the plan of the trade stood."""
    slots = {**turn.slots, TRADE: trade, "focus": PLAN, "journey": "start_business"}
    return replace(turn, slots=slots)


def _asked_of_any(turn: Turn) -> Asked | None:
    """Return the question of the catalogue that is asked of any shop: 自己家里开裁缝店行不."""
    text = turn.text.replace(str(turn.entity("industry")), ANY)
    known, others = app().catalogue.matters.values(), not_meant(turn)
    shared = (one for one in known if one.category != LICENCE and one.id not in others)
    return app().question_finder.among(text, shared, OF_ANY)


def _trade(turn: Turn, word: str | None) -> str | None:
    """Return the trade that is named, else the one whose plan was just offered: 没证罚多少."""
    is_offered = word is None and is_trade_offered(turn)
    return str(turn.slots[TRADE]) if is_offered else trade_of(word)


def asked_of(turn: Turn, word: str | None) -> TradeTopic | None:
    """Return what is asked of a trade or a building; None where the text says more of it."""
    places = [entity.value for entity in turn.entities if entity.name == "district"]
    words = app().dialogue_words
    area = words.area_in(turn.text)
    areas = () if area is None else (area, *words.areas[area])
    return topic_of_trade(turn.text, [*filter(None, [word]), *places], areas)


def say_topic(topic: TradeTopic, trade: str, turn: Turn, say: CollectingDispatcher) -> None:
    """Say the answer to one topic, for all that the trade wants."""
    if topic in _TOPICS:
        answer_for_journey(_TOPICS[topic], read_focus(turn), turn, say)
    elif topic is TradeTopic.AREA:
        say_area(str(app().dialogue_words.area_in(turn.text)), turn, say)
    elif topic is TradeTopic.LICENCE:
        for one in _registration(trade):
            say_answer("procedure", one, say)
    elif topic is TradeTopic.ORDER:
        waves = waves_text(compose_start(turn.slots).steps)
        name = turn.entity("industry") or trade_name(trade)
        say.utter_message(
            response="utter_start_business_waves", trade=name.removeprefix(OPENS), waves=waves
        )
    elif topic is TradeTopic.NEED:
        say_fines(_registrations(), say)
    elif topic is TradeTopic.FINE:
        _say_lacked(trade, turn, say)
    else:
        _say_may(trade, turn, say)


def _say_may(trade: str, turn: Turn, say: CollectingDispatcher) -> None:
    """Say what must be got before the trade may begin, and under which conditions."""
    say.utter_message(response="utter_start_business_may")
    say_wants(turn.entity("industry"), {TRADE: trade}, say)
    licences = [one for one in always_wanted(trade) if one.category == LICENCE]
    for one in licences[:MOST]:
        say_answer("eligibility", one, say)


def say_fines(matters: Iterable[Matter], say: CollectingDispatcher) -> None:
    """Say what follows without the first of these matters of which that is known."""
    lacking = ((one, faq) for one in matters for faq in one.faqs if is_about_lack(faq.question))
    for matter, faq in islice(lacking, MOST):
        utter(faq_answer(faq, matter), say)


def _say_lacked(trade: str, turn: Turn, say: CollectingDispatcher) -> None:
    """Say what follows without the licences of a trade, first without the one it means most.

    "没办这个先干着 罚不罚" is about the licence spoken of, and about no other.
    """
    spoken = matter_in_focus(turn)
    if spoken is not None and spoken.category == LICENCE and points_at_lacked(turn.text):
        own = [spoken]
    else:
        own = nearest_first(trade)
    main = own[0] if own and own[0].category == LICENCE else None
    if main is None or any(is_about_lack(faq.question) for faq in main.faqs):
        say_fines([*own, *([] if own == [spoken] else _registrations())], say)
        return
    say.utter_message(response="utter_matters_without", matter=main.name)
    say_answer("legal_basis", main, say)
    say_fines(_registrations(), say)


def nearest_first(trade: str) -> list[Matter]:
    """Return what a trade wants of its own, first what its name means most; the fire check last."""
    ranked = app().matter_resolver.rank(trade_name(trade), len(app().catalogue.matters))
    near = {one.matter_id: one.score for one in ranked}
    return sorted(own_matters(trade), key=lambda one: (one.id == FIRE_CHECK, -near[one.id]))


def _registration(trade: str) -> Iterable[Matter]:
    """Return how a business of the trade is registered in the usual case; none where it is not."""
    ids = {form.matter_id for form in app().catalogue.enterprise_types.values()}
    return (one for one in trade_matters(trade) if one.id in ids)


def _registrations() -> Iterable[Matter]:
    """Return all registrations: what follows without one is the same for each."""
    forms = app().catalogue.enterprise_types.values()
    return (app().catalogue.matter(form.matter_id) for form in forms)
