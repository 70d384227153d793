"""Starting a business: from "开个火锅店" to a personal plan."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._ask import asking, choice_button, chosen, district, yes_no
from actions._facts import UNKNOWN, bundle_questions, fact_question, yes_no_buttons
from actions._form import Answer, Problem, Question, ValidateForm, Value
from actions._freezes import warn_frozen
from actions._names import find_district, find_enterprise_type, find_trade
from actions._skill import SkillAction, finish_form, start_form
from actions._start_answers import (
    BUNDLE,
    CODE,
    DISTRICT,
    ENTERPRISE_TYPE,
    HIRES_STAFF,
    PREFIX,
    TRADE,
    compose_start,
    start_answers,
    told_slots,
)
from actions._turn import Turn
from bot.documents.enterprise_text import enterprise_types_text
from bot.documents.plan_text import start_text
from bot.domain.plans import PlanKind
from bot.services.plan_snapshot import snapshot_start
from bot.services.plan_steps import NextQuestion
from bot.services.plans import save_plan


class ActionStartBusiness(SkillAction):
    """Begins the journey with what the first sentence already tells."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_business"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open the form; asked again inside it, the journey goes on with what is new."""
        said = turn.entity("industry")
        trade = find_trade(said) or find_trade(turn.text)
        form = find_enterprise_type(turn.entity("enterprise_type"))
        place = find_district(turn.entity("district"))
        known = {
            TRADE: trade or (turn.slots.get(TRADE) if turn.intent != "start_business" else None),
            ENTERPRISE_TYPE: form.id if form else None,
            DISTRICT: place.id if place else None,
        }
        if turn.loop == "start_business_form":
            return [SlotSet(name, value) for name, value in known.items() if value]
        cleared = {PREFIX + name: None for name in bundle_questions()}
        say.utter_message(response="utter_start_business_start")
        return start_form(
            turn,
            "start_business_form",
            **{
                **cleared,
                HIRES_STAFF: None,
                **known,
                **told_slots(turn.text),
                "journey": "start_business",
            },
        )


class ValidateStartBusinessForm(ValidateForm):
    """Asks only what still changes the plan."""

    form = "start_business_form"

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return area, kitchen, staff and the like when the words name them."""
        return told_slots(turn.text)

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        answers = start_answers(slots)
        pending = {q.id: q for q in app().start_business.questions(answers)}
        fixed = (
            _trade(),
            _enterprise_type(),
            district(DISTRICT, "utter_start_business_ask_district", when_unknown=UNKNOWN),
        )
        names = {"trade": fixed[0], "enterprise_type": fixed[1], "district": fixed[2]}
        found = [
            question
            for name, question in names.items()
            if name in pending or slots.get(question.slot) is not None
        ]
        facts = bundle_questions()
        found += [
            fact_question(PREFIX + name, facts[name], "utter_start_business_ask_fact")
            for name in facts
            if name not in pending and slots.get(PREFIX + name) is not None
        ]
        found += [_pending(question) for name, question in pending.items() if name not in names]
        if "hires_staff" not in pending and slots.get(HIRES_STAFF) is not None:
            found.append(_hires_staff())
        return found


class ActionSubmitStartBusiness(SkillAction):
    """Composes the plan, saves it, and shows it with a link."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_start_business"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Save once per message; the link opens the whole plan."""
        application = app()
        plan = compose_start(turn.slots)
        saved = save_plan(
            application.unit_of_work,
            origin=turn.origin("plan"),
            conversation_id=turn.conversation_id,
            kind=PlanKind.START_BUSINESS,
            answers={k: v for k, v in turn.slots.items() if k.startswith(PREFIX) and v is not None},
            snapshot=snapshot_start(plan, application.catalogue),
            now=application.now(),
        )
        say.utter_message(response="utter_start_business_plan", plan=start_text(plan))
        warn_frozen([step.matter.id for step in plan.steps if step.matter], say)
        url = application.settings.base_url + saved.path
        say.utter_message(response="utter_start_business_link", url=url)
        return [SlotSet("journey", "start_business"), *finish_form(turn, say)]


def _pending(question: NextQuestion) -> Question:
    if question.id == "hires_staff" or question.question is None:
        return _hires_staff()
    return fact_question(PREFIX + question.id, question.question, "utter_start_business_ask_fact")


def _hires_staff() -> Question:
    return yes_no(
        HIRES_STAFF,
        asking("utter_start_business_ask_hires_staff", lambda _: yes_no_buttons(HIRES_STAFF)),
        label=("雇人", "员工", "人数"),
        when_unknown=UNKNOWN,
        why="utter_start_business_why_hires_staff",
    )


def _trade() -> Question:
    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, TRADE)
        if pressed is not None:
            return Value(pressed, exact=True) if pressed.startswith((BUNDLE, CODE)) else None
        trade = find_trade(turn.entity("industry")) or find_trade(turn.text)
        if trade is not None:
            return Value(trade)
        if turn.requested == TRADE and turn.intent in {"inform", "start_business"}:
            return Problem("utter_start_business_trade_unknown")
        return None

    return Question(
        TRADE,
        asking("utter_start_business_ask_trade", _common_trades),
        parse,
        label=("生意", "行业", "经营", "项目"),
        entity="industry",
        when_unknown=UNKNOWN,
        why="utter_start_business_why_trade",
    )


def _common_trades(_: Turn) -> list[dict[str, str]]:
    bundles = list(app().catalogue.one_things.values())[:6]
    return [
        choice_button(TRADE, BUNDLE + b.id, b.aliases[0] if b.aliases else b.name) for b in bundles
    ]


def _enterprise_type() -> Question:
    def buttons(_: Turn) -> list[dict[str, str]]:
        kinds = app().catalogue.enterprise_types.values()
        return [choice_button(ENTERPRISE_TYPE, kind.id, kind.name) for kind in kinds]

    def parse(turn: Turn) -> Answer:
        pressed = chosen(turn, ENTERPRISE_TYPE)
        if pressed is not None:
            known = pressed in app().catalogue.enterprise_types
            return Value(pressed, exact=True) if known else None
        named = turn.entity("enterprise_type")
        found = find_enterprise_type(named) or find_enterprise_type(turn.text)
        return None if found is None else Value(found.id)

    return Question(
        ENTERPRISE_TYPE,
        asking("utter_start_business_ask_enterprise_type", buttons),
        parse,
        label=("类型", "身份", "公司", "个体"),
        entity="enterprise_type",
        when_unknown=UNKNOWN,
        why="utter_start_business_why_enterprise_type",
        explain=_explain_types,
        show=_type_name,
    )


def _explain_types(_: Turn, say: CollectingDispatcher) -> None:
    text = enterprise_types_text(app().catalogue)
    say.utter_message(response="utter_start_business_enterprise_types", types=text)


def _type_name(type_id: str) -> str:
    kind = app().catalogue.enterprise_types.get(type_id)
    return kind.name if kind else ""
