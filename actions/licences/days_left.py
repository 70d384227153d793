"""Counts the days until a licence ends, where the day is told: 食品证下个月8号到期，还能换不.

The catalogue says how long before that day one has to apply; people need not count themselves.
"""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.turn import Turn
from bot.services.plans.words import chinese_date
from bot.services.time_phrases.time_phrases import parse_time_phrase
from bot.services.times.local_time import local_day

_ENDS = re.compile("到期|期满|届满|过期")
_UNSURE = re.compile("要是|如果|假如|几[号月天]|哪天|啥时候|什么时候|左右|前后")

MATTER_ANSWERS = frozenset({"utter_matters_answer", "utter_matters_not_recorded"})
"""Responses that tell something of a matter."""


def add_days_left(turn: Turn, say: CollectingDispatcher) -> None:
    """Add how many days are left; nothing where no day to come is told or no matter answered."""
    is_told = turn.loop is None and turn.choice is None and _ENDS.search(turn.text) is not None
    named = turn.entity("date")
    is_of_matter = any(one.get("response") in MATTER_ANSWERS for one in say.messages)
    if not (is_told and named and is_of_matter) or _UNSURE.search(turn.text):
        return
    phrase = parse_time_phrase(named, app().now(), app().calendar)
    today = local_day(app().now())
    if phrase.on is None or phrase.ambiguous or phrase.on <= today:
        return
    left = app().calendar.working_days_between(today, phrase.on)
    if left.provisional:
        return
    say.utter_message(
        response="utter_matters_days_left",
        day=chinese_date(phrase.on, today),
        days=(phrase.on - today).days,
        working_days=left.days,
    )
