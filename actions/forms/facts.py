"""Turns the catalogue's deciding questions into questions of a form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.ask import NO, YES, asking, choice_button, number, option, yes_no
from actions.forms.question import REST, Question, Value
from actions.forms.question import Answer as Read
from actions.turns.focus import JOURNEY_FORMS
from actions.turns.forms_named import find_enterprise_type
from actions.turns.made_once import made_once
from actions.turns.places import find_district
from actions.turns.turn import Turn
from bot.documents.known_text import known_item
from bot.documents.labels import METRES, SQUARE_METRES, USUAL_REST
from bot.documents.labels import NO as NO_TITLE
from bot.documents.labels import UNSURE as UNSURE_TITLE
from bot.documents.labels import YES as YES_TITLE
from bot.domain import one_things
from bot.domain.conditions import Answer
from bot.domain.one_things import QuestionKind
from bot.services.plans.form_advice import ADVICE_QUESTIONS
from bot.services.plans.project_types import SIZES
from bot.services.plans.start_business import ENTITY
from bot.services.reading.answers import (
    read_amount,
    read_area_m2,
    read_reaches,
    read_verb,
    read_yes_no,
    read_yes_no_of,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.place_moved import crosses_border
from bot.services.words.project import choices_in
from bot.services.words.remarks import clauses
from bot.services.words.things_told import NAMED, NEVER, things_told

PROJECT_FORM = JOURNEY_FORMS["plan_project"]

EVENT_FORM = JOURNEY_FORMS["life_event"]

CROSSES = "crosses_district"
"""Question of whether a move leaves its district: 都在临清 answers it."""

AGREES = frozenset({"行", "好", "中", "嗯", "得", "成", "那行", "那好", "那中", "好的"})
"""Takes note of an answer, and is a yes only where nothing is asked behind it."""

ACROSS = "县区"
"""Word of the question whether a move leaves a district."""

UNKNOWN = "unknown"
"""Slot value of a question whose answer the applicant does not know; the usual case is taken."""

UNKNOWN_NUMBER = -1.0

LABELS: Mapping[str, tuple[str, ...]] = {
    CROSSES: ("跨区县", "跨县", "跨区"),
    "area_m2": ("面积", "平方", "平米", "大小", "多大地方"),
    "has_kitchen": ("厨房", "加工"),
    "prepack_only": ("预包装", "散装"),
    "sell_tobacco": ("卖烟", "香烟"),
    "central_ac": ("空调",),
    "big_sign": ("大型广告", "门头", "招牌", "广告"),
    "raw_or_cake": ("生食或裱花", "生食", "裱花"),
    "decorate_special": ("特殊工程", "特殊建设"),
    "device2": ("二类器械", "血压计"),
    "device3": ("三类器械", "隐形眼镜"),
    "only_b_otc": ("只卖乙类", "处方药"),
    "xray": ("射线装置", "牙片机"),
    "has_song_bar": ("酒水食品", "酒水"),
    "treats_animals": ("给动物看病", "诊疗"),
    "has_pool": ("泳池", "游泳池"),
    "for_profit": ("营利",),
    "offers_lodging": ("提供住宿", "住宿", "客房"),
    "serves_meals": ("供餐", "自助餐"),
    "has_singers": ("驻唱", "唱歌"),
    "brokers_jobs": ("职业介绍", "介绍保姆"),
    "sells_packaged": ("卖预包装食品", "饮料", "零食"),
    "makes_food": ("生产食品", "加工食品"),
    "washes_cars": ("洗车",),
    "dispatches_workers": ("劳务派遣", "派遣"),
    "trains_people": ("办培训", "培训"),
    "sells_medicine": ("卖药", "药品"),
    "sells_pesticide": ("卖农药", "农药"),
    "sells_books": ("卖书", "图书"),
    "offers_bathing": ("洗浴美容", "汗蒸"),
    "rents_premises": ("租现成厂房", "租厂房", "厂房"),
    "founders": ("几个人", "合伙"),
    "wants_limited": ("担责", "责任"),
    "raises_money": ("融资", "投标"),
    "can_pay_capital": ("注册资本", "缴足"),
    "eia_type": ("环评",),
    "soil_type": ("水土保持", "土石方"),
    "must_bid": ("招标",),
    "presale": ("预售",),
    "dig_road": ("挖路", "占绿"),
    "needs_cad": ("人防",),
    "energy_review": ("能耗", "节能"),
    "special_fire": ("消防",),
    "total_area_m2": ("建筑面积", "面积"),
    "has_hazard": ("危化", "易燃", "有毒"),
    "height_m": ("高度",),
    "floors": ("层数", "几层"),
    "is_single_storey": ("单层",),
    "underground_m2": ("地下面积",),
    "underground_floors": ("地下层数",),
    "regional_assessed": ("区域评估",),
}
"""Words by which people name a question when they correct it."""


def yes_no_buttons(slot: str) -> list[dict[str, str]]:
    """Return 是, 否 and 不清楚."""
    return [
        choice_button(slot, YES, YES_TITLE),
        choice_button(slot, NO, NO_TITLE),
        {"title": UNSURE_TITLE, "payload": "/skip"},
    ]


def _unsure_buttons(_: Turn) -> list[dict[str, str]]:
    """Return 不清楚, and a way past all further questions."""
    return [
        {"title": UNSURE_TITLE, "payload": "/skip"},
        choice_button(REST, "usual", USUAL_REST),
    ]


def _square_metres(value: float) -> str:
    return "" if value == UNKNOWN_NUMBER else f"{value:.10g}{SQUARE_METRES}"


def _sized(fact: str, label: str, value: float) -> str:
    """Return a size with what it is of: "高度：9米", "层数：2"."""
    if value == UNKNOWN_NUMBER:
        return ""
    units = {"_m2": SQUARE_METRES, "_m": METRES}
    unit = next((unit for end, unit in units.items() if fact.endswith(end)), "")
    return f"{known_item(label, value)}{unit}"


Decides = Callable[[str, Turn, CollectingDispatcher], bool]
"""Says what the answer to the question of a slot decides; False where it decides nothing."""


def fact_question(
    slot: str, fact: one_things.Question, response: str, decides: Decides | None = None
) -> Question:
    """Return the form's question for one of the catalogue's, in the catalogue's own words.

    Args:
        slot: Keeps the answer.
        fact: The question of the catalogue.
        response: Asks it.
        decides: Says what yes and no to the question of a slot want, if anything does.
    """
    if fact.kind is QuestionKind.BOOL:

        def yes_no_or_rest(turn: Turn) -> list[dict[str, str]]:
            return [*yes_no_buttons(slot)[:2], *_unsure_buttons(turn)]

        ask = asking(response, yes_no_or_rest, question=fact.ask)
        made = yes_no(slot, ask, label=LABELS.get(fact.id, ()), when_unknown=UNKNOWN)
        made = replace(made, parse=_said_of(slot, made.parse, fact))
        made = replace(made, decides=partial(decides, slot) if decides is not None else None)
    elif fact.kind is QuestionKind.ENUM:
        options = {name: name for name in fact.options}

        def buttons(turn: Turn) -> list[dict[str, str]]:
            named = [choice_button(slot, name, name) for name in fact.options]
            return [*named, *_unsure_buttons(turn)]

        ask = asking(response, buttons, question=fact.ask)
        made = option(slot, ask, options, when_unknown=UNKNOWN)
        made = replace(made, parse=_form_meant(made.parse, fact.options))
    else:
        read = read_area_m2 if fact.id.endswith("_m2") else read_amount
        ask = asking(response, _unsure_buttons, question=fact.ask)
        made = number(slot, ask, read=read, when_unknown=UNKNOWN_NUMBER)
        label = LABELS.get(fact.id)
        if label:
            made = replace(made, show=partial(_sized, fact.id, label[0]))
        if fact.id.endswith("_m2") and "underground" not in fact.id:
            made = replace(made, show=_square_metres, examples="utter_common_examples_area")
    return replace(made, basis=fact.basis, label=LABELS.get(fact.id, ()))


def _said_of(
    slot: str, parse: Callable[[Turn], Read], fact: one_things.Question
) -> Callable[[Turn], Read]:
    """Return how a yes or no is read, also out of what is said of a thing that is asked for."""
    question = fact.ask

    def read(turn: Turn) -> Read:
        if turn.requested == slot and turn.choice is None:
            things = app().business_things
            keys = (fact.id, NAMED + fact.id, NEVER + fact.id)
            named = {key: things[key] for key in keys if key in things}
            if told := things_told(turn.text, named, asked=fact.id):
                return Value(told[fact.id], exact=True)
        said = None
        if turn.requested == slot:
            if _is_of_else(turn, fact.id):
                return None
            said = _moves_away(turn, question)  # 不在一个县 is a yes there
            said = read_yes_no_of(turn.text, question) if said is None else said
            said = read_reaches(turn.text, question) if said is None else said
            if said is None and turn.choice is None:  # 雇
                said = read_verb(turn.text, question)
        return parse(turn) if said is None else Value(YES if said else NO, exact=True)

    return read


def _is_of_else(turn: Turn, fact_id: str) -> bool:
    """Tell whether a text answers another question, or agrees only before it asks something.

    不占路, where it is asked for the list of projects; 行 那我先去弄照 带啥.
    """
    parts = clauses(turn.typed or turn.text)  # also where its first clause is read by itself
    if len(parts) > 1 and parts[0].strip("吧啊的嘞呀") in AGREES and any(map(asks, parts[1:])):
        return True
    if turn.loop == EVENT_FORM and fact_id != CROSSES:  # 不是迁，就在东昌府区里挪
        return crosses_border(turn.text, 1) is not None
    if turn.loop != PROJECT_FORM or turn.choice is not None or read_yes_no(turn.text) is not None:
        return False
    told = choices_in(turn.text, app().project_words)
    return bool(told) and fact_id not in told


def _moves_away(turn: Turn, question: str) -> bool | None:
    """Return whether a move leaves its district, where that is asked; None where it is not told."""
    if ACROSS not in question or turn.choice is not None:
        return None
    named = (find_district(found.value) for found in turn.entities if found.name == "district")
    count = len({place.id for place in named if place})
    return True if count > 1 else crosses_border(turn.text, count)


def _form_meant(parse: Callable[[Turn], Read], options: Sequence[str]) -> Callable[[Turn], Read]:
    """Return how an option is read that is the name of a form of enterprise: 个体户."""

    def read(turn: Turn) -> Read:
        answer = parse(turn)
        found = None if answer is not None else find_enterprise_type(turn.text)
        names = () if found is None else (found.name, found.answer)
        meant = next((o for o in options if any(name.startswith(o) for name in names)), None)
        return answer if meant is None else Value(meant, exact=True)

    return read


def known_facts(
    slots: Mapping[str, Any], prefix: str, questions: Mapping[str, one_things.Question]
) -> tuple[dict[str, Answer], frozenset[str]]:
    """Read the answers to the catalogue's questions out of the slots.

    Returns:
        Answers by question id, and the ids whose answer the applicant does not know.
    """
    facts: dict[str, Answer] = {}
    skipped = set()
    for question_id, question in questions.items():
        value = slots.get(prefix + question_id)
        if value is None:
            continue
        if value in {UNKNOWN, UNKNOWN_NUMBER}:
            skipped.add(question_id)
        elif question.kind is QuestionKind.BOOL:
            facts[question_id] = value == YES
        elif question.kind is QuestionKind.NUMBER:
            facts[question_id] = float(value)
        else:
            facts[question_id] = str(value)
    return facts, frozenset(skipped)


@made_once(1)
def bundle_questions() -> Mapping[str, one_things.Question]:
    """Return the questions that some one-thing bundle asks, by id; the form's own one left out."""
    catalogue = app().catalogue
    used = {name for bundle in catalogue.one_things.values() for name in bundle.question_ids}
    return {name: q for name, q in catalogue.questions.items() if name in used - {ENTITY}}


