"""Says why the open question is asked."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.forms.form import open_question
from actions.forms.question import explain_question
from actions.turns.skill import SkillAction
from actions.turns.turn import Turn


class ActionExplainQuestion(SkillAction):
    """Says why the open question is asked; the form then repeats it."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_explain_question"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Use the rule behind the question where the catalogue knows one."""
        question = open_question(turn)
        if question is None:
            say.utter_message(response="utter_common_why_nothing_open")
        else:
            explain_question(replace(question, explain=None), turn, say)
        return []
