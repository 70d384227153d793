"""What a message is to an open question: an answer, a correction, or something else."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.forms.question import Answer, Problem, Question, Value
from actions.steering.doubt_checked import is_check
from actions.steering.heard import tells_here
from actions.turns.beside import clause_turn
from actions.turns.intent_groups import SERVICE_INTENTS, STORIES
from actions.turns.turn import ANSWER_INTENTS, CONTROL_INTENTS, QUESTION_INTENTS, Turn
from bot.services.reading.answers import read_yes_no, read_yes_no_part
from bot.services.words.doubt import disbelieves
from bot.services.words.form_remarks import (
    confirms,
    forgets,
    leaves_to_us,
    loses_other_number,
    says_goodbye,
)
from bot.services.words.remarks import (
    asks_to_leave_out,
    clauses,
    compares_forms,
    declines,
    gives_up,
    is_babble,
    is_correction,
)
from bot.services.words.story import asks_something, doubts_an_answer, tells_hearsay, wants_person
from bot.services.words.unwished import drops_story

SURE = 0.75
"""From this confidence on an intent outweighs a text that could also be an answer."""

SURE_WISH = 0.5
"""From this confidence on a wish outweighs an open question that cannot use the text."""

VERY_SURE = 0.9
"""From this confidence on an intent outweighs a question that any text answers."""

BARE = 3
"""Characters of a yes that the words alone do not tell."""

SHORT = 14
"""Characters; a longer text tells a story when one is asked for."""

LONGEST_NAME = 10
"""Characters of the name of a shop that may sound like anything."""

_DOES = re.compile(r"^(那|就|还是|得|应该|要|想)*(办|是|要|改|换|弄|做|填|写|选|开)(成|为|个|的)?")
"""What stands before the new answer: 办公司."""

POLITE = frozenset({"greet", "goodbye", "thank"})
"""Said between answers; back after hours they say that somebody is there again."""

_PLAIN_QUESTIONS = frozenset({"ask_fee", "ask_legal_basis", "ask_office_hours", "ask_place"})
"""Questions about a matter that cannot mean an option: 法律依据是啥."""

BACK_INTENTS = POLITE | {"ask_capabilities", "chitchat", "nlu_fallback", "repeat"}


def is_digression(turn: Turn, opened: Question | None, own: Collection[str] = ()) -> bool:
    """Tell whether the message is surely none for the form: control, or another wish.

    Args:
        turn: The message.
        opened: The open question.
        own: Intents that speak of what the form is about ("改到后天" while one books).
    """
    if turn.intent in {"skip", "go_back", *own}:
        return False
    is_left = opened is not None and opened.is_optional and confirms(turn.text)
    if is_left or (opened is not None and opened.may_be_declined and declines(turn.text)):
        return False
    if turn.intent in CONTROL_INTENTS and (turn.confidence >= SURE or _doubts(turn, opened)):
        return True
    if turn.intent == "stop" and gives_up(turn.text):
        return True
    if turn.intent == "request_agent" and turn.confidence >= SURE_WISH:
        return wants_person(turn.text)
    if opened is None:
        return turn.intent not in ANSWER_INTENTS
    is_refused = turn.intent in {"abuse", "out_of_scope"} and not is_babble(turn.text)
    is_told = tells_here(turn, is_story=opened.is_story)
    if turn.intent == "out_of_scope" and (is_told or _may_be_name(turn, opened)):
        return False
    is_sworn = any(part.intent == "abuse" and part.confidence >= SURE for part in turn.clauses)
    if is_refused and (turn.confidence >= SURE or (is_sworn and turn.intent == "abuse")):
        return len(turn.text) <= SHORT or not opened.free_text
    return opened.free_text and _leaves(turn, opened)


def _may_be_name(turn: Turn, opened: Question) -> bool:
    """Tell whether a short text that asks nothing stands where a name is asked for: 喜乐蛋糕."""
    is_name = opened.free_text and not opened.is_story and opened.entity is not None
    return is_name and len(turn.text) <= LONGEST_NAME and not asks_something(turn.text)


def _leaves(turn: Turn, opened: Question) -> bool:
    """Tell whether a text that could be any answer is surely a wish of its own."""
    if turn.confidence < VERY_SURE:
        return False
    if opened.is_story:
        wishes = SERVICE_INTENTS - STORIES - {"urge_case"}
        return len(turn.text) <= SHORT and turn.intent in wishes | POLITE
    return turn.intent in SERVICE_INTENTS | POLITE


def is_taken(turn: Turn, opened: Question, answer: Value, own: Collection[str] = ()) -> bool:
    """Tell whether a text that fits the open question is an answer to it."""
    if answer.exact:
        return True
    if turn.intent in own and opened.free_text and not opened.is_story:
        return turn.confidence < SURE or opened.is_named(turn)
    if opened.free_text and opened.entity is None and not asks_something(turn.text):
        return turn.intent not in CONTROL_INTENTS or turn.confidence < SURE  # 等的时间有点长
    if turn.intent in QUESTION_INTENTS:  # 还欠一季度税 能注销不 tells no area
        return turn.confidence < SURE and turn.entity("matter") is None
    is_sure = turn.confidence >= SURE or not opened.is_story  # "就是找人难" is a reason
    return not (opened.free_text and turn.intent in CONTROL_INTENTS and is_sure)


def answers_wholly(turn: Turn, opened: Question) -> bool:
    """Tell whether a whole text answers the open question: "血压计也卖"."""
    answer = opened.parse(turn)
    return isinstance(answer, Value) and answer.exact


def denies_another(turn: Turn, opened: Question, told: Mapping[str, Any]) -> bool:
    """Tell whether "不卖烟" answers another question than the open one, which is yes or no."""
    is_other = bool(told) and opened.slot not in told
    is_bare = read_yes_no_part(clauses(turn.text)) is not None  # 不做那些，门头就普通招牌
    return opened.yes_no and is_other and read_yes_no(turn.text) is None and not is_bare


def _doubts(turn: Turn, opened: Question | None) -> bool:
    """Tell whether what was answered before is doubted, where no answer can be meant."""
    if turn.intent != "dispute_answer" or (opened is not None and opened.is_story):
        return False
    if is_check(turn) or disbelieves(turn.text):
        return True
    is_answer = opened is not None and isinstance(opened.parse(turn), Value)
    is_doubt = doubts_an_answer(turn.text) or tells_hearsay(turn.text)
    return not is_answer and is_doubt and not is_correction(turn.text)


def is_skip(turn: Turn, opened: Question | None) -> bool:
    """Tell whether the open question is to be left."""
    if opened is not None and loses_other_number(turn.text, opened.label):
        return False  # 办件号 忘了, where a telephone is asked for
    if turn.intent == "skip":
        # "个体户吧 昨天没想好" answers all the same
        return opened is None or opened.entity is None or not opened.is_named(turn)
    if opened is None:
        return False
    if opened.when_unknown is not None and _leaves_it(turn, opened):
        return True
    says_none = confirms(turn.text) or says_goodbye(turn.text) or forgets(turn.text)
    if opened.is_optional and says_none:
        return True
    return opened.may_be_declined and (declines(turn.text) or is_left_out(turn, opened))


def left_by_name(turn: Turn, questions: Sequence[Question]) -> Question | None:
    """Return the question still open that a text leaves out by its name: "信用代码我哪记得住"."""
    may_be = [q for q in questions if q.may_be_declined and turn.slots.get(q.slot) is None]
    return next((q for q in may_be if q.is_called(turn.text)), None)


def is_wish(turn: Turn, answer: Answer, own: Collection[str | None]) -> bool:
    """Tell whether a text that the open question cannot use is surely a wish of its own."""
    is_other = turn.intent in SERVICE_INTENTS - {"apply_online"} and turn.intent not in own
    return isinstance(answer, Problem) and is_other and turn.confidence >= SURE_WISH


def is_left_out(turn: Turn, opened: Question) -> bool:
    """Tell whether it is asked, as who would rather not, if the open answer may stay out."""
    return opened.may_be_declined and asks_to_leave_out(turn.text)


def _leaves_it(turn: Turn, opened: Question) -> bool:
    """Tell whether a text leaves an answer to us and gives none: "哪里都行，你定"."""
    if leaves_to_us(turn.text):
        return True
    return any(map(leaves_to_us, clauses(turn.text))) and opened.parse(turn) is None


def may_ask_meaning(turn: Turn) -> bool:
    """Tell whether a remark on the meaning can be about the open question.

    Not of who gives it up: 电话不想留 算了不投诉了.
    """
    if drops_story(turn.text) and not asks_something(turn.text):
        return False
    if turn.intent in _PLAIN_QUESTIONS and turn.confidence >= SURE:
        return compares_forms(turn.text)
    return turn.intent not in QUESTION_INTENTS or turn.entity("matter") is None


def answers_by_label(turn: Turn, questions: Sequence[Question], *, spoken: str) -> dict[str, Any]:
    """Return the new answer of a question that the text names ("面积不是300是120").

    Args:
        turn: With the part of the text that holds the new answer.
        questions: All that may be answered.
        spoken: The whole text, in which the question is named.
    """
    for question in questions:
        current = turn.slots.get(question.slot)
        if question.free_text or current is None:
            continue
        if not question.is_called(spoken):
            continue
        for said in (turn, *_parts_beside(turn, question)):
            answer = question.parse(replace(said, requested=question.slot))
            if isinstance(answer, Value) and answer.value != current:
                return {question.slot: answer.value}
    return {}


def _parts_beside(turn: Turn, question: Question) -> list[Turn]:
    """Return the clauses that do not name the question ("身份写错了，办公司": 公司)."""
    parts = [p for p in clauses(turn.text) if not question.is_called(p[:-2])]
    return [clause_turn(turn, _DOES.sub("", part)) for part in parts]


def answers_by_entity(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    *,
    may_change: bool = True,
) -> dict[str, Any]:
    """Return answers to other questions than the open one whose entities the text names.

    Args:
        turn: The message.
        questions: All that may be answered.
        opened: The open question, left out.
        may_change: Answers that are known already may be changed as well.
    """
    found: dict[str, Any] = {}
    for question in questions:
        if question is opened or not question.is_named(turn):
            continue
        if not may_change and turn.slots.get(question.slot) is not None:
            continue
        answer = question.parse(turn)
        if isinstance(answer, Value) and answer.value != turn.slots.get(question.slot):
            found[question.slot] = answer.value
    return found


def passed_over(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    changes: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the open answer left out, when it may be and the applicant has gone on without it.

    That is when a later question is answered, or everything said so far is confirmed.
    """
    if opened is None or not opened.is_optional or opened.slot in changes:
        return {}
    later = questions[list(questions).index(opened) + 1 :]
    is_answered_later = any(question.slot in changes for question in later)
    # a guessed "affirm" is believed only when the words are a yes: "就这两天" is none
    is_yes = read_yes_no(turn.text) is True or (turn.intent == "affirm" and len(turn.text) <= BARE)
    is_confirmed = is_yes or any(map(confirms, clauses(turn.text)))
    left_out = is_answered_later or (is_confirmed and not changes)
    return {opened.slot: opened.when_unknown} if left_out else {}


def problem_by_entity(
    turn: Turn, questions: Sequence[Question], opened: Question | None
) -> Problem | None:
    """Return what is wrong with an answer to another question than the open one ("下周")."""
    for question in questions:
        if question is opened or not question.is_named(turn):
            continue
        if turn.slots.get(question.slot) is None:
            answer = question.parse(turn)
            if isinstance(answer, Problem):
                return answer
    return None


def only_names(text: str, opened: Question) -> bool:
    """Tell whether a clause names what is asked for and asks nothing: "电话后四位 5566"."""
    return opened.is_called(text) and not asks_something(text)


def new_told(
    told: Mapping[str, Any], slots: Mapping[str, Any], *, replaces: bool
) -> dict[str, Any]:
    """Return what the words tell that is not known yet, or that takes the place of the known."""
    return {
        slot: value
        for slot, value in told.items()
        if slots.get(slot) is None or (replaces and slots.get(slot) != value)
    }
