"""What the journeys that end in a plan have in common."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.bookings.wishes import takes_help
from actions.changes.change_told import answer_change_told
from actions.finding.any_matter import answer_of_any
from actions.finding.matter_answer import say_answer
from actions.finding.not_meant import not_meant
from actions.forms.patience import unanswered
from actions.forms.question import AREA, Problem, Question, Value, acknowledge
from actions.forms.reading import answers_wholly, new_told
from actions.forms.rest_denied import rest_denied
from actions.forms.rule_answers import answered_by_rule, is_left_to_rules
from actions.forms.stated_beside import bare_beside, may_tell_more, stated_beside
from actions.funding.between import searched_between
from actions.licences.paper_asked import answer_paper
from actions.plans.area import (
    answer_area,
    is_of_area,
    matter_in_question,
    says_question_of_area,
    says_where_wanted,
)
from actions.plans.area_summed import with_area_summed
from actions.plans.asked import answer_plan_question, answer_whole_plan
from actions.plans.between import answer_between, answer_service_inside
from actions.plans.dates import names_start
from actions.plans.fit_out import answer_wall
from actions.plans.listed import says_listed
from actions.plans.matter import (
    matter_asked,
    named_in_question,
    points_at_spoken,
    say_asked,
    says_who_approves,
    thing_asked_after,
)
from actions.plans.orders import OrderedForm
from actions.plans.planned import planned_matters
from actions.plans.stands import asks_end_of_plan, say_end, say_whole_limit
from actions.plans.told_apart import say_told, told_apart, without_told
from actions.plans.topics import asks_only_why, says_of_plan
from actions.plans.turn import behind_taking_up, with_other_trade
from actions.projects.type_told import tell_project_type
from actions.questions.each_question import answer_each_inside, as_one
from actions.questions.faq_asked import answers_change, answers_faq_inside, asks_of_plan
from actions.questions.faq_said import answer_fine_repeated, matter_answered
from actions.questions.fine_between import answer_fine_between
from actions.questions.follow_ups import answer_follow_up
from actions.questions.found_question import (
    clear_question,
    is_for_another,
    nearly_exact,
    says_likeliest,
    says_whole_fit,
)
from actions.questions.joined_question import answer_clear, answer_joined
from actions.questions.matter_faqs import BY_ITSELF, asks_plain_topic, say_question
from actions.questions.misread import is_question_instead
from actions.questions.spoken_first import answer_spoken_first
from actions.questions.sure_question import says_of_kind_told, says_sure_question, sure_question
from actions.steering.best_of_all import clear_of_all
from actions.steering.steer import WORTH_A_TRY
from actions.trades.any_opening import says_of_any_opening
from actions.trades.main_licence import question_of_main
from actions.trades.needs import says_need_of_trade
from actions.trades.running import stops_opening
from actions.trades.supposed_form import answers_supposed
from actions.turns.context import BOOKS
from actions.turns.focus import on_matter, read_focus
from actions.turns.forms_named import enterprise_type_in
from actions.turns.intent_groups import CASES
from actions.turns.names import sure_matter
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.words.business import says_company
from bot.services.words.form_remarks import (
    asks_what_is_known,
    corrects_note,
    leaves,
    says_it_was_said,
    says_that_is_all,
    takes_back,
)
from bot.services.words.listing import insists, said_instead
from bot.services.words.matter_remarks import asks, asks_whether_needed, insists_on_place
from bot.services.words.plan_remarks import begins_too_soon
from bot.services.words.remarks import asks_meaning, asks_whether_one_counts, asks_why, clauses

TRADE_UNKNOWN = "utter_start_business_trade_unknown"
"""What is said to a text in which no trade is found; it may tell of something else."""

_HEDGED = re.compile("[那就还是按走算用选办弄开个户行中成好可以的了呗吧嘛先一，, ]*")
"""What stands around an answer that somebody is not sure of."""

IF = ("要是", "如果", "假如", "万一", "若是")
"""Begins what is only supposed."""

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
        done = _answer_one(asked, say)
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
        aside = answer_wall(turn, say) or answer_fine_between(turn, say)
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
        tells = self._tells(turn) or _answers_yes_or_no(turn, opened)
        is_named = tells and turn.entity("matter") is not None
        # 俺自家平房弄三间民宿也得特行证啊
        is_whether = is_named and asks_whether_needed(turn.text)
        if is_named and (is_whether or clear_question(turn) is not None):
            tells = False  # 企业投资项目备案要交可研吗 says nothing of who invests
        is_free = turn.choice is None and not _asks_if_counts(turn, questions)
        is_plain = opened is not None and _is_plain_answer(turn, opened)
        n_said = len(say.messages)
        done = _answered_apart(turn, say, tells=tells) if is_free and not is_else else None
        if done is None and not is_else:
            done = _answered_beside(turn, say, tells=tells, is_meant=is_free and not is_plain)
        if done is not None:
            done = _with_matter(turn, done, say.messages[n_said:])
            return [*done, *self._ask_again(turn, say)]
        done = super()._steer(turn, questions, opened, say)
        return None if done is None else _with_matter(turn, done, say.messages[n_said:])

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


def _answered_apart(
    turn: Turn, say: CollectingDispatcher, *, tells: bool
) -> list[EventType] | None:
    """Answer what goes on with the last answer, a policy, each of several questions, what is sure.

    None where nothing of it is asked. What tells an answer as well is read for its last part only.
    """
    first = [] if tells else answer_spoken_first(turn, say)
    done = first or searched_between(turn, say, tells=tells)
    if done is not None:
        return done
    each = None if tells else answer_each_inside(turn, say, _answer_one)
    if each is not None:
        return each
    return _answered_part(turn, say) if tells else _answered_first(turn, say)


def _answer_one(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one of several questions as if it were the whole message."""
    done = _answered_first(turn, say)
    if done is None:
        done = _answered_beside(turn, say, tells=False, is_meant=True)
    if done is None and turn.intent in QUESTION_INTENTS:
        done = answered_by_rule(turn, say)
    return done or []


