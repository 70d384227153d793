"""Complaints, fault-finding and suggestions: filed with a number, answered in 5 working days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.filing.just_filed import gives_contact, is_behind_filed
from actions.filing.story import substance
from actions.filing.story_form import StoryForm, joined, named_in_story, take_before
from actions.forms.ask import NONE, free_text, phone
from actions.forms.question import Question
from actions.forms.switched import while_on
from actions.plans.dropped import dropped_facts
from actions.questions.faq_asked import answer_faq, answer_near_faq
from actions.steering.disputed import answer_first, stands_by
from actions.steering.doubt_checked import is_check
from actions.trades.added_business import answer_added
from actions.turns.focus import TICKET, read_focus
from actions.turns.history import last_bot_messages, last_typed, slot_values
from actions.turns.opens_form import start_form
from actions.turns.registry import action_named
from actions.turns.skill import SkillAction, finish_form
from actions.turns.turn import Turn
from bot.documents.case_list_text import ACT
from bot.documents.dates import spoken_day
from bot.documents.tickets_text import SUPPLEMENT
from bot.domain.challenges import NewChallenge
from bot.services.feedback import feedback
from bot.services.feedback.feedback import FeedbackKind
from bot.services.learning.challenges import name_challenge, open_challenge
from bot.services.operating.numbers import NumberKind
from bot.services.words.doubt import asks_basis, disbelieves, speaks_of_another_talk
from bot.services.words.story import asks_rather, doubts_us, proposes
from bot.services.words.ticket import added_words, names_ticket, speaks_of_adding, wants_to_add
from bot.services.words.unwished import wants_heard

FILED = {
    FeedbackKind.COMPLAINT: NumberKind.COMPLAINT.value,
    FeedbackKind.SUGGESTION: NumberKind.SUGGESTION.value,
}
"""What numbers of filed feedback begin with."""

FROM_REVIEW = ("suggestion", "review")
"""Choice of the button under a review whose reason is a suggestion."""


class ActionStartComplaint(SkillAction):
    """Begins a complaint."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_complaint"

    @while_on("feedback")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take what the first sentence already tells."""
        if turn.choice is None and wants_heard(turn.text):  # 不想投诉 就是想反映一下
            say.utter_message(response="utter_feedback_offer")
            return []
        if turn.loop == "feedback_form":
            return _told_more(turn, say)
        if turn.loop == "whistle_form" and not names_ticket(turn.text):  # 反正得给我个说法
            return _told_more(turn, say, "whistle_description", "utter_whistle_story_added")
        more = _supplement(turn, say)
        if more:
            return more
        say.utter_message(response="utter_feedback_start_complaint")
        before = take_before(turn, say)
        return _start(turn, FeedbackKind.COMPLAINT, before)


class ActionStartSuggestion(SkillAction):
    """Begins a suggestion."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_suggestion"

    @while_on("feedback")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take what the first sentence already tells."""
        if turn.loop == "feedback_form":
            return _told_more(turn, say)
        more = _supplement(turn, say)
        if more:
            return more
        say.utter_message(response="utter_feedback_start_suggestion")
        if turn.choice == FROM_REVIEW:
            return _start(
                turn, FeedbackKind.SUGGESTION, said=slot_values(turn, "review_comment")[-1:]
            )
        return _start(turn, FeedbackKind.SUGGESTION)


class ActionStartDispute(SkillAction):
    """Meets a doubt in what the bot said; what is to be checked is filed like a suggestion."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_start_dispute"

    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say again what was doubted; have it checked where that is wanted."""
        if turn.loop is None and dropped_facts(turn):  # 不对吧，哪来的消防验收
            return action_named("action_follow_up").act(turn, say)
        if turn.loop is None and (added := answer_added(turn, say)):  # 不是新办，是加项目
            return added
        if is_check(turn):
            return _checked(turn, say)
        if speaks_of_another_talk(turn.text):  # 你上回告诉我不用环评
            return stands_by(turn, say)
        is_doubt = doubts_us(turn.text) or disbelieves(turn.text)
        first = None if is_doubt else answer_first(turn, say)
        if first is not None:
            return first
        if turn.loop is None and asks_rather(turn.text) and not is_doubt:
            return _answered(replace(turn, intent="nlu_fallback"), say)
        if asks_basis(turn.text) and read_focus(turn).matter is not None:
            asked = replace(turn, intent="ask_legal_basis")
            return action_named("action_answer_legal_basis").act(asked, say)
        # in the form of a complaint the bot's last words were our own question
        if turn.loop != "feedback_form" and turn.intent == "dispute_answer":
            open_challenge(app().unit_of_work, _doubt(turn))
        return stands_by(turn, say)


class ValidateFeedbackForm(StoryForm):
    """Asks what it is about and, if wanted, for a telephone number."""

    form = "feedback_form"
    story = "feedback_text"
    added = "utter_feedback_added"
    phone = "feedback_phone"

    def takes_questions(self, turn: Turn) -> bool:
        """Take "周末能不能也开门" for the suggestion that is asked for."""
        return _kind(turn) is FeedbackKind.SUGGESTION or proposes(turn.text)

    def questions(self, turn: Turn, slots: Mapping[str, Any]) -> Sequence[Question]:
        """Return both questions; the number may be left out."""
        number = phone("feedback_phone", "utter_feedback_ask_phone")
        return (
            replace(
                free_text(
                    "feedback_text",
                    "utter_feedback_ask_text",
                    label=("内容", "问题"),
                    shortest=4,
                    is_story=True,
                ),
                examples="utter_feedback_examples",
            ),
            Question(
                **{
                    **number.__dict__,
                    "when_unknown": NONE,
                    "skipped": "utter_common_left_out",
                    "is_optional": True,
                }
            ),
        )


class ActionSubmitFeedback(SkillAction):
    """Files it and says number and due day."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_submit_feedback"

    @while_on("feedback")
    def act(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Write once per message."""
        application = app()
        number = turn.slots.get("feedback_phone")
        filed = feedback.file_feedback(
            application.unit_of_work,
            origin=turn.origin("feedback"),
            conversation_id=turn.conversation_id,
            kind=_kind(turn),
            text=str(turn.slots["feedback_text"]),
            phone=None if number in {None, NONE} else str(number),
            now=application.now(),
            calendar=application.calendar,
            catalogue=application.catalogue,
        )
        if filed.kind is FeedbackKind.SUGGESTION:
            name_challenge(
                application.unit_of_work,
                conversation_id=turn.conversation_id,
                number=filed.number,
                said=filed.text,
                now=application.now(),
            )
        say.utter_message(
            response="utter_feedback_filed", number=filed.number, due=spoken_day(filed.due_on)
        )
        return [
            SlotSet("ticket_number", filed.number),
            SlotSet("focus", TICKET),
            SlotSet("feedback_text", None),
            SlotSet("feedback_phone", None),
            *finish_form(turn, say),
        ]


def _checked(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Have checked what was doubted last; who has doubted nothing yet is asked what it is."""
    doubted = last_typed(turn, "dispute_answer")
    if not doubted:
        open_challenge(app().unit_of_work, _doubt(turn))
    say.utter_message(response="utter_feedback_start_dispute")
    told = {"feedback_kind": FeedbackKind.SUGGESTION.value, "feedback_text": None}
    if doubted:
        told["feedback_text"] = doubted[-1]
    return start_form(turn, "feedback_form", **told, feedback_phone=turn.slots.get("whistle_phone"))


def _answered(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question that was taken for a doubt, as far as the catalogue holds it."""
    found = answer_faq(turn, say) or answer_near_faq(turn, say)
    return found or action_named("action_fallback").act(turn, say)


def _supplement(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """File what is added to a complaint that is filed already, named by its number.

    None when nothing is added, or to something else.
    """
    number = str(turn.slots.get("ticket_number") or "")
    kind = next((kind for kind, letters in FILED.items() if number.startswith(letters)), None)
    if kind is None or turn.slots.get("focus") != TICKET or not _adds(turn):
        return []
    phone_given = turn.entity("phone") if gives_contact(turn) else None
    added = added_words(turn.text) or (turn.text if is_behind_filed(turn) else None)
    if phone_given is not None:
        added = turn.text.replace(phone_given, "").strip(" ，,。")
    if added is None:
        say.utter_message(response="utter_feedback_more_what", number=number)
    else:
        say.utter_message(response="utter_feedback_more", number=number)
    return start_form(
        turn,
        "feedback_form",
        feedback_kind=kind.value,
        feedback_text=None if added is None else f"补充{number}：{added}",
        feedback_phone=NONE if phone_given is None else phone_given,
    )


def _adds(turn: Turn) -> bool:
    is_said = turn.entity(ACT) == SUPPLEMENT or wants_to_add(turn.text)
    is_said |= speaks_of_adding(turn.text)  # 不是预约 我是补充投诉那个事
    return is_said or is_behind_filed(turn)


def _kind(turn: Turn) -> FeedbackKind:
    """Return what is filed; a form that an old conversation left open may not know it."""
    kept = turn.slots.get("feedback_kind")
    return FeedbackKind(str(kept)) if kept else FeedbackKind.SUGGESTION


def _told_more(
    turn: Turn,
    say: CollectingDispatcher,
    story: str = "feedback_text",
    response: str = "utter_common_noted",
) -> list[EventType]:
    """Add what is told while a form is open to the story told before; none of it is lost."""
    more, told = substance(turn.text), turn.slots.get(story)
    if more is None:
        return []
    say.utter_message(response=response)
    return [SlotSet(story, joined(told, more))]


def _start(
    turn: Turn, kind: FeedbackKind, before: str | None = None, said: Sequence[str] = ()
) -> list[EventType]:
    return start_form(
        turn,
        "feedback_form",
        feedback_kind=kind.value,
        feedback_text=said[0] if said else joined(before, substance(turn.text)),
        feedback_phone=turn.slots.get("whistle_phone"),
        **named_in_story(turn),
    )


def _doubt(turn: Turn) -> NewChallenge:
    """Return what is doubted: the bot's last words and what they were about."""
    focus = read_focus(turn)
    texts = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    return NewChallenge(
        origin=turn.origin("challenge"),
        conversation_id=turn.conversation_id,
        answer="\n".join(text for text in texts if text),
        said=turn.text,
        matter_id=focus.matter.id if focus.matter else "",
        topic=focus.topic or "",
        opened_at=app().now(),
    )
