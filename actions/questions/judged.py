"""Answers who asks the reason of what was just judged, or is taken aback by it.

为啥不行啊 behind a name that was refused means the name, and 三年都得补? wants a yes.
"""

import re
from collections.abc import Callable

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questions.worded import Worded
from actions.turns.history import last_bot_messages
from actions.turns.turn import Turn
from bot.documents.matter_text import is_source
from bot.services.words.taken_aback import asks_which_name, asks_why_not, doubted, is_borne_out

REFUSED_NAME = "utter_start_business_name_bad"
SHAPE = Worded("biz-name", "地名和行业")
"""Says what a name of a business is made of."""

_LATELY = 8
"""Messages of ours in which a name may have been refused that is spoken of still."""

_SENTENCES = re.compile(r"[\n。；;？?]+")
_FORBIDS = re.compile(
    "不(?:得|行|能|够|可以?|准|许|予|是|符合|适用|算|让|在)|禁止|没有?收录|未|必须|应当|须|要有|限"
)
"""Stands in a sentence that says why something does not do."""


def says_judged(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say the reason of a judgement again, the rule of names, or a yes; False for none of these."""
    if turn.choice is not None or not turn.text:
        return False
    if asks_why_not(turn.text):
        return _says_reason(turn, say)
    if asks_which_name(turn.text) and _refused_names(turn):
        return bool(SHAPE.say(say))
    return _says_yes(turn, say)


def answer_judged(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer the same where no question is open; no events for anything else."""
    return answer_judged_inside(turn, say) if turn.loop is None else []


def answer_judged_inside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer it between the questions of a plan as well; no events for anything else."""
    kept: list[EventType] = [SlotSet("focus", turn.slots.get("focus"))]
    return kept if says_judged(turn, say) else []


def _refused_names(turn: Turn) -> list[str]:
    """Return the lines of the names that were refused in the last two answers."""
    named = [one for one in turn.events if one.get("event") == "bot"][-_LATELY:]
    return [str(one.get("text") or "") for one in named if _utter(one) == REFUSED_NAME]


def _utter(event: object) -> str:
    metadata = event.get("metadata") or {} if isinstance(event, dict) else {}
    return str(metadata.get("utter_action") or "")


def _says_reason(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say why a name was refused, else the sentences of the last answer that forbid."""
    said = last_bot_messages(turn)
    names = [str(one.get("text") or "") for one in said if _utter(one) == REFUSED_NAME]
    if names:
        lines = [line for line in names[-1].splitlines() if line.startswith("·")]
        say.utter_message(response="utter_start_business_name_why", problems="\n".join(lines))
        return bool(lines)
    return _says(turn, say, lambda part: _FORBIDS.search(part) is not None, "utter_matters_reason")


def _says_yes(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say yes with the sentence of the last answer that a text is taken aback by."""
    part = doubted(turn.text)
    if part is None:
        return False
    return _says(turn, say, lambda one: is_borne_out(part, one), "utter_matters_yes_so")


def _says(
    turn: Turn, say: CollectingDispatcher, holds: Callable[[str], bool], response: str
) -> bool:
    """Say the sentences of the last answer that hold something, with their source."""
    for event in last_bot_messages(turn):
        told = [one.strip() for one in str(event.get("text") or "").splitlines() if one.strip()]
        source = next((one for one in told if is_source(one)), None)
        if source is None:
            continue
        parts = [one.strip() for line in told if line != source for one in _SENTENCES.split(line)]
        found = [part for part in parts if part and "——" not in part and holds(part)]
        if found:
            say.utter_message(response=response, answer="；".join(found), source=source)
            return True
    return False
