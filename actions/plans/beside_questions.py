"""What is answered beside the questions of a plan: a part of a message, a matter, a point of it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.any_matter import answer_of_any
from actions.finding.matter_answer import say_answer
from actions.finding.not_meant import not_meant
from actions.forms.question import AREA, Question, Value
from actions.forms.reading import answers_wholly
from actions.forms.rule_answers import answered_by_rule
from actions.funding.between import searched_between
from actions.licences.paper_asked import answer_paper
from actions.plans.area import (
    answer_area,
    is_of_area,
    matter_in_question,
    says_question_of_area,
    says_where_wanted,
)
from actions.plans.asked import answer_plan_question, answer_whole_plan
from actions.plans.between import answer_between
from actions.plans.matter import (
    matter_asked,
    named_in_question,
    points_at_spoken,
    say_asked,
    says_who_approves,
    thing_asked_after,
)
from actions.plans.planned import planned_matters
from actions.projects.type_told import tell_project_type
from actions.questions.each_question import answer_each_inside, as_one
from actions.questions.faq_asked import answers_change, answers_faq_inside, asks_of_plan
from actions.questions.faq_said import answer_fine_repeated, matter_answered
from actions.questions.follow_ups import answer_follow_up
from actions.questions.found_question import (
    is_for_another,
    nearly_exact,
    says_whole_fit,
)
from actions.questions.joined_question import answer_clear, answer_joined
from actions.questions.matter_faqs import BY_ITSELF, asks_plain_topic, say_question
from actions.questions.service_question import says_of_kind_told
from actions.questions.spoken_first import answer_spoken_first
from actions.questions.supposed_on import answer_supposed_on
from actions.questions.sure_question import says_sure_question, sure_question
from actions.steering.best_of_all import clear_of_all
from actions.trades.main_licence import question_of_main
from actions.trades.needs import says_need_of_trade
from actions.trades.supposed_form import answers_supposed
from actions.turns.focus import on_matter, read_focus
from actions.turns.forms_named import enterprise_type_in
from actions.turns.names import sure_matter
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.services.words.business import says_company
from bot.services.words.form_remarks import (
    asks_what_is_known,
    says_it_was_said,
)
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import asks_meaning, asks_whether_one_counts, clauses

_HEDGED = re.compile("[那就还是按走算用选办弄开个户行中成好可以的了呗吧嘛先一，, ]*")
"""What stands around an answer that somebody is not sure of."""


IF = ("要是", "如果", "假如", "万一", "若是")
"""Begins what is only supposed."""


def answered_apart(turn: Turn, say: CollectingDispatcher, *, tells: bool) -> list[EventType] | None:
    """Answer what goes on with the last answer, a policy, each of several questions, what is sure.

    None where nothing of it is asked. What tells an answer as well is read for its last part only.
    """
    first = [] if tells else answer_spoken_first(turn, say)
    done = first or searched_between(turn, say, tells=tells)
    if done is not None:
        return done
    each = None if tells else answer_each_inside(turn, say, answer_one_part)
    if each is not None:
        return each
    return _answered_part(turn, say) if tells else _answered_first(turn, say)


def answer_one_part(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer one of several questions as if it were the whole message."""
    done = _answered_first(turn, say)
    if done is None:
        done = answered_beside(turn, say, tells=False, is_meant=True)
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
    followed = answer_follow_up(turn, say) or answer_clear(turn, say, is_last=True)
    return followed or answer_supposed_on(turn, say) or None


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


def answered_beside(
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


def with_matter(
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


def is_plain_answer(turn: Turn, opened: Question) -> bool:
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


def answers_yes_or_no(turn: Turn, opened: Question | None) -> bool:
    """Tell whether a text that asks nothing answers what is open: "招牌三米宽"."""
    if opened is None or not opened.yes_no or turn.choice is not None:
        return False
    return not asks(turn.text) and answers_wholly(turn, opened)


def asks_if_counts(turn: Turn, questions: Sequence[Question]) -> bool:
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
