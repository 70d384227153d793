"""Changing, moving and closing a business: a few questions, then a dated plan."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.life_ends import end_instead
from actions.changes.life_events import (
    DEBTS,
    DISTRICT,
    EVENT,
    PREFIX,
    START_ON,
    WHO,
    compose_life_event,
    life_event_answers,
    names_event,
    open_plan,
    told_move,
)
from actions.forms.ask import NO, YES
from actions.forms.facts import fact_question, life_event_questions
from actions.forms.question import Question
from actions.plans.dates import keep_start, told_start
from actions.plans.form import ValidatePlanForm
from actions.plans.kept import answered_then_open, keep_plan
from actions.plans.spoken_of import follow, say_saved
from actions.turns.beside import without_denied
from actions.turns.focus import on_plan
from actions.turns.forms_named import find_enterprise_type
from actions.turns.made_once import MANY, made_once
from actions.turns.places import find_district
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.plan_text import life_event_text
from bot.domain.life_events import LifeEvent
from bot.domain.plans import PlanKind
from bot.services.plans.snapshot import snapshot_life_event
from bot.services.words.form_chosen import form_settled
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses
from bot.services.words.situations import settles_debts
from bot.services.words.told_behind import settles_on

_GIVES_UP = re.compile("(?:算了|那|哎|我|俺|先|还是|就)*(?:不|别|先不)[^，,。不]{1,6}了(?:吧)?")
_PAST = re.compile("当初|当时|原来|本来")
_INSTEAD = re.compile("^(?:那|就|还是|我|俺|想|要)*(?:改成?|换成?|办|弄|直接|先)+")


class ValidateLifeEventForm(ValidatePlanForm):
    """Asks only what still changes the plan."""

    form = "life_event_form"

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take up another change that is wanted instead: 不注销了 改歇业."""
        other = _event_instead(turn)
        if other is None and _keeps_event(turn):
            say.utter_message(response="utter_plan_go_on")
            return self._ask_again(turn, say)
        if other is None and (kind := _kind_instead(turn)):
            return self._accept(turn, {PREFIX + WHO: kind}, say, None)
        moved = told_move(turn) if other is None and not asks(turn.text) else {}
        if any(turn.slots.get(name) not in {None, told} for name, told in moved.items()):
            place = {one["name"]: one["value"] for one in _place_instead(turn)}
            return self._accept(turn, {**moved, **place}, say, None)  # 不是迁，就在东昌府区里挪
        if other is None:
            return [*super()._read(turn, say), *_place_instead(turn)]
        opened = open_plan(turn, other, say)
        told = {one["name"]: one["value"] for one in opened if one.get("event") == "slot"}
        return self._ask_next(turn, dict(turn.slots), told, say)

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return the answered questions (they can be corrected) and those still open."""
        if not names_event(slots):
            return ()
        pending = [q.id for q in app().life_events.questions(life_event_answers(slots))]
        names = answered_then_open(slots, PREFIX, list(life_event_questions()), pending)
        return [_question(name) for name in names]

    def told(self, turn: Turn) -> Mapping[str, Any]:
        """Return the day on which the plan is to start, and debts, when the words name them."""
        is_paid = None if asks(turn.text) else settles_debts(turn.text)  # 欠着房东两个月房租
        event = app().catalogue.life_events.get(str(turn.slots.get(EVENT)))
        if is_paid is None or event is None or DEBTS not in event.question_ids:
            return told_start(turn)
        return {**told_start(turn), PREFIX + DEBTS: YES if is_paid else NO}

    def accepted(
        self,
        turn: Turn,
        slots: Mapping[str, Any],
        changes: Mapping[str, Any],
        say: CollectingDispatcher,
    ) -> Mapping[str, Any]:
        """Keep a named day; a wrong one is explained."""
        return keep_start(changes, START_ON, slots, say)


class ActionSubmitLifeEvent(SkillAction):
    """Composes the plan, saves it, and shows it with a link."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_life_event"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Save once per message."""
        if not names_event(turn.slots):
            say.utter_message(response="utter_common_nothing_open")
            return finish_form(turn, say)
        plan = compose_life_event(turn.slots)
        snapshot = snapshot_life_event(plan, app().catalogue)
        following = follow(life_event_answers(turn.slots), plan)
        saved, url = keep_plan(turn, PlanKind.LIFE_EVENT, PREFIX, snapshot, following)
        say.utter_message(response="utter_life_events_plan", plan=life_event_text(plan))
        say.utter_message(response="utter_life_events_link", url=url)
        followed = say_saved(saved.plan.id, saved.number, say)
        return [*on_plan("life_event"), *followed, *finish_form(turn, say)]


class ActionOfferEnd(SkillAction):
    """Offers what ends, changes or hands on a business; no rule names it, `_steer` asks it."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_offer_end"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Return no events when the message speaks of none."""
        return end_instead(turn, None, say) or []


@made_once(MANY)
def _question(name: str) -> Question:
    fact = app().catalogue.question(name)
    return fact_question(PREFIX + name, fact, "utter_life_events_ask_fact")


def _keeps_event(turn: Turn) -> bool:
    """Tell whether somebody only decides for the change that is planned: 干脆注销算了."""
    found = app().life_events.find(turn.text) if settles_on(turn.text) else None
    return found is not None and found.id == turn.slots.get(EVENT)


def _event_instead(turn: Turn) -> LifeEvent | None:
    """Return the other change that a text wants instead of the one that is planned; or None."""
    first, *more = clauses(turn.text) or [turn.text]
    if turn.choice is not None or not more or _GIVES_UP.fullmatch(first) is None:
        return None
    find = app().life_events.find
    found = find(more[-1]) or find(_INSTEAD.sub("", more[-1]))
    return found if found is not None and found.id != turn.slots.get(EVENT) else None


def _kind_instead(turn: Turn) -> str | None:
    """Return whose business ends where another answer is put right: 当初注册的是有限公司来着."""
    known = turn.slots.get(PREFIX + WHO)
    said = form_settled(_PAST.sub("", turn.text)) if known and turn.choice is None else None
    kind = find_enterprise_type(said) if said else None
    if kind is None:
        return None
    options = app().catalogue.question(WHO).options
    meant = kind.answer if kind.answer in options else options[0]
    return None if meant == known else meant


def _place_instead(turn: Turn) -> list[EventType]:
    """Keep the district that is told between the questions: 不是阳谷 是莘县."""
    is_told = turn.choice is None and not asks(turn.text)
    named = [one.value for one in without_denied(turn).entities if one.name == "district"]
    place = find_district(named[-1]) if is_told and named else None
    return [SlotSet(DISTRICT, place.id)] if place is not None else []
