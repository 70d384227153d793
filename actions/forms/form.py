"""One engine for all forms: reads an answer, corrects an earlier one, repeats the open question.

`validate_<form>` decides after each message whether it is an answer, a correction, or something
else; that is rejected, and Rasa's rules answer it and come back here, where it is asked again.
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.changes.place_moved import moved_anew
from actions.finding.halls import says_elsewhere
from actions.finding.matter_named import offer_matter
from actions.forms.answered_anyway import answers_anyway
from actions.forms.asked_with import says_asked_with
from actions.forms.asking_form import AskingForm
from actions.forms.broken_off import breaks_off
from actions.forms.each_corrected import each_corrected
from actions.forms.explanations import explains
from actions.forms.form_beside import asked_beside, begins_with_booking, parts_told
from actions.forms.free_choices import FREE_CHOICES
from actions.forms.handing_in import as_meant_inside, only_hands_in
from actions.forms.known import known_items
from actions.forms.leaving import DROPS, LOOK_UPS, leaves_now
from actions.forms.mended import asked_again, given_alike, given_instead, mended, tail_mended
from actions.forms.only_noted import only_noted
from actions.forms.patience import is_no_wish, refused_again, unanswered
from actions.forms.proposals import taken_proposal
from actions.forms.question import REST, Problem, Question, Value
from actions.forms.reading import (
    BACK_INTENTS,
    SURE,
    answers_by_entity,
    answers_by_label,
    answers_wholly,
    denies_another,
    is_digression,
    is_skip,
    is_taken,
    is_wish,
    left_by_name,
    new_told,
    passed_over,
    problem_by_entity,
)
from actions.forms.remarks import remarked
from actions.forms.resuming import AFRESH, RESUME_CHOICE, offer_to_resume
from actions.forms.rule_answers import left_to_rules
from actions.forms.swapped import settled_anew, swapped
from actions.forms.taken_back import emptied_by, taken_back
from actions.questions.faq_asked import answers_faq_inside
from actions.questions.found_question import answers_refused
from actions.steering.everyday import says_everyday
from actions.steering.steer import do
from actions.turns.beside import clause_turn, without_denied
from actions.turns.history import is_back
from actions.turns.intent_actions import INTENT_ACTIONS, OWN_INTENTS, own_intents
from actions.turns.intent_groups import BOOKING, LOOKED_UP, STORIES
from actions.turns.offers import say_noted, wait
from actions.turns.requests import Request
from actions.turns.turn import ANSWER_INTENTS, QUESTION_INTENTS, Turn
from bot.services.words.form_remarks import asks_what_word_is
from bot.services.words.matter_remarks import asks, insists_on_place
from bot.services.words.remarks import changes_mind, clauses, replacement, restarts, skips_the_rest


class ValidateForm(AskingForm):
    """`validate_<form>` of every form; children say which questions are to be asked."""

    def answer(self, turn: Turn, say: CollectingDispatcher, *, is_fresh: bool) -> list[EventType]:
        """Read a new message; else, opened or come back to, ask."""
        if is_fresh and breaks_off(turn, own_intents(self.form)):
            return left_to_rules(turn)
        if is_fresh and says_everyday(turn, say):
            return self._ask_again(turn, say)
        return self._read(turn, say) if is_fresh else self.act(turn, say)

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        questions = self.questions(turn, turn.slots)
        opened = next((q for q in questions if q.slot == turn.requested), None)
        if turn.choice is not None:
            return self._read_choice(turn, questions, opened, say)
        proposed = taken_proposal(turn, opened) or settled_anew(turn, questions, opened)
        if proposed := proposed or moved_anew(turn, questions, opened):
            return self._accept(turn, each_corrected(turn, self, proposed), say, None)
        turn = as_meant_inside(turn)
        is_noted = not self._tells(turn) and only_noted(turn, questions, opened, say)
        if is_noted or only_hands_in(turn, opened):
            return self._ask_again(turn, say)
        if (steered := self._steer(turn, questions, opened, say)) is not None:
            return steered
        is_story = opened is not None and opened.free_text
        if opened is not None and opened.entity and not opened.is_story:
            is_story = is_story and not opened.is_named(turn)  # a name is told apart from the rest
        beside = None if is_story else self._read_beside(turn, questions, opened, say)
        return self._read_answer(turn, questions, opened, say) if beside is None else beside

    def _read_answer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        """Take the text as an answer to the open question, or else to others."""
        is_story = opened is not None and opened.free_text
        is_other = opened is None or denies_another(turn, opened, self.told(turn))
        answer = opened.parse(turn) if opened and not is_other else None
        own = OWN_INTENTS.get(self.form, ())
        if isinstance(answer, Value) and opened and is_taken(turn, opened, answer, own):
            changes = self.answers_beside(turn, questions, opened) | {opened.slot: answer.value}
            return self._accept(turn, changes, say, opened)
        if isinstance(answer, Problem) and answer.is_sure:
            return self._refuse(turn, answer, opened, say)
        is_asked = asks(turn.text) and not insists_on_place(turn.text)
        if turn.intent in QUESTION_INTENTS and (is_asked or not self._tells(turn)):
            return left_to_rules(turn)
        changes = self.answers_beside(turn, questions, opened)
        if changes := changes | passed_over(turn, questions, opened, changes):
            says_asked_with(turn, say)
            return self._accept(turn, changes, say, opened)
        if answers_below(turn) or is_wish(turn, answer, own_intents(self.form)):
            return left_to_rules(turn)
        is_bare = is_story or self.form == "matter_form" or insists_on_place(turn.text)
        if not is_bare and (named := offer_matter(turn, say)):
            return [*named, *self._ask_again(turn, say)]
        if isinstance(answer, Problem):
            return self._refuse(turn, answer, opened, say)
        return self._read_no_answer(turn, questions, opened, say)

    def _read_no_answer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        """Say what can be said about a text that answers nothing new."""
        if answers_faq_inside(turn, say):
            return self._ask_again(turn, say)
        if (aside := problem_by_entity(turn, questions, opened)) is not None:
            return self._refuse(turn, aside, opened, say)
        if is_no_wish(turn):
            if answers_anyway(turn, questions, opened, self.told(turn), say):
                return self._ask_again(turn, say)
            return self._refuse(turn, unanswered(turn), opened, say)
        return left_to_rules(turn)

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Do what comes before any answer; None to read the text as one."""
        is_story = opened is not None and opened.free_text
        if remarked(turn, questions, opened, say) or (
            (asks_what_word_is(turn.text) or not self._tells(turn))
            and explains(turn, questions, opened, say)
        ):
            return self._ask_again(turn, say)
        if leaves_now(turn):
            return left_to_rules(turn)
        if restarts(turn.text):
            return self._restart(turn, say)
        if is_back(turn) and turn.intent in BACK_INTENTS:
            offer_to_resume(self.form, say, items=known_items(questions, turn.slots))
            return [SlotSet("form_failures", 0.0), SlotSet("requested_slot", turn.requested)]
        if skips_the_rest(turn.text) and not is_story and not turn.asks_of_matter:
            return self._skip_rest(turn, say)
        if instead := swapped(turn, questions, opened, self.answers_beside):
            return self._accept(turn, each_corrected(turn, self, instead), say, None)
        tells = self._tells(turn)
        is_answer = opened is not None and opened.yes_no and answers_wholly(turn, opened)
        is_mine = (tells or is_answer) and turn.intent == "out_of_scope"
        if not is_mine and is_digression(turn, opened, OWN_INTENTS.get(self.form, ())):
            is_refused = turn.intent == "out_of_scope" and not is_story
            return self._refused(turn, say) if is_refused else left_to_rules(turn)
        if turn.intent == "go_back":
            return self._go_back(turn, questions, say)
        if not is_skip(turn, opened) or tells:
            return None
        left = left_by_name(turn, questions) or opened
        return left_to_rules(turn) if left is None else self._skip(turn, left, say)

    def _refused(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer what the model refuses, or refuse it; the second in a row gets ways on."""
        if answers_refused(turn, say):
            return self._ask_again(turn, say)
        if (again := refused_again(turn)) is None:
            return left_to_rules(turn)
        return self._refuse(again, unanswered(turn), open_question(turn), say)

    def _tells(self, turn: Turn) -> bool:
        """Tell whether "没有中央空调" answers another question, though it sounds like a skip."""
        return any(turn.slots.get(slot) is None for slot in self.told(turn))

    def _read_beside(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Take the answers that stand beside questions or wishes, and serve those as well."""
        wishes = INTENT_ACTIONS.keys() - own_intents(self.form)
        asked = asked_beside(turn, opened, wishes, self.told)
        parts = clauses(turn.text)
        if not asked or len(parts) == 1:
            return None
        is_other = begins_with_booking(turn, asked) and self.form != BOOKING
        if is_other or any(request.intent == DROPS.get(self.form) for request in asked):
            return left_to_rules(turn)  # "让会计网上报吧，那个预约取消掉" confirms nothing
        if self.form == "matter_form" and any(request.intent in STORIES for request in asked):
            return left_to_rules(turn)  # 厂房通不上电 behind 我要吹哨 is the story, no answer
        changes: dict[str, Any] = {}
        for part in parts_told(parts, asked, turn.text):
            said = clause_turn(turn, part)
            answer = opened.parse(said) if opened else None
            if opened and isinstance(answer, Value):
                changes.setdefault(opened.slot, answer.value)
            changes = {**self.answers_beside(said, questions, opened), **changes}
        return self._serve_beside(turn, changes, asked, opened, say) if changes else None

    def _serve_beside(
        self,
        turn: Turn,
        changes: Mapping[str, Any],
        asked: Sequence[Request],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        now = replace(turn, slots={**turn.slots, **changes})
        later = [request for request in asked if request.intent not in LOOKED_UP]
        events: list[EventType] = []
        for request in (one for one in asked if one.intent in LOOKED_UP):
            done = do(request, now, say)
            if any(event.get("event") != "slot" for event in done):
                later.append(request)  # it would open a form of its own
            else:
                events += done
        say_noted(later, say)
        return [*events, *wait(turn, later), *self._accept(turn, changes, say, opened)]

    def _read_choice(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        assert turn.choice is not None
        slot, value = turn.choice
        if turn.intent != "inform":  # a button of another skill: its rule comes first
            return left_to_rules(turn)
        if slot == REST:
            return self._skip_rest(turn, say)
        if slot == RESUME_CHOICE:
            return self._restart(turn, say) if value == AFRESH else self._ask_again(turn, say)
        question = next((q for q in questions if q.slot == slot), None)
        if question is None and slot in FREE_CHOICES | {"delete_plan"}:
            return left_to_rules(turn)  # no answer to any form: `action_inform` takes it
        if question is None:
            say.utter_message(response="utter_common_old_button")
            return self._ask_again(turn, say)
        answer = question.parse(turn)
        if not isinstance(answer, Value):
            return self._refuse(turn, answer or unanswered(turn), opened, say)
        if question is not opened and turn.slots.get(slot) == answer.value:
            say.utter_message(response="utter_common_already_noted")
        return self._accept(turn, {slot: answer.value}, say, opened)

    def _go_back(
        self, turn: Turn, questions: Sequence[Question], say: CollectingDispatcher
    ) -> list[EventType]:
        if changes := each_corrected(turn, self):
            return self._accept(turn, changes, say, None)
        if says_elsewhere(turn, questions, say):
            return self._ask_again(turn, say)
        target = self.to_ask_again(turn, questions)
        if target is None:
            say.utter_message(response="utter_common_nothing_to_correct")
            return self._ask_again(turn, say)
        instead = given_instead(turn, target)
        if instead is not None:
            if turn.slots.get(target.slot) == instead.value:
                say.utter_message(response="utter_common_corrected")
            return self._accept(turn, {target.slot: instead.value}, say, None)
        say.utter_message(response=asked_again(turn, target))
        anew = emptied_by(turn, questions, target)
        return self._ask_next(turn, dict(turn.slots), anew, say, target)

    def to_ask_again(self, turn: Turn, questions: Sequence[Question]) -> Question | None:
        """Return the question that is to be asked anew; None where nothing was answered."""
        return taken_back(turn, questions)

    def corrections(self, turn: Turn) -> dict[str, Any]:
        """Return the answers that the text puts in the place of earlier ones, by slot."""
        questions = self.questions(turn, turn.slots)
        part = replacement(turn.text)
        said = without_denied(turn) if part is None else clause_turn(turn, part)
        return (
            mended(turn, questions)
            or tail_mended(turn, questions)
            or self.answers_beside(said, questions, None, replaces=True)
            or answers_by_label(said, questions, spoken=turn.text)
            or given_alike(turn, questions)
            or self.answers_beside(without_denied(turn), questions, None, replaces=True)
        )

    def answers_beside(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        *,
        replaces: bool = False,
    ) -> dict[str, Any]:
        """Return answers to other questions that the text gives by the way."""
        takes_back = replaces or turn.intent == "go_back" or changes_mind(turn.text)
        is_story = opened is not None and opened.free_text
        told = {} if is_story else new_told(self.told(turn), turn.slots, replaces=takes_back)
        # "不卖烟" tells of tobacco; the trade that it names is not the one meant
        may_change = takes_back or not self.told(turn)
        return {**told, **answers_by_entity(turn, questions, opened, may_change=may_change)}


def form_named(name: str | None) -> ValidateForm | None:
    """Return the form of this name, None when there is none."""
    return next((form for kind in form_kinds() if (form := kind()).form == name), None)


def form_kinds(base: type[ValidateForm] = ValidateForm) -> Iterator[type[ValidateForm]]:
    """Yield every form that can be opened: children, also of children, that are concrete."""
    for kind in base.__subclasses__():
        if not inspect.isabstract(kind):
            yield kind
        yield from form_kinds(kind)


def answers_below(turn: Turn) -> tuple[str, dict[str, Any]] | None:
    """Return the form under a mere look-up that takes a text, and its answers; None for none."""
    waiting = turn.slots.get("open_forms") or []
    form = form_named(str(waiting[-1])) if waiting and turn.loop in LOOK_UPS else None
    if form is None or turn.choice is not None or turn.intent in QUESTION_INTENTS:
        return None
    own = own_intents(form.form) | {"go_back"}
    if turn.intent not in ANSWER_INTENTS | own and turn.confidence >= SURE:
        return None
    below = replace(turn, loop=form.form, requested=None)
    missing = form.missing(below, below.slots)
    below = replace(below, requested=missing.slot if missing else None)
    found = form.answers_beside(below, form.questions(below, below.slots), missing)
    answer = missing.parse(below) if missing and found else None
    if missing and isinstance(answer, Value):
        found.setdefault(missing.slot, answer.value)
    return (form.form, found) if found else None


def open_question(turn: Turn) -> Question | None:
    """Return the question that is open in this turn, None outside forms."""
    form = form_named(turn.loop)
    asked = form.questions(turn, turn.slots) if form is not None else ()
    return next((q for q in asked if q.slot == turn.requested), None)
