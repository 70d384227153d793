"""The nine questions about a matter, anywhere in the conversation."""

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.halls import answer_hall
from actions.finding.matter_answer import say_answer
from actions.licences.held_up import matter_held_up
from actions.plans.papers import answer_missing
from actions.questions.one_point import as_asked
from actions.questions.topic_answer import AnswerQuestion
from actions.turns.focus import on_matter, read_focus
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.services.words.matter_remarks import (
    asks_after_loss,
    ends_whether,
    speaks_of_missing,
)


class ActionAnswerMaterials(AnswerQuestion):
    """What documents a matter needs."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_materials"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take "卫生许可证到底还要不要了" for the question whether it is needed at all."""
        asked = app().dialogue_words.topics_in(turn.text)
        if asked or turn.entity("material") or not ends_whether(turn.text):
            return super().act(turn, say)
        wanted = replace(turn, intent="ask_eligibility")
        return action_named("action_answer_eligibility").act(wanted, say)


class ActionAnswerProcedure(AnswerQuestion):
    """How a matter is done."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_procedure"


class ActionAnswerTimeLimit(AnswerQuestion):
    """How long a matter takes."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_time_limit"


class ActionAnswerPlace(AnswerQuestion):
    """Where a matter is done."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_place"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer for a hall when it is asked for itself ("临清大厅在哪"), else for the matter."""
        answered = answer_hall(turn, say)
        return super().act(turn, say) if answered is None else answered


class ActionAnswerEligibility(AnswerQuestion):
    """Whether the asker meets the conditions of a matter."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_eligibility"


class ActionAnswerLegalBasis(AnswerQuestion):
    """Which law a matter rests on."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_legal_basis"


class ActionAnswerDeferral(AnswerQuestion):
    """Which documents may come later or be replaced by a commitment."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_answer_deferral"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer for the plan of this conversation when it has the missing document."""
        if asks_after_loss(turn.text):  # 公章丢了咋办 lacks nothing for another matter
            asked = replace(turn, intent="ask_procedure")
            return action_named("action_answer_procedure").act(asked, say)
        if not turn.entity("material") and not speaks_of_missing(turn.text):
            return as_asked(turn, say) or super().act(turn, say)  # 能网上补不, 过了咋办
        held_up = matter_held_up(turn.text) if turn.loop is None else None
        if held_up is not None:
            return self._say_matter(turn, held_up, None, say)
        answered = answer_missing(turn, say)
        return super().act(turn, say) if answered is None else answered


class ActionShowMatter(SkillAction):
    """Answers the question that was waiting for its matter."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_show_matter"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer and go back to what was open."""
        matter = read_focus(turn).matter
        if matter is None and not turn.slots.get("matter_name"):
            return finish_form(turn, say)
        if matter is None:  # the catalogue has lost it since the question was asked
            say.utter_message(response="utter_matters_ask_name")
            return [SlotSet("matter_id", None), *finish_form(turn, say)]
        topic = str(turn.slots.get("matter_topic") or "procedure")
        say_answer(topic, matter, say)
        return [
            SlotSet("matter_topic", None),
            *on_matter(matter, topic),
            *finish_form(turn, say),
        ]
