"""Says what comes behind a business licence that somebody has: 执照拿到手了 后头还得干点啥."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.forms.facts import UNKNOWN
from actions.questions.worded import Worded
from actions.trades.start_answers import ENTERPRISE_TYPE, STARTUP, TRADE, compose_start
from actions.turns.focus import matter_in_focus, on_matter
from actions.turns.forms_named import form_meant
from actions.turns.trades_named import trade_of, trades_meant
from actions.turns.turn import Turn
from bot.documents.journey_answers import journey_answer
from bot.domain.matters import Matter
from bot.services.plans.opening import FOLLOW_UP_STAGE, INDIVIDUAL
from bot.services.plans.steps import PlanStep
from bot.services.words.licence_got import (
    asks_by_when_taxes,
    has_licence_and_asks_next,
    things_opened,
)

COMPANY = "company"
"""Form that is meant where none was told: more follows its licence than that of any other."""

SEALS = "刻章"
"""Stands in the question whether a form of business wants seals and an account."""

TAXES = Worded("tax-newbiz", "不去税务")
"""Says by when a new business goes to the tax office."""

BEHIND = "拿到执照后"
"""Stands behind the form of business in the title of the list."""


def answer_licence_got(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say which steps follow the licence, those of the trade too where it is known; or nothing."""
    is_free = turn.loop is None and turn.choice is None and turn.entity("policy") is None
    if is_free and asks_by_when_taxes(turn.text):
        TAXES.say(say)
        return on_matter(_registration_spoken(turn) or TAXES.matter, "procedure")
    if not is_free or not has_licence_and_asks_next(turn.text):
        return []
    kinds = app().catalogue.enterprise_types
    form = form_meant(turn, matter_in_focus(turn))
    form = form or kinds.get(str(turn.slots.get(ENTERPRISE_TYPE)))
    trade = _trade(turn)
    plan = compose_start({TRADE: trade, ENTERPRISE_TYPE: form.id if form else COMPANY})
    steps = [step for step in plan.steps if _follows(step)]
    matters = [step.matter for step in steps if step.matter is not None]
    perhaps = frozenset(s.matter.id for s in steps if s.matter and (s.undecided or s.is_optional))
    title = f"{form.answer if form else ''}{BEHIND}"
    made = journey_answer("steps", title, matters, perhaps)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    registration = form.matter_id if form else INDIVIDUAL
    TAXES.say(say)
    Worded(registration, SEALS).say(say)
    if trade == UNKNOWN:
        say.utter_message(response="utter_start_business_depends")
    spoken = matters[0] if form is None else app().catalogue.matter(form.matter_id)
    return on_matter(spoken, "procedure")


def _registration_spoken(turn: Turn) -> Matter | None:
    """Return the registration spoken of: 非得开对公户不 behind the taxes is still about it."""
    spoken = matter_in_focus(turn)
    of_forms = {kind.matter_id for kind in app().catalogue.enterprise_types.values()}
    return spoken if spoken is not None and spoken.id in of_forms else None


def _trade(turn: Turn) -> str:
    """Return the trade that is named, else the one told before, as in its slot."""
    words = (*trades_meant(turn), *things_opened(turn.text))  # 执照领了 开超市还得办啥
    named = next(filter(None, map(trade_of, words)), None)
    return named or str(turn.slots.get(TRADE) or UNKNOWN)


def _follows(step: PlanStep) -> bool:
    """Tell whether a step is done with the licence in hand: neither name nor registration."""
    matter = step.matter
    return matter is not None and (matter.category != STARTUP or matter.stage == FOLLOW_UP_STAGE)
