"""Leaves a form in the middle: for a pause, for another wish, or for the form underneath."""

from dataclasses import replace

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.broken_off import breaks_off
from actions.forms.form import answers_below, form_named
from actions.forms.leaving import goes_below, only_leaves, pauses, without_leaving
from actions.forms.question import acknowledge
from actions.forms.resuming import PAUSED
from actions.forms.stopped import say_stopped
from actions.steering.unwished import WHOSE, denies_this
from actions.trades.running import leaves_opening
from actions.turns.intent_actions import own_intents
from actions.turns.opens_form import RESUMED
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, close_form, finish_form
from actions.turns.turn import Turn
from bot.services.words.unwished import asks_whose_trouble

STORY_SLOTS = ("feedback_text", "whistle_description")
"""What was taken down for a complaint or a whistle that nobody wanted."""


class ActionLeaveForm(SkillAction):
    """Closes the open form when the message says so; no rule names it, `SkillAction` asks it."""

    def name(self) -> str:
        """Return the name by which it is found."""
        return "action_leave_form"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Return no events when the form stays open."""
        if turn.choice is not None or breaks_off(turn, own_intents(turn.loop)):
            return []  # 先停一下，我要投诉个事: the form waits below
        if denies_this(turn):
            say.utter_message(response="utter_feedback_not_wanted")
            if asks_whose_trouble(turn.text):  # 不留 我就想知道归哪个部门管
                say.utter_message(response=WHOSE)
            emptied = [SlotSet(slot, None) for slot in STORY_SLOTS]
            return [*close_form(), *emptied, *finish_form(turn, say)]
        if running := leaves_opening(turn, say):
            return [*close_form(), *running]
        if goes_below(turn):
            return action_named("action_stop").act(replace(turn, intent="stop"), say)
        if pauses(turn):
            return _pause(turn, say)
        if turn.intent != "stop" and only_leaves(turn):
            return action_named("action_stop").act(turn, say)
        if without_leaving(turn) is not None:
            say_stopped(turn, say)
            return [*close_form(), *_kept(turn), SlotSet("open_forms", [])]
        return _hand_down(turn, say)


def _kept(turn: Turn) -> list[EventType]:
    """Return the event that keeps the form to be taken up again: the journey at the bottom."""
    opened = [*(turn.slots.get("open_forms") or []), turn.loop]
    kept = next((form for form in opened if form in RESUMED), None)
    return [SlotSet(PAUSED, kept)] if kept else []


def _pause(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    say_stopped(turn, say)
    return [*close_form(), *_kept(turn), SlotSet("open_forms", [])]


def _hand_down(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Give a text to the form underneath that it answers; the look-up on top is dropped."""
    below = answers_below(turn)
    if below is None:
        return []
    name, answers = below
    form = form_named(name)
    assert form is not None
    known = {**turn.slots, **answers}
    acknowledge(form.questions(turn, known), turn.slots, answers, None, say)
    accepted = form.accepted(turn, turn.slots, answers, say)
    waiting = list(turn.slots.get("open_forms") or [])[:-1]
    return [
        *close_form(),
        *(SlotSet(slot, value) for slot, value in accepted.items()),
        SlotSet("open_forms", waiting),
        FollowupAction(name),
    ]
