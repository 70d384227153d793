"""Answers what is asked behind an answer in one breath: 里面要请个大夫 能看病不."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.questions.each_question import as_one
from actions.questions.found_question import answers_refused
from actions.turns.focus import PLANNING
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

UNKNOWN = "utter_common_cannot_tell"
MISREAD = frozenset({"inform", "nlu_fallback", "out_of_scope"})
"""What the model takes a statement with a question behind it for."""

SHORTEST = 3
_OF_ANSWER = ("行", "中", "可以", "好", "对", "是", "成")
"""Begin a question that only wants a nod to what was told: 四十平 行不."""


def says_asked_with(turn: Turn, say: CollectingDispatcher) -> None:
    """Answer the question behind an answer that was noted, else say that nothing is known of it."""
    told, *rest = clauses(turn.text) or [""]
    asked = rest[-1] if rest else ""
    is_asked = turn.loop in PLANNING and turn.choice is None and turn.intent in MISREAD
    if not is_asked or asks(told) or not asks(asked) or len(asked) < SHORTEST:
        return
    if asked.startswith(_OF_ANSWER):
        return
    alone = replace(as_one(turn, asked), intent="ask_eligibility", entities=())
    if not answers_refused(alone, say):
        say.utter_message(response=UNKNOWN)
