"""The base of every action: catches what goes wrong and answers in words."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import lru_cache, partial
from typing import Any

import structlog
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.forms.broken_off import wish_behind
from actions.forms.leaving import without_leaving
from actions.licences.days_left import add_days_left
from actions.questions.concluded import conclude
from actions.questions.question_beside import answer_question_beside, books_behind_question
from actions.questions.second_reading import add_second_reading, spoken_next
from actions.steering.chosen_in_words import pressed_in_words
from actions.steering.serving import serve
from actions.steering.steer import answer_one, divert
from actions.turns.context import in_context
from actions.turns.incidents import report
from actions.turns.intent_actions import RULE_ACTIONS
from actions.turns.learning import note
from actions.turns.offers import offer_waiting, say_back
from actions.turns.registry import action_named
from actions.turns.turn import Turn, is_fresh, read_turn
from actions.turns.watched import Ended, watched
from bot.store.outages import is_outage

log = structlog.get_logger()

GIVING_WAY = frozenset({"action_fallback", "action_stop"})
"""Actions that give way to what is wanted beside leaving a form."""

AT_ONCE = 16
"""Actions of one process that run, or wait, at the same time; more than that wait their turn."""

PAUSES_S = (0.2, 0.5, 1.0, 2.0)
"""Before an action is tried again."""

TRIED_FOR_S = 5.0
"""Afterwards it is not tried again: Rasa waits for 10 s."""


class SkillAction(Action, ABC):
    """An action that reads one `Turn` and returns events; children implement `act`.

    It runs in a thread: while it waits for a database or for a system of somebody else, the other
    conversations of this process go on.
    """

    @abstractmethod
    def name(self) -> str:
        """Return the name in the domain."""

    @abstractmethod
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer the turn; the tracker is changed by the returned events only."""

    def answer(self, turn: Turn, say: CollectingDispatcher, *, is_fresh: bool) -> list[EventType]:
        """Answer a message that is meant for this action, or see what it is meant for.

        Args:
            turn: The message.
            say: Where the answer goes.
            is_fresh: False when the action runs after another one in the same turn.
        """
        if not is_fresh:
            return self.act(turn, say)
        wish = wish_behind(turn)
        if wish is not None:
            return self._meant_by(turn, wish).act(wish, say)
        if turn.loop is not None:
            left = action_named("action_leave_form").act(turn, say)
            if left:
                rest = without_leaving(turn)
                if rest is None:
                    return left
                return [*left, *self._meant_by(turn, rest).answer(rest, say, is_fresh=True)]
        turn, answered = answer_question_beside(turn, say, answer_one)
        diverted = None if books_behind_question(turn) else divert(turn, say)
        return [*answered, *(serve(self, turn, say) if diverted is None else diverted)]

    def _meant_by(self, turn: Turn, rest: Turn) -> "SkillAction":
        """Return the action for what is wanted beside leaving; this one when none is named."""
        is_other = self.name() in GIVING_WAY or rest.intent != turn.intent
        name = RULE_ACTIONS.get(rest.intent) if is_other else None
        found = action_named(name) if name else self
        return found if isinstance(found, SkillAction) else self

    def _instead_of(self, tracker: Tracker, turn: Turn) -> "SkillAction":
        """Return the action for what is meant in context, where a rule chose this one without."""
        read = str((tracker.latest_message.get("intent") or {}).get("name") or "")
        name = RULE_ACTIONS.get(turn.intent)
        if turn.intent == read or name is None or RULE_ACTIONS.get(read) != self.name():
            return self
        found = action_named(name)
        return found if isinstance(found, SkillAction) else self

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Return the events by which the dialogue stands where it stood before."""
        return []

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Answer; an unexpected error is filed and becomes an honest sentence, never silence."""
        with watched(self.name(), tracker) as ended:
            context = copy_context()  # the id in the log, the trace
            answered = partial(context.run, self._answered, dispatcher, tracker, ended)
            return await asyncio.get_running_loop().run_in_executor(_threads(), answered)

    def _answered(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, ended: Ended
    ) -> list[dict[str, Any]]:
        try:
            return self._answered_in_the_end(dispatcher, tracker)
        except Exception as error:  # noqa: BLE001 - filed, logged and said
            ended("failed")
            report(self.name(), tracker, error, dispatcher)
            return self.after_failure(tracker)

    def _answered_in_the_end(
        self, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[dict[str, Any]]:
        """Answer, also when the database goes away meanwhile and comes back.

        What the first try has stored is found by the id of the message and not stored twice.
        """
        ends_at = time.monotonic() + TRIED_FOR_S
        for pause_s in PAUSES_S:
            try:
                return self._answered_at_once(dispatcher, tracker)
            except Exception as error:
                if not is_outage(error) or time.monotonic() > ends_at:
                    raise
                log.warning("action_tried_again", action=self.name(), error=type(error).__name__)
            dispatcher.messages.clear()
            time.sleep(pause_s)
        return self._answered_at_once(dispatcher, tracker)

    def _answered_at_once(
        self, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> list[dict[str, Any]]:
        fresh = is_fresh(tracker, self.name().removeprefix("validate_"))
        turn = pressed_in_words(in_context(read_turn(tracker)))
        events = self._instead_of(tracker, turn).answer(turn, dispatcher, is_fresh=fresh)
        _say_once(dispatcher)
        if fresh:
            said = add_second_reading(turn, dispatcher)
            events = [*events, *spoken_next(turn, said, events)]
            add_days_left(turn, dispatcher)
        conclude(turn, dispatcher)
        if fresh:
            _note(self.name(), turn, events, dispatcher)
        return events


BEHIND_NAME = "——"
"""Stands between the name of a matter and the question that is answered for it."""


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, "action")


def _say_once(say: CollectingDispatcher) -> None:
    """Leave out what would be said word for word a second time in one answer."""
    messages = say.messages
    bodies = [_body(said) for said in messages]
    messages[:] = [
        said
        for at, said in enumerate(messages)
        if said not in messages[:at] and not (bodies[at] and bodies[at] in bodies[:at])
    ]


def _body(said: Mapping[str, Any]) -> str:
    """Return an answer without the matter that stands before its question; "" for no answer."""
    answer = str(said.get("answer") or "")
    return answer.partition(BEHIND_NAME)[2] or answer


def _note(action: str, turn: Turn, events: list[EventType], say: CollectingDispatcher) -> None:
    """Tell what is to be learnt; a turn is never lost for it."""
    try:
        note(action, turn, events, say)
    except Exception as error:  # noqa: BLE001 - see above
        log.warning("lesson_not_noted", action=action, error=type(error).__name__)


def finish_form(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Go back to the form that waits underneath, if any; it repeats its open question."""
    waiting = list(turn.slots.get("open_forms") or [])
    if not waiting:
        return [SlotSet("form_failures", 0.0), *offer_waiting(turn, say)]
    below = waiting.pop()
    say_back(below, say)
    return [SlotSet("open_forms", waiting), SlotSet("form_failures", 0.0), FollowupAction(below)]


def close_form() -> list[EventType]:
    """Leave the form that is open without submitting it."""
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("form_failures", 0.0)]
