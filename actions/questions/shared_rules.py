"""Says what holds on a point for all matters of a legal kind: 不干了，证要注销吗; 证到期了咋续."""

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import (
    BY_ITSELF,
    known_validity,
    says_question_among,
    to_be_named,
    utter,
)
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import Point, PointAsked, is_of_point, is_shared_on
from bot.services.words.held import tells_of_lapse

OF_ALL = frozenset({Point.PROXY, Point.RECEIPT, Point.LENT, Point.ELSEWHERE})
"""Points on which the same is said, whatever is applied for."""


def says_shared(matter: Matter, point: Point, say: CollectingDispatcher) -> bool:
    """Say what holds on a point for all matters of a legal kind; False where nothing does."""
    shared = app().catalogue.shared_questions
    known = [q.faq for q in shared if q.holds_for(matter) and is_shared_on(q.faq.question, point)]
    for faq in known:
        utter(faq_answer(faq), say)
    return bool(known)


def answer_of_all(turn: Turn, asked: PointAsked, say: CollectingDispatcher) -> list[EventType]:
    """Say what is told on a point first, where no matter is meant: 别人代办行吗; or nothing."""
    is_free = turn.loop is None and not asked.named and turn.entity("industry") is None
    if not is_free or asked.point not in OF_ALL:
        return []
    shared = (q.faq for q in app().catalogue.shared_questions)
    first = next((faq for faq in shared if is_shared_on(faq.question, asked.point)), None)
    if first is None:
        return []
    utter(faq_answer(first), say)
    say.utter_message(response="utter_matters_each_differs")
    return [SlotSet("focus", turn.slots.get("focus"))]


def say_renewal(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what is known of the renewal of a licence, and that its steps are not recorded.

    The steps of a first licence would pass for those: 理发店卫生许可证到期了 咋延期.
    """
    late = [one for one in matter.faqs if is_of_point(one.question, Point.LAPSED)]
    if late and tells_of_lapse(turn.text):
        utter(faq_answer(late[0], to_be_named(turn, matter)), say)
        return
    if says_question_among(turn.text, [matter], say, BY_ITSELF):
        return
    held = known_validity(matter)
    if held is not None:
        utter(held, say)
    says_shared(matter, Point.LAPSED, say)
    say.utter_message(response="utter_matters_renewal_not_recorded", matter=matter.name)
