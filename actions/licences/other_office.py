"""Says of what other offices do that the catalogue holds nothing on it: 商标想注册, 离婚在哪办.

The model takes some of these for a beginning of a business, or a question that holds the word
answers: "离婚分股权怎么变更" for 离婚在哪办.
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.not_listed import NOT_LISTED
from actions.turns.focus import read_focus
from actions.turns.turn import Turn
from bot.services.reading.wording import content, normalise

_ACTS = re.compile(
    "(?:注册|申请|申领|补|换|迁|办|领|考|报|转|做|弄|查|处理|证|登记|到期|丢|[了的个下得还用])+"
)

LEFT = 2
"""Signs of a text that may be left beside such a name, what is done with it and what is asked."""


def says_of_other_office(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say it of what a text is about and nothing else; no events for any other."""
    is_free = turn.choice is None and turn.loop is None and turn.entity("policy") is None
    is_free &= read_focus(turn).matter is None  # 驾驶证要带吗, of a licence for goods
    name = next((one for one in app().dialogue_words.elsewhere if one in turn.text), None)
    if name is None or not is_free or len(turn.text) <= len(name) + 1:
        return []
    if len(_beside(turn.text, name)) > LEFT:
        return []
    say.utter_message(response=NOT_LISTED, name=name)
    return [SlotSet("matter_id", None), SlotSet("focus", None), SlotSet("focus_topic", None)]


def _beside(text: str, name: str) -> str:
    """Return what a text says beside a name and what is done with it."""
    return _ACTS.sub("", content(normalise(text.replace(name, " "))))