@made_once(1)
def advice_questions() -> Mapping[str, one_things.Question]:
    """Return the questions that decide which form of enterprise fits, by id."""
    return {name: app().catalogue.question(name) for name in ADVICE_QUESTIONS}


@made_once(1)
def beside_questions() -> Mapping[str, one_things.Question]:
    """Return the questions for what may be sold or done beside any trade, by id."""
    return {name: q for name, q in app().catalogue.questions.items() if q.beside}


@made_once(1)
def start_questions() -> Mapping[str, one_things.Question]:
    """Return all questions that the start of a business may ask, or take by the way, by id."""
    return {**bundle_questions(), **advice_questions(), **beside_questions()}


@made_once(1)
def life_event_questions() -> Mapping[str, one_things.Question]:
    """Return the questions that some change or end of a business asks, by id."""
    catalogue = app().catalogue
    used = {name for event in catalogue.life_events.values() for name in event.question_ids}
    return {name: q for name, q in catalogue.questions.items() if name in used}


@made_once(1)
def project_questions() -> Mapping[str, one_things.Question]:
    """Return the questions that some project type asks, or that rule a type out, by id."""
    catalogue = app().catalogue
    used = {name for kind in catalogue.project_types.values() for name in kind.default_scenario}
    used |= set(SIZES)
    return {name: q for name, q in catalogue.questions.items() if name in used}