def _answered_first(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what is asked beyond doubt, or of what was spoken of; None for neither."""
    if app().dialogue_words.danger.is_over(turn.text):
        return None  # 没事了，消防来看过了
    if (own := says_need_of_trade(turn, say)) is not None:
        return _talked_about(own)
    if says_of_kind_told(turn, say) or says_where_wanted(turn, say, is_first=True):
        return []
    if paper := answer_paper(turn, say) or answer_between(turn, say):
        return paper
    if tell_project_type(turn, say, is_named=True) or answer_whole_plan(turn, say):
        return []
    if fine := answer_fine_repeated(turn, say):
        return fine
    sure = question_of_main(turn) or clear_of_all(turn)
    if sure is not None:
        say_question(turn, sure, say)
        return _talked_about(sure.matter)
    clear = answer_clear(turn, say) or answer_of_any(turn, say)  # 食品证能加急不
    if clear:
        return clear
    if _says_area_first(turn, say):
        return _talked_about(matter_in_question(turn))
    return answer_follow_up(turn, say) or answer_clear(turn, say, is_last=True) or None


def _answered_part(turn: Turn, say: CollectingDispatcher) -> list[EventType] | None:
    """Answer what the last part of a text asks beyond doubt beside what it tells; None for none.

    "两千三百平 消防那个检查不做先开门会咋罚" is about that check, and about no other of the plan.
    """
    *told, last = clauses(turn.text) or [turn.text]
    sure = clear_of_all(as_one(turn, last)) if told and asks(last) else None
    if sure is None:
        return None
    say_question(turn, sure, say)
    return _talked_about(sure.matter)


def _answered_beside(
    turn: Turn, say: CollectingDispatcher, *, tells: bool, is_meant: bool
) -> list[EventType] | None:
    """Answer what is asked of the plan in the making, or of a matter beside it; None for neither.

    Args:
        turn: The message.
        say: Where it is said.
        tells: The text answers a question of the form as well.
        is_meant: It may ask one of the catalogue.
    """
    if not (tells and not asks(turn.text)) and tell_project_type(turn, say):
        return []  # 就算小型低风险那类吧 answers
    if is_meant and _answers_question(turn, say, tells=tells):
        return _talked_about(named_in_question(turn))
    again = answer_joined(turn, say, is_last=True) if is_meant and not tells else []
    if again:
        return again
    if answers_beside_questions(turn, say):
        return _talked_about(matter_in_question(turn))
    asked = matter_asked(turn)
    if asked is not None:
        say_asked(turn, asked, say)
        return _talked_about(asked)
    if (thing := thing_asked_after(turn)) is not None:
        say_answer("eligibility", thing, say)
        return _talked_about(thing)
    return (None if tells else says_who_approves(turn, say)) or None


def _with_matter(
    turn: Turn, done: list[EventType], messages: Sequence[Mapping[str, Any]]
) -> list[EventType]:
    """Return what was done with the matter whose question was answered: 没弄会怎么样 means it."""
    is_answered = any(one.get("answer") for one in messages)
    if not is_answered or any(event.get("name") == "matter_id" for event in done):
        return done
    near = planned_matters({**turn.slots, "journey": read_focus(turn).journey})
    return [*done, *_talked_about(matter_answered(messages, near))]


def _talked_about(matter: Matter | None) -> list[EventType]:
    return [] if matter is None else on_matter(matter, "eligibility")


def _is_plain_answer(turn: Turn, opened: Question) -> bool:
    """Tell whether a text only answers the open question, however unsure: "个体就行吧"."""
    named = turn.entity(opened.entity) if opened.entity else None
    if named is None or _HEDGED.fullmatch(turn.text.replace(named, "", 1)) is None:
        return False
    return isinstance(opened.parse(turn), Value)


def _says_area_first(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what the plan holds of an area, unless a question of one of its matters is asked.

    "公安那边要备案不" is not about what is filed with the health office.
    """
    area = app().dialogue_words.area_in(turn.text)
    if area is None:
        return False
    asked = sure_question(turn)
    if asked is not None:
        leads = app().catalogue.departments[asked.matter.department_id].name
        if is_of_area(asked.matter, leads, app().dialogue_words.areas[area]):
            return False
    return says_question_of_area(turn, say) or answer_area(turn, say)


def _answers_yes_or_no(turn: Turn, opened: Question | None) -> bool:
    """Tell whether a text that asks nothing answers what is open: "招牌三米宽"."""
    if opened is None or not opened.yes_no or turn.choice is not None:
        return False
    return not asks(turn.text) and answers_wholly(turn, opened)


def _asks_if_counts(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether it is asked if something counts as an answer: "补贴的也算政府投资吗"."""
    options = [q for q in questions if not q.slot.endswith(AREA)]  # 那算面积不 asks of the rules
    named = any(question.is_called(turn.text) for question in options)
    is_project = turn.loop == "plan_project_form"
    return is_project and named and asks_whether_one_counts(turn.text)


def _answers_question(turn: Turn, say: CollectingDispatcher, *, tells: bool) -> bool:
    """Answer a question that the catalogue holds on the plan in the making; False for none.

    What tells an answer beside its question is left to be read whole.
    """
    if asks_what_is_known(turn.text) or says_it_was_said(turn.text):  # 我填的面积多少
        return False
    if turn.entity("enterprise_type") and asks_meaning(turn.text):  # 啥叫个体户啊，俺不懂
        return False
    if answers_change(turn, say):
        return True
    if _asks_topic_of_named(turn):
        return False
    if says_sure_question(turn, say) or (not tells and _says_nearly_exact(turn, say)):
        return not tells
    if points_at_spoken(turn):  # 这个证一年一审吗 is about no other
        return False
    if tells and turn.text.startswith(IF) and asks(turn.text) and _says_matter(turn, say):
        return True  # 要是租个三十平的门脸就不一样了是吧 tells no area
    is_form_named = says_company(turn.text) or enterprise_type_in(turn.text) is not None
    is_meant = asks_of_plan(turn) and not tells and not is_form_named
    return (is_meant and answers_faq_inside(turn, say, BY_ITSELF)) or answers_supposed(turn, say)


def _asks_topic_of_named(turn: Turn) -> bool:
    """Tell whether a plain topic is asked of a matter named, or of all: 执照一天能下来不."""
    is_named = sure_matter(turn.entity("matter")) is not None
    is_named |= app().dialogue_words.means_whole(turn.text)  # 那一共要等多久
    return is_named and bool(app().dialogue_words.topics_in(turn.text)) and asks_plain_topic(turn)


def _says_nearly_exact(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a question beside the plan that is asked nearly in the catalogue's words.

    "火锅店用瓶装液化气，手续上有啥要求" is about no step of the plan. False for none.
    """
    is_asked = asks(turn.text) and not asks_plain_topic(turn)
    asked = nearly_exact(turn) if is_asked else None
    if asked is None or is_for_another(turn.text, asked.matter):
        return False
    if asked.matter.id in not_meant(turn):
        return False  # 离学校多远, of a trade that is no net café
    say_question(turn, asked, say)
    return True


def _says_matter(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say who needs the matter that a text means for sure, or what it asks; False for none."""
    matter = sure_matter(turn.text)
    if matter is None:
        return says_whole_fit(turn.text, turn, say)  # 要是租个三十平的小门头堂食呢
    say_answer("eligibility", matter, say)
    return True


def answers_beside_questions(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked about the plan while it is being made; False for nothing."""
    return answer_plan_question(turn, say) or answer_area(turn, say)
