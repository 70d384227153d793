"""Answers between two questions of a plan what its matters do not tell: 这几个阶段都谁牵头."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions._asides import SURE_FIT, say_service_question, sure_service_question
from actions._focus import JOURNEY_FORMS, read_focus
from actions._gone_on_words import answer_gone_on_words
from actions._licence_lent import answer_lent
from actions._names import sure_matter
from actions._turn import Turn
from bot.domain.facts import Faq
from bot.services.remarks import clauses

FITS = 0.45
"""How well a question of a project must fit that speaks of the whole procedure."""

PROJECT = "plan_project_form"

_PROCEDURE = re.compile(
    "阶段|主流程|全流程|全过程|[每各几]一?(?:步|关)[^，,。]{0,3}(?:归|谁|哪)|审批(?:一共|总共)"
)
"""Speaks of the procedure of a project as a whole."""

_THEN = re.compile("^(?:那|那么|嗯|对了|还有)+")


def answer_between(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what goes on with the last answer, or asks of a licence lent; no events for else."""
    return answer_lent(turn, say) or answer_gone_on_words(turn, say)


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
    said = _THEN.sub("", clauses(turn.text)[-1])
    if turn.loop == PROJECT and _PROCEDURE.search(said) is not None:
        asked = app().service_finder.asked(said)
        asked = asked if asked is not None and asked.score >= FITS else None
    else:
        asked = sure_service_question(turn, SURE_FIT)
        asked = None if asked and sure_matter(turn.text) else asked
    known = app().catalogue.service_questions
    return asked.faq if asked is not None and asked.faq in known else None
