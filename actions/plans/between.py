"""Answers between two questions of a plan what its matters do not tell: 这几个阶段都谁牵头."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.licences.licence_lent import answer_lent
from actions.projects.type_told import kinds_named
from actions.questions.gone_on_words import answer_gone_on_words
from actions.questions.kinds_compared import answer_kinds_compared
from actions.steering.asides import SURE_FIT, say_service_question, sure_service_question
from actions.turns.focus import JOURNEY_FORMS, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.facts import Faq
from bot.services.words.matter_remarks import asks
from bot.services.words.money import asks_of_loan
from bot.services.words.remarks import clauses

FITS = 0.45
"""How well a question of a project must fit that speaks of the whole procedure."""

PROJECT = "plan_project_form"

_PROCEDURE = re.compile(
    "阶段|主流程|全流程|全过程|[每各几]一?(?:步|关)[^，,。]{0,3}(?:归|谁|哪)|审批(?:一共|总共)"
)
"""Speaks of the procedure of a project as a whole."""

FITS_SERVICE = 0.38
"""The same where a word stands that no matter of a plan has."""

_SERVICE = re.compile(
    "12345|热线|[差好]评|评价|加急费|红包|拖欠|欠[^，,。？?]{0,6}(?:货款|工程款|款|账)"
)
"""Speaks of the hotline, of ratings, or of a firm that is not paid."""

_THEN = re.compile("^(?:那|那么|嗯|对了|还有)+")


def answer_between(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what goes on with the last answer, or asks of a licence lent; no events for else."""
    first = answer_lent(turn, say) or answer_kinds_compared(turn, say)
    return first or answer_gone_on_words(turn, say)


def answer_service_inside(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question of the service file, before the days of the plan: 打12345几天给答复.

    No events where nothing of it is asked.
    """
    faq = _of_services(turn)
    if faq is None:
        return []
    say_service_question(faq, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _of_services(turn: Turn) -> Faq | None:
    """Return the question of the service file that is asked beside the plan; None for none."""
    is_free = turn.loop in JOURNEY_FORMS.values() and turn.choice is None and bool(turn.text)
    if not is_free or turn.entity("matter") or turn.entity("policy"):
        return None
    if asks_of_loan(turn.text):
        return None  # 利息国家给出一半还是全部 asks of no firm that is not paid
    if kinds_named(turn):  # 简易低风险项目全流程多少个工作日
        return None
    said = _THEN.sub("", clauses(turn.text)[-1])
    is_whole = turn.loop == PROJECT and _PROCEDURE.search(said) is not None
    least = FITS if is_whole else SURE_FIT
    least = FITS_SERVICE if _SERVICE.search(said) and asks(said) else least
    if least != SURE_FIT:
        asked = app().service_finder.asked(said)
    else:
        asked = None if sure_matter(turn.text) else sure_service_question(turn, SURE_FIT)
    is_known = asked is not None and asked.faq in app().catalogue.service_questions
    return asked.faq if is_known and asked is not None and asked.score >= least else None
