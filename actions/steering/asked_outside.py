"""Answers what is asked where no form is open: of a trade, for sure, of what is talked about."""

from collections.abc import Callable, Iterable

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.changes.event_asked import answer_of_event
from actions.finding.any_matter import answer_of_lent
from actions.finding.not_listed import says_held_not_listed
from actions.funding.asked import answer_policy_by_name, answer_policy_question
from actions.funding.places import answer_policy_asked
from actions.licences.held_licence import answer_held
from actions.licences.held_several import answer_held_several
from actions.licences.how_often import answer_how_often
from actions.licences.licence_got import answer_licence_got
from actions.licences.licence_law import answer_law
from actions.licences.licence_lent import answer_lent
from actions.licences.licence_mended import answer_mended
from actions.licences.lost_told import answer_lost
from actions.licences.other_office import says_of_other_office
from actions.licences.paper_asked import answer_line, answer_paper
from actions.licences.paper_source import answer_source
from actions.licences.small_pleaded import answer_plea
from actions.licences.staff_enrolled import answer_by_when_enrolled
from actions.plans.area import answer_area_of_trade
from actions.projects.asked import answer_of_project
from actions.projects.small_asked import answer_if_small
from actions.projects.type_told import tell_project_type
from actions.questions.by_words import do_by_words
from actions.questions.each_question import Answer, answer_each
from actions.questions.echoed import (
    answer_amount_told,
    answer_case_told,
    answer_echo,
    answer_inside_told,
)
from actions.questions.faq_said import answer_fine_said, answer_measured, answer_renewal_said
from actions.questions.follow_ups import answer_follow_up
from actions.questions.for_another import answer_for_another
from actions.questions.found_question import found_question
from actions.questions.gone_on import answer_gone_on
from actions.questions.gone_on_words import answer_gone_on_words, answer_owed
from actions.questions.joined_question import NEARLY_REPEATED, answer_joined
from actions.questions.judged import answer_judged
from actions.questions.kinds_compared import answer_kinds_compared
from actions.questions.other_case import answer_other_case
from actions.questions.place_asked import answer_elsewhere
from actions.questions.service_question import answer_service_beyond_doubt, answer_service_question
from actions.questions.spoken_before import answer_before_last
from actions.questions.spoken_first import answer_spoken_first
from actions.questions.spoken_question import answer_spoken
from actions.questions.supposed_on import answer_supposed_on
from actions.questions.sure_question import answer_sure_question, answer_trouble, just_answered
from actions.questions.told_of_spoken import answer_told_of_spoken
from actions.steering.best_of_all import answer_without_doubt
from actions.trades.any_opening import answer_any_opening
from actions.trades.asked import answer_of_trade
from actions.trades.goods_asked import answer_goods_asked
from actions.trades.own_business import answer_of_own
from actions.trades.stall import answer_stall
from actions.turns.beside import without_denial
from actions.turns.intent_groups import CASES
from actions.turns.turn import Turn
from bot.services.words.story import asks_progress

NOT_RECORDED = frozenset({"utter_matters_not_recorded", "utter_plan_not_recorded"})
"""Responses that say that the catalogue holds nothing on a question."""


Reader = Callable[[Turn, CollectingDispatcher], list[EventType]]
"""Answers a message, or returns no events."""

GOING_ON: tuple[Reader, ...] = (
    answer_elsewhere,
    answer_kinds_compared,
    answer_licence_got,
    answer_gone_on_words,
    answer_owed,
    answer_for_another,
)
"""What goes on with the last answer, with something in hand."""

TOLD: tuple[Reader, ...] = (
    answer_plea,
    answer_by_when_enrolled,
    answer_lost,
    says_of_other_office,
    answer_stall,
    answer_goods_asked,
    answer_told_of_spoken,
    says_held_not_listed,
    answer_of_lent,
)
"""What is told of oneself, of another office, of something that one has or lends."""

