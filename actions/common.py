"""Small talk, control of the conversation, and what is not understood."""

from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions import app
from actions._apply_change import open_apply_choice
from actions._skill import SkillAction, close_form, finish_form
from actions._topics import open_topic, suggest_matters
from actions._turn import Turn

PATIENCE = 2
"""After this many messages in a row that were not understood, a person is offered."""


class ActionFallback(SkillAction):
    """Answers what the model did not understand: first with guesses, then with a person."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_fallback"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Guess from the names in the text before giving up."""
        opened = open_topic(turn, say, sure=False)
        if opened is not None:
            return opened
        failures = float(turn.slots.get("form_failures") or 0) + 1
        if failures > PATIENCE:
            say.utter_message(response="utter_common_offer_person")
        elif not suggest_matters(turn, say):
            say.utter_message(response="utter_common_not_understood")
        return [SlotSet("form_failures", failures)]


class ActionInform(SkillAction):
    """Takes a bare name said outside any question: a matter, a trade, a project, a number."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_inform"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Open what the name stands for."""
        if turn.choice is not None:
            return _open_choice(turn, say)
        opened = open_topic(turn, say, sure=True)
        if opened is not None:
            return opened
        if not suggest_matters(turn, say):
            say.utter_message(response="utter_common_not_understood")
        return []


class ActionStop(SkillAction):
    """Leaves the current task; what was answered stays known for a later start."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_stop"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Close the form, or say that none is open."""
        if turn.loop is None:
            say.utter_message(response="utter_common_nothing_open")
            return [SlotSet("open_forms", [])]
        say.utter_message(response="utter_common_stopped")
        return [*close_form(), *finish_form(turn, say)]


class ActionRepeat(SkillAction):
    """Says again what was said last; inside a form the open question follows by itself."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_repeat"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Not used: `run` needs the events."""
        raise NotImplementedError

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Repeat the messages of the last turn of the bot."""
        if tracker.active_loop_name is not None:
            return []
        for event in _last_bot_messages(tracker.events):
            extra = event.get("data") or {}
            dispatcher.utter_message(text=event.get("text"), buttons=extra.get("buttons") or [])
        if not dispatcher.messages:
            dispatcher.utter_message(response="utter_common_greet")
        return []


class ActionHandBack(SkillAction):
    """Comes back after a person has helped; an open form repeats its question by itself."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_hand_back"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say that the bot is back."""
        if turn.loop is None:
            say.utter_message(response="utter_handover_back")
        else:
            say.utter_message(response="utter_handover_back_to_question")
        return []


class ActionOutsideForm(SkillAction):
    """Answers yes, no, "skip" and "go back" when no question is open."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_outside_form"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say that nothing is open and what can be started."""
        say.utter_message(response="utter_common_nothing_open")
        return []


def _open_choice(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    assert turn.choice is not None
    slot, value = turn.choice
    if slot in {"topic_matter", "matter_id"} and value in app().catalogue.matters:
        matter = app().catalogue.matter(value)
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
        return [SlotSet("matter_id", matter.id)]
    applied = open_apply_choice(turn, say)
    if applied is not None:
        return applied
    say.utter_message(response="utter_common_old_button")
    return []


def _last_bot_messages(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bot's messages between the last two user messages, in order."""
    found: list[dict[str, Any]] = []
    users = 0
    for event in reversed(events):
        kind = event.get("event")
        if kind == "user":
            users += 1
            if users == 2 or (users > 1 and found):  # noqa: PLR2004 - the turn before this one
                break
        elif kind == "bot" and users == 1:
            found.append(event)
    return list(reversed(found))
