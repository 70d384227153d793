"""Answers what is asked behind an answer in one breath: 里面要请个大夫 能看病不."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import AMONG_FEW, say_question
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
    finder, (spoken, planned) = app().question_finder, talked_about(turn)
    known = finder.among(asked, [spoken], AMONG_FEW) if spoken is not None else None
    known = known or finder.among(asked, planned, AMONG_FEW)
    if known is not None:
        say_question(turn, known, say)
    else:
        say.utter_message(response=UNKNOWN)
