"""What is said when an answer cannot be used: the reason, then examples and a way on."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.finding.no_matter import says_general
from actions.forms.question import Problem, Question, explain_question
from actions.forms.reading import SURE
from actions.steering.heard import HEARD, response_to
from actions.trades.start_answers import DISTRICT
from actions.turns.focus import JOURNEY_FORMS, PLANNING
from actions.turns.history import last_responses
from actions.turns.intent_groups import SERVICE_INTENTS
from actions.turns.turn import ANSWER_INTENTS, Turn
from bot.documents.labels import PERSON, SKIP
from bot.services.words.form_remarks import tells_of_own
from bot.services.words.matter_remarks import asks, insists_on_place
from bot.services.words.plain_fact import tells_fact
from bot.services.words.remarks import is_babble
from bot.services.words.rooms_told import does_told, may_matter, rooms_told, tells_of_land

CANNOT_TELL = "utter_common_cannot_tell"

CANNOT_SKIP = "utter_common_cannot_skip"

REASONED = frozenset({"whistle_form"})
"""Forms that say what an answer is for, and what else does, before it cannot be left out."""

STARTS = JOURNEY_FORMS["start_business"]
"""Form in which it may be told what is done there."""

NODS = frozenset(
    {"utter_plan_heard", "utter_start_business_heard_does", "utter_start_business_heard_rooms"}
)
"""Said to what is told of a business or a site; nothing was answered wrongly."""

BUILDS = JOURNEY_FORMS["plan_project"]
"""Form in which it may be told whose land it is, and what is spent."""

TELLING = PLANNING | {"apply_form", "policy_form"}
"""Forms between whose questions people tell how things stand with their business."""

UNMATCHED = frozenset({CANNOT_SKIP, "utter_policy_pick_option"})
"""Problems of what fits no option, which a remark need not: 跑了三趟了."""

PATIENCE = 2
"""From this many useless answers in a row on, examples, skipping and a person are offered."""


def unanswered(turn: Turn) -> Problem:
    """Return the problem of a text that does not answer: out of scope, a question, or unclear."""
    if turn.loop in JOURNEY_FORMS.values() and tells_of_own(turn.text):
        return Problem("utter_common_not_needed")  # 我还没找好房子
    if (heard := response_to(turn)) is not None:
        return Problem(heard)  # 我腿脚不好 走不了远路
    if (nod := _nod_of_start(turn)) is not None:
        return Problem(nod)
    if turn.intent == "out_of_scope" and turn.confidence >= SURE and not is_babble(turn.text):
        return Problem("utter_common_not_mine_in_form")
    if insists_on_place(turn.text):
        return Problem("utter_common_not_an_answer")
    if asks(turn.text):
        return Problem(CANNOT_TELL)
    tells = turn.confidence >= SURE or bool(turn.entities)  # 那就先不卖酒
    is_told = turn.intent == "inform" and tells and not is_babble(turn.text)
    if is_told or (turn.loop in TELLING and tells_fact(turn.text)):  # 都在家发货
        return Problem("utter_common_not_needed")
    return Problem("utter_common_not_an_answer")


def _nod_of_start(turn: Turn) -> str | None:
    """Return what is said to what is told of a business or a site: 光洗, 三亩地; or None."""
    if turn.loop == BUILDS and tells_of_land(turn.text):  # 村头有三亩地
        return "utter_plan_heard"
    if turn.loop != STARTS or turn.requested == DISTRICT:
        return None  # 门口有棵大槐树那块儿 names no district
    if does_told(turn.text):  # 光洗 后面也给人补胎
        return "utter_start_business_heard_does"
    is_told = rooms_told(turn.text) is not None
    return "utter_start_business_heard_rooms" if is_told and may_matter(turn.text) else None


REFUSALS = frozenset(
    {"utter_common_cannot_tell", "utter_common_not_an_answer", "utter_common_not_mine_in_form"}
    | {"utter_common_out_of_scope", "utter_start_business_trade_unknown"}
)
"""Responses by which a text between two questions is refused."""


def refused_again(turn: Turn) -> Turn | None:
    """Return the turn with its failures counted, where the text before it was refused as well.

    What a rule answers counts none: 秀兰把水壶关了, and then 别闹 写作业去.
    """
    if response_to(turn) is not None:
        return turn  # is heard, and refused by nobody
    if not last_responses(turn) & REFUSALS:
        return None
    failures = max(float(turn.slots.get("form_failures") or 0), PATIENCE - 1.0)
    return replace(turn, slots={**turn.slots, "form_failures": failures})


def refuse(
    turn: Turn, problem: Problem, opened: Question | None, say: CollectingDispatcher
) -> float:
    """Say why an answer cannot be used; returns how many could not in a row."""
    if problem.response == CANNOT_TELL and says_general(turn, say):
        return 0.0  # 材料缺东西 他们几天内得告诉我, of a case
    heard = response_to(turn) if problem.response in UNMATCHED else None
    is_more = heard in HEARD or problem.response != CANNOT_SKIP  # 我不会填, 名字还没想好
    problem = Problem(heard) if heard is not None and is_more else problem
    is_heard = problem.response in HEARD | NODS
    failures = 0.0 if is_heard else float(turn.slots.get("form_failures") or 0) + 1
    if problem.response == CANNOT_SKIP and turn.loop in REASONED and opened is not None:
        explain_question(replace(opened, explain=None), turn, say)  # 还没起名字呢
    buttons = [dict(button) for button in problem.buttons]
    say.utter_message(response=problem.response, buttons=buttons, **problem.values)
    if failures >= PATIENCE and opened is not None:
        say_examples(opened, say)
    return failures


def say_examples(opened: Question, say: CollectingDispatcher) -> None:
    """Say what answers a question, with skipping and a person as ways on."""
    say.utter_message(response=opened.examples, buttons=_ways_on(opened), **opened.example_values)


def is_no_wish(turn: Turn) -> bool:
    """Tell whether a text that answers nothing is none for another service either."""
    is_unclear = turn.intent in ANSWER_INTENTS or turn.confidence < SURE
    is_heard = response_to(turn) is not None and turn.intent not in SERVICE_INTENTS
    return is_unclear or is_babble(turn.text) or is_heard


def _ways_on(opened: Question) -> list[dict[str, str]]:
    person = {"title": PERSON, "payload": "/request_agent"}
    if opened.when_unknown is None:
        return [person]
    return [{"title": SKIP, "payload": "/skip"}, person]
