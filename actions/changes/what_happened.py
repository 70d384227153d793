"""Answers what is to be done after something happened: a change, a lapse, somebody who left."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.changes.capital_changed import answer_capital
from actions.changes.change_follows import answer_what_follows
from actions.changes.life_events import offer_plan
from actions.changes.place_moved import districts_named
from actions.finding.matter_answer import say_answer
from actions.licences.lapsed import answer_lapsed
from actions.questions.found_question import clear_question
from actions.questions.matter_faqs import utter
from actions.turns.focus import on_matter, read_focus
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.services.plans.life_events import ADDRESS, OPERATOR
from bot.services.words.matter_remarks import asks
from bot.services.words.place_moved import says_from_to
from bot.services.words.situations import heir_goes_on
from bot.services.words.staff import asks_to_report_leaving

PLACES = 2
"""Of a move: from where, and to where."""

DEATH = "去世"
"""Word of the question on the shop of who died."""

STAFF = "si-change"
"""Matter by which who is employed, or no longer, is reported."""

OF_STAFF = frozenset({STAFF, "si-employer"})
LEAVING = "离职"
"""Word of the question on how soon that has to be done."""

TO_REPORT = "停社保"
"""What is wanted for somebody who has left, where the talk is about nothing else."""


def answer_what_happened(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what follows from what a text tells; no events for nothing."""
    done = answer_what_follows(turn, say) or answer_lapsed(turn, say)
    done = done or answer_capital(turn, say) or answer_left_staff(turn, say)
    return done or answer_heir(turn, say)


def answer_moved(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Plan a move that is told with both places and asks nothing: 打茌平挪去高唐."""
    is_told = turn.loop is None and turn.choice is None and says_from_to(turn.text)
    if not is_told or len(districts_named(turn.text)) != PLACES or asks(turn.text):
        return []
    event = app().life_events.find(turn.text)
    move = app().life_events.of_matter(ADDRESS)
    return [] if event is None or event != move else offer_plan(turn, event, say)


def answer_heir(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how the shop of who died goes on, and offer its plan: 俺爹没了 照上还是他."""
    event = app().life_events.of_matter(OPERATOR)
    if turn.loop is not None or turn.choice is not None or not heir_goes_on(turn.text):
        return []
    matter = app().catalogue.matter(OPERATOR)
    faq = next((one for one in matter.faqs if DEATH in one.question), None)
    if event is None or faq is None:
        return []
    utter(faq_answer(faq, matter), say)
    return [*on_matter(matter, "eligibility"), *offer_plan(turn, event, say)]


def answer_left_staff(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say how a firm reports who has left, and how soon: 有一个干一星期不干了 咋给他停."""
    if turn.loop is not None or turn.choice is not None or not asks(turn.text):
        return []
    spoken = read_focus(turn).matter
    is_spoken = spoken is not None and spoken.id in OF_STAFF
    said = f"{turn.text} {TO_REPORT}" if is_spoken else turn.text
    if not asks_to_report_leaving(said) or clear_question(turn) is not None:
        return []
    matter = app().catalogue.matter(STAFF)
    faq = next((one for one in matter.faqs if LEAVING in one.question), None)
    say_answer("procedure", matter, say)
    if faq is not None:
        utter(faq_answer(faq, matter), say)
    return on_matter(matter)
