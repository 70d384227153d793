"""Hearing of new policies: asked for, agreed to, stopped."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.funding.facts import PROFILE
from actions.turns.turn import Turn
from bot.documents.labels import NOT_NOW, WATCH_AGREED, WATCH_OFF
from bot.services.policies.watch import start_watch, stop_watch, watched_profile
from bot.services.words.policy_remarks import watch_wish

CHOICE = "policy_watch"
ON, AGREE, OFF, NOT = "on", "agree", "off", "not"


def watch_button(title: str, do: str) -> dict[str, str]:
    """Return a button about hearing of new policies."""
    return {"title": title, "payload": f'/match_policy{{"choice": "{CHOICE}={do}"}}'}


def watch_asked(turn: Turn) -> str | None:
    """Return what a button or the words want, None when they want something else."""
    if turn.choice is not None:
        return turn.choice[1] if turn.choice[0] == CHOICE else None
    wish = watch_wish(turn.text)
    return None if wish is None else ON if wish else OFF


def watch(turn: Turn, do: str, say: CollectingDispatcher) -> list[EventType] | None:
    """Do what is wanted; None when the facts of the enterprise have to be asked first."""
    store, now = app().unit_of_work, app().now()
    if do == OFF:
        was_on = stop_watch(store, conversation_id=turn.conversation_id, now=now)
        say.utter_message(
            response="utter_policy_watch_off" if was_on else "utter_policy_watch_none"
        )
        return []
    if do == NOT:
        say.utter_message(response="utter_policy_watch_not")
        return []
    profile = turn.slots.get(PROFILE) or watched_profile(store, turn.conversation_id)
    if not profile:
        say.utter_message(response="utter_policy_watch_needs_facts")
        return None
    if do == AGREE:
        start_watch(store, conversation_id=turn.conversation_id, profile=profile, now=now)
        say.utter_message(response="utter_policy_watch_on", buttons=[watch_button(WATCH_OFF, OFF)])
        return []
    buttons = [watch_button(WATCH_AGREED, AGREE), watch_button(NOT_NOW, NOT)]
    say.utter_message(response="utter_policy_watch_consent", buttons=buttons)
    return []
