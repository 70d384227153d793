"""The slots of the start-a-business journey, as the use case wants them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from actions import app
from actions.forms.facts import UNKNOWN, beside_questions, known_facts, start_questions
from actions.turns.made_once import FEW, Said, made_once, said_in
from bot.domain.matters import Matter
from bot.domain.one_things import Question
from bot.services.plans.dates import planned_start
from bot.services.plans.start_business import StartAnswers, StartPlan
from bot.services.times.local_time import local_day
from bot.services.words.business import told_by
from bot.services.words.remarks import clauses
from bot.services.words.staff import has_hired
from bot.services.words.things_told import for_now, things_told

PREFIX = "start_business_"
STARTUP = "startup"
"""Category of what every business wants."""

TRADE = PREFIX + "trade"
ENTERPRISE_TYPE = PREFIX + "enterprise_type"
DISTRICT = PREFIX + "district"
HIRES_STAFF = PREFIX + "hires_staff"
CHOOSE_FORM = PREFIX + "choose_form"
"""Set when the applicant wants to be told which form of enterprise fits."""

INDIVIDUAL = "individual"
"""Id of the form that is told without its name: "个人搞就行"."""

ADVICE = "advice"
"""Answer to the question for the form that asks for advice instead."""

RENTS = "rents_premises"
"""Question of which people say the word of any shop; only works are asked: 店面是租的."""

WANTED = PREFIX + "wanted"
"""Ids, with commas, of the licences that are wanted for something done beside the trade."""

NAME = PREFIX + "name"
START_ON = PREFIX + "start_on"
BUNDLE, CODE = "bundle:", "code:"
"""What stands before the id in the trade slot: a one-thing bundle, or an industry."""


def start_answers(slots: Mapping[str, Any]) -> StartAnswers:
    """Return the answers given so far."""
    trade = str(slots.get(TRADE) or "")
    facts, unknown = known_facts(slots, PREFIX, start_questions())
    skipped = set(unknown)
    if trade == UNKNOWN:
        skipped.add("trade")
    form = slots.get(ENTERPRISE_TYPE)
    wants_advice = form == ADVICE or slots.get(CHOOSE_FORM) == "yes"
    if form == UNKNOWN:
        skipped.add("enterprise_type")
    place = slots.get(DISTRICT)
    if place == UNKNOWN:
        skipped.add("district")
    staff = slots.get(HIRES_STAFF)
    if staff == UNKNOWN:
        skipped.add("hires_staff")
    return StartAnswers(
        enterprise_type_id=None if form in {None, UNKNOWN, ADVICE} else str(form),
        one_thing_id=trade.removeprefix(BUNDLE) if trade.startswith(BUNDLE) else None,
        industry_code=trade.removeprefix(CODE) if trade.startswith(CODE) else None,
        district_id=None if place in {None, UNKNOWN} else str(place),
        hires_staff=None if staff in {None, UNKNOWN} else staff == "yes",
        facts=facts,
        skipped=frozenset(skipped),
        wants_advice=wants_advice,
        beside=tuple(filter(None, str(slots.get(WANTED) or "").split(","))),
    )


def told_slots(text: str) -> dict[str, Any]:
    """Return the answers that a text gives by the way ("80平，没厨房"), by slot."""
    now = for_now(text).replace("出租", "")  # 我小舅子是开出租的 rents no hall
    told = {**things_told(now, app().business_things), **told_by(now, app().business_words)}
    if any(map(has_hired, clauses(now))):
        told.setdefault("hires_staff", "yes")  # 厨师找好了
    return {PREFIX + name: value for name, value in told.items()}


def fitting(told: Mapping[str, Any], trade: str | None, text: str) -> dict[str, Any]:
    """Return what is told without what is nothing beside its trade: 宾馆带住宿, 橱柜店做厨房.

    Args:
        told: By slot.
        trade: As in the slot of the trade.
        text: What was said.
    """
    if trade in {None, UNKNOWN}:
        return dict(told)
    answers = start_answers({TRADE: trade})
    bundle = app().start_business.bundle(answers)
    asked = bundle.question_ids if bundle is not None else ()
    own = {matter.id for matter in trade_matters(str(trade))}
    bundle_id = bundle.id if bundle is not None else None

    def fits(name: str, question: Question) -> bool:
        is_beside = question.is_beside(bundle_id, answers.industry_code)
        return name in asked or (is_beside and question.adds_to(own))

    beside = beside_questions()
    strange = {PREFIX + name for name, question in beside.items() if not fits(name, question)}
    own_slots = {PREFIX + name for name in asked}
    strange |= ({PREFIX + RENTS} - own_slots) | strange_slots(text, own_slots)
    return {slot: value for slot, value in told.items() if slot not in strange}


def strange_slots(text: str, asked: Collection[str]) -> set[str]:
    """Return the slots of things named that the trade is not asked for: 饮料 of a noodle shop.

    What wants a licence in any trade is told of any.

    Args:
        text: What was said.
        asked: The slots of the questions of the trade.
    """
    by_words = told_by(text, app().business_words)
    things = things_told(text, app().business_things)
    free = {*by_words, *beside_questions()}
    return {PREFIX + name for name in things if name not in free} - set(asked)


def usual_absent(slots: Mapping[str, Any]) -> dict[str, str]:
    """Return, by slot, "no" to each open question that the trade's usual case answers so.

    What the usual case has stays open, so that the plan says of it that it depends.
    """
    answers = start_answers(slots)
    bundle = app().start_business.bundle(answers)
    usual = {} if bundle is None else bundle.typical.answers
    open_ones = (name for name in open_start_questions(slots) if usual.get(name) is False)
    # a hall of one's own is no want of anything: what it asks for stays in the plan
    return {PREFIX + name: "no" for name in open_ones if name != RENTS}


def trade_matters(trade: str) -> list[Matter]:
    """Return what a trade wants before anything else of the business is known."""
    return [step.matter for step in compose_start({TRADE: trade}).steps if step.matter]


def own_matters(trade: str) -> list[Matter]:
    """Return what a trade wants of its own, beside the registration that every business wants."""
    return [matter for matter in trade_matters(trade) if matter.category != STARTUP]


def always_wanted(trade: str) -> list[Matter]:
    """Return the licences of a trade that hang on no answer: no large sign, no fire acceptance."""
    steps = compose_start({TRADE: trade}).steps
    own = {matter.id for matter in own_matters(trade)}
    sure = (step.matter for step in steps if step.matter is not None and not step.undecided)
    return [matter for matter in sure if matter.id in own]


def compose_start(slots: Mapping[str, Any]) -> StartPlan:
    """Return the plan for the answers given so far.

    It starts on the day that was named, but never before today.
    """
    application = app()
    start_on = planned_start(slots.get(START_ON), local_day(application.now()))
    return _composed(said_in(slots, PREFIX), start_on)


@made_once(FEW)
def _composed(said: Said, start_on: date) -> StartPlan:
    return app().start_business.compose(start_answers(dict(said)), start_on)


def open_start_questions(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the questions that still matter, in the order to ask them."""
    return _open_questions(said_in(slots, PREFIX))


@made_once(FEW)
def _open_questions(said: Said) -> tuple[str, ...]:
    return tuple(q.id for q in app().start_business.questions(start_answers(dict(said))))
