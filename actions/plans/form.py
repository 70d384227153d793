"""What the journeys that end in a plan have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.wishes import takes_help
from actions.changes.change_told import answer_change_told
from actions.forms.patience import unanswered
from actions.forms.question import Problem, Question, acknowledge
from actions.forms.reading import new_told
from actions.forms.rest_denied import rest_denied
from actions.forms.rule_answers import answered_by_rule, is_left_to_rules
from actions.forms.stated_beside import bare_beside, may_tell_more, stated_beside
from actions.forms.term_inside import answer_term_inside
from actions.plans.area_summed import with_area_summed
from actions.plans.beside_questions import (
    answer_one_part,
    answered_apart,
    answered_beside,
    answers_yes_or_no,
    asks_if_counts,
    is_plain_answer,
    with_matter,
)
from actions.plans.between import answer_service_inside
from actions.plans.dates import names_start
from actions.plans.fit_out import answer_wall
from actions.plans.listed import says_listed
from actions.plans.orders import OrderedForm
from actions.plans.stands import asks_end_of_plan, say_end, say_whole_limit
from actions.plans.told_apart import say_told, told_apart, without_told
from actions.plans.topics import asks_only_why, says_of_plan
from actions.plans.turn import behind_taking_up, with_other_trade
from actions.questions.each_question import as_one
from actions.questions.fine_between import answer_fine_between
from actions.questions.found_question import (
    clear_question,
    says_likeliest,
)
from actions.questions.judged import answer_judged_inside
from actions.questions.misread import is_question_instead
from actions.steering.steer import WORTH_A_TRY
from actions.trades.any_opening import says_of_any_opening
from actions.trades.running import stops_opening
from actions.turns.context import BOOKS
from actions.turns.focus import read_focus
from actions.turns.intent_groups import CASES
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.services.words.form_remarks import (
    corrects_note,
    leaves,
    says_that_is_all,
    takes_back,
)
from bot.services.words.listing import insists, said_instead
from bot.services.words.matter_remarks import asks_whether_needed, insists_on_place
from bot.services.words.plan_remarks import begins_too_soon
from bot.services.words.remarks import asks_why, clauses

TRADE_UNKNOWN = "utter_start_business_trade_unknown"
"""What is said to a text in which no trade is found; it may tell of something else."""


DISPUTE = "dispute_answer"
"""Intent of a doubt in what we say; what we noted is mended in the form."""


class ValidatePlanForm(OrderedForm):
    """A form that asks only what still changes its plan."""

    def _read(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Hear what only tells before anything is read as an answer."""
        turn = with_area_summed(with_other_trade(behind_taking_up(turn)))
        if stops_opening(turn):  # a rule answers, and leaves the form
            return [SlotSet("requested_slot", turn.requested)]
        opened = next(
            (q for q in self.questions(turn, turn.slots) if q.slot == turn.requested), None
        )
        if heard := told_apart(turn, opened, self.told):
            if not says_of_plan(turn, say):  # 村里说先盖着没事
                say_told(turn, heard, say)
            return super()._ask_again(turn, say)
        return self._read_meant(without_told(turn, opened, self.told), opened, say)

    def _read_meant(
        self, turn: Turn, opened: Question | None, say: CollectingDispatcher
    ) -> list[EventType]:
        """Take a day to start on for itself, never for an answer to the open question."""
        if rest := rest_denied(turn, self.questions(turn, turn.slots), self.told):
            return self._accept(turn, rest, say, None)  # 雇九个司机 别的都没有
        if done := self._read_ordered(turn, opened, say):
            return done
        if done := self._say_listed(turn, say) or self._read_apart(turn, say):
            return done
        if turn.intent == BOOKS and takes_help(turn):  # 后天上午行不, right after help was offered
            return [SlotSet("requested_slot", turn.requested)]
        if names_start(turn):
            told = {k: v for k, v in self.told(turn).items() if turn.slots.get(k) is None}
            return self._accept(turn, told, say, None)
        if turn.intent == "ask_deferral" and begins_too_soon(turn.text):
            turn = replace(turn, intent="ask_eligibility")
        if turn.intent == DISPUTE and corrects_note(turn.text) and self.told(turn):
            turn = replace(turn, intent="inform")  # 你记错了 不是新建 是老车间改造
        if turn.intent in CASES and is_question_instead(turn):  # 是不是不用审图
            turn = replace(turn, intent="ask_eligibility", confidence=WORTH_A_TRY)
        return self._keep_stated(turn, super()._read(turn, say), say)

    def _keep_stated(
        self, turn: Turn, done: list[EventType], say: CollectingDispatcher
    ) -> list[EventType]:
        """Take what is told beside a question that a rule answers: 不存危险品 仓库也要环评?."""
        if turn.intent not in QUESTION_INTENTS or not is_left_to_rules(done):
            return done
        stated = stated_beside(turn, self.questions(turn, turn.slots), self.told)
        answered = answered_by_rule(turn, say) if stated else None
        if answered is None:
            return done
        return [*answered, *self._accept(turn, stated, say, None)]

    def _say_listed(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say what is to be done as things stand, and take what is told beside; [] for no wish."""
        if turn.intent == "go_back" and insists(turn.text):
            return self._say_insisted(turn, say)
        told = new_told(self.told(turn), turn.slots, replaces=True)
        if not says_listed(turn, told, say):
            return []
        return self._accept(turn, told, say, None) if told else super()._ask_again(turn, say)

    def _say_insisted(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Answer what is asked once more, and take the name beside: 东昌府 我问能不能改成幼儿园."""
        found, rest = bare_beside(turn, self.questions(turn, turn.slots))
        asked = replace(as_one(turn, rest), intent="ask_eligibility", confidence=WORTH_A_TRY)
        done = answer_one_part(asked, say)
        if not found:
            return [*done, *super()._ask_again(turn, say)]
        return [*done, *self._accept(turn, found, say, None)]

    def _read_apart(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take the clauses that only answer, then read the rest; [] where it is not read here."""
        if not may_tell_more(turn):
            return []
        questions = self.questions(turn, turn.slots)
        found, rest = bare_beside(turn, questions)
        if not found:
            return []
        n_said = len(say.messages)
        acknowledge(questions, turn.slots, found, None, say)
        derived = dict(self.accepted(turn, turn.slots, found, say))
        now = replace(as_one(turn, rest), slots={**turn.slots, **derived})
        missing = self.missing(now, now.slots)
        now = replace(now, requested=missing.slot if missing else None)
        done = self._read(now, say)
        if is_left_to_rules(done):
            del say.messages[n_said:]
            return []
        kept = [SlotSet(name, value) for name, value in derived.items()]
        return [*kept, *done]

    def _steer(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType] | None:
        """Say beside the questions what the plan holds of an area that is asked about."""
        if turn.choice is None and says_that_is_all(turn.text):
            return self._skip_rest(turn, say)
        aside = answer_judged_inside(turn, say)  # 为啥不行啊, behind a name that was refused
        aside = aside or answer_wall(turn, say) or answer_term_inside(turn, opened, say)
        aside = aside or answer_fine_between(turn, say)
        if wall := aside or answer_service_inside(turn, say) or says_of_any_opening(turn, say):
            return [*wall, *self._ask_again(turn, say)]
        is_lone = len(clauses(turn.text)) == 1 or bool(self.told(turn))  # 要多久，我明天再来
        if is_lone and asks_end_of_plan(turn):
            return self._say_end(turn, say)
        if says_of_plan(turn, say):
            return self._ask_again(turn, say)
        is_else = any(map(leaves, clauses(turn.text)[:-1]))  # 先不办了 就问人防费要交吗
        is_else |= app().dialogue_words.danger.are_in(turn.text)
        is_else |= asks_why(turn.text) and asks_only_why(turn)  # 为啥问这个
        is_else |= insists_on_place(turn.text)  # 嗐就大槐树底下嘛
        tells = self._tells(turn) or answers_yes_or_no(turn, opened)
        is_named = tells and turn.entity("matter") is not None
        # 俺自家平房弄三间民宿也得特行证啊
        is_whether = is_named and asks_whether_needed(turn.text)
        if is_named and (is_whether or clear_question(turn) is not None):
            tells = False  # 企业投资项目备案要交可研吗 says nothing of who invests
        is_free = turn.choice is None and not asks_if_counts(turn, questions)
        is_plain = opened is not None and is_plain_answer(turn, opened)
        n_said = len(say.messages)
        done = answered_apart(turn, say, tells=tells) if is_free and not is_else else None
        if done is None and not is_else:
            done = answered_beside(turn, say, tells=tells, is_meant=is_free and not is_plain)
        if done is not None:
            done = with_matter(turn, done, say.messages[n_said:])
            return [*done, *self._ask_again(turn, say)]
        done = super()._steer(turn, questions, opened, say)
        return None if done is None else with_matter(turn, done, say.messages[n_said:])

    def _ask_again(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Take what stands beside a question that was answered: 公司吧，水光针能做吗."""
        stated = stated_beside(turn, self.questions(turn, turn.slots), self.told)
        stated |= self._given_up(turn)  # 不卖烟了 光卖饮料辣条啥的呢
        return self._accept(turn, stated, say, None) if stated else super()._ask_again(turn, say)

    def _say_end(self, turn: Turn, say: CollectingDispatcher) -> list[EventType]:
        """Say when all is done as the answers stand, those of this text among them."""
        told = new_told(self.told(turn), turn.slots, replaces=True)
        journey = str(read_focus(turn).journey)
        say_whole_limit({**turn.slots, **told}, journey, say)
        say_end({**turn.slots, **told}, journey, say, is_open=True)
        return self._accept(turn, told, say, None) if told else super()._ask_again(turn, say)

    def answers_beside(
        self,
        turn: Turn,
        questions: Sequence[Question],
        opened: Question | None,
        *,
        replaces: bool = False,
    ) -> dict[str, Any]:
        """Return what the text answers by the way, with what it gives up: 那咖啡不做了."""
        found = super().answers_beside(turn, questions, opened, replaces=replaces)
        return {**found, **self._given_up(turn)}

    def _given_up(self, turn: Turn) -> Mapping[str, Any]:
        """Return the answers that a question takes back beside what it asks."""
        parts = [part for part in clauses(turn.text) if takes_back(part)]
        # 不是财政的钱 是老板自己投资 流程还一样不
        parts = [*said_instead(turn.text), *parts]
        if turn.choice is not None or not parts:
            return {}
        told = self.told(replace(turn, text=parts[0], entities=()))
        return {
            slot: value for slot, value in told.items() if turn.slots.get(slot) not in {None, value}
        }

    def _refuse(
        self,
        turn: Turn,
        problem: Problem,
        opened: Question | None,
        say: CollectingDispatcher,
    ) -> list[EventType]:
        """Answer what a text that answers nothing may ask of the plan, before it is refused."""
        is_free = problem == unanswered(turn) or problem.response == TRADE_UNKNOWN
        if is_free and (answer_change_told(turn, say) or says_likeliest(turn, say)):
            return self._ask_again(turn, say)
        return super()._refuse(turn, problem, opened, say)
