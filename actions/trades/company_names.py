"""Looks at a name that somebody proposes for a business, wherever it is said."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.documents.company_name_text import name_problems_text
from bot.services.plans.company_names import check_company_name, name_in

SAID_NAME = "said_name"
"""Key under which a name travels until `keep_name` turns it into a slot."""


def told_name(turn: Turn) -> dict[str, Any]:
    """Return the name that the text proposes, else nothing."""
    name = name_in(turn.text) if turn.text else None
    return {} if name is None else {SAID_NAME: name}


def judge_name(name: str, say: CollectingDispatcher) -> bool:
    """Say whether a name breaks a rule that can be seen; return whether none is broken."""
    problems = check_company_name(name, app().catalogue)
    if problems:
        text = name_problems_text(problems)
        say.utter_message(response="utter_start_business_name_bad", name=name, problems=text)
    else:
        say.utter_message(response="utter_start_business_name_seen", name=name)
    return not problems


def keep_name(told: Mapping[str, Any], slot: str, say: CollectingDispatcher) -> dict[str, Any]:
    """Turn a proposed name into its slot when no rule is broken; say what is wrong otherwise."""
    kept = dict(told)
    name = kept.pop(SAID_NAME, None)
    if isinstance(name, str) and judge_name(name, say):
        kept[slot] = name
    return kept