BEGUN: tuple[Reader, ...] = (
    answer_if_small,
    answer_spoken_first,
    answer_of_own,
    answer_of_trade,
    answer_of_project,
    answer_any_opening,
    answer_of_event,
)
"""What goes on with the matter spoken of, or is asked before a business or a building is begun."""

OF_LAST_ANSWER: tuple[Reader, ...] = (
    answer_judged,
    answer_gone_on,
    answer_law,
    answer_other_case,
    answer_how_often,
    answer_fine_said,
    answer_renewal_said,
    answer_inside_told,
    answer_amount_told,
    answer_case_told,
    answer_line,
    answer_supposed_on,
)
"""What is asked of the last answer and its record."""

BEYOND_DOUBT: tuple[Reader, ...] = (
    answer_source,
    answer_measured,
    answer_service_beyond_doubt,
    answer_held,
    answer_without_doubt,
    answer_policy_question,
)
"""What is asked for sure, in this order."""


GENERAL: tuple[Reader, ...] = (answer_service_question, do_by_words, answer_policy_by_name)
"""What is asked of our services, what words alone order, and policies by their names."""


def _nearly_repeated(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a few words that nearly repeat a question together with the sentence before."""
    return answer_joined(turn, say, least=NEARLY_REPEATED)


OF_SPOKEN: tuple[Reader, ...] = (
    answer_paper,
    answer_area_of_trade,
    _nearly_repeated,
    answer_spoken,
    answer_joined,
)
"""What is asked of the matter or the trade spoken of."""


def _spoken_at_last(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question of the matter spoken of that fits less well."""
    return answer_spoken(turn, say, is_last=True)


def _joined_at_last(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question that fits less well, together with the sentence before."""
    return answer_joined(turn, say, is_last=True)


AT_LAST: tuple[Reader, ...] = (
    _spoken_at_last,
    _joined_at_last,
    answer_trouble,
    answer_echo,
    answer_before_last,
)
"""What is tried before anything is said not to be recorded."""


def answer_asked(turn: Turn, say: CollectingDispatcher, answer_one: Answer) -> list[EventType]:
    """Answer what is asked of what is talked about, of a policy or for sure; no events for none.

    That nothing is recorded is said only where none of them knows an answer.

    Args:
        turn: The message.
        say: Where it is said.
        answer_one: Answers one of several questions as if it were the whole message.
    """
    if turn.intent in CASES and asks_progress(turn.text):
        return []  # 食品证走到哪步了 编号那张纸找不着了
    held = _first(GOING_ON, turn, say) or answer_mended(turn, say, answer_one)
    turn = without_denial(turn)
    held = held or _first(TOLD, turn, say) or answer_held_several(turn, say, answer_one)
    if held := held or answer_lent(turn, say):
        return held
    if each := _first(BEGUN, turn, say) or _first(OF_LAST_ANSWER, turn, say):
        return each
    each = answer_without_doubt(turn, say, is_whole=True) or answer_each(turn, say, answer_one)
    if each := each or _first(BEYOND_DOUBT, turn, say):
        return each
    if tell_project_type(turn, say, is_named=True):
        return [SlotSet("focus", turn.slots.get("focus"))]
    if spoken := _first(GENERAL, turn, say) or _first(OF_SPOKEN, turn, say):
        return spoken
    kept = CollectingDispatcher()
    followed = answer_follow_up(turn, kept)
    is_known = followed and not any(one.get("response") in NOT_RECORDED for one in kept.messages)
    if is_known:
        say.messages.extend(kept.messages)
        return followed
    again, found = just_answered(turn), found_question(turn)  # 从来没欠过工资，能少交点不
    known = [] if again or found else answer_policy_asked(turn, say)
    known = known or answer_sure_question(turn, again, found, say)
    known = known or _first(AT_LAST, turn, say)
    if followed and not known:
        say.messages.extend(kept.messages)
    return known or followed


def _first(readers: Iterable[Reader], turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Return what the first reader does that knows an answer; no events where none does."""
    return next((done for read in readers if (done := read(turn, say))), [])
