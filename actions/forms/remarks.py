"""What is answered beside the questions of a form: danger, an offer, orders, what is noted."""

from collections.abc import Sequence
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.offers import answer_line
from actions.filing.anonymity import FEEDBACK, says_anonymity, says_unnamed
from actions.filing.feedback_time import say_time_to_answer
from actions.filing.ticket_side import says_who_sees_to_it
from actions.finding.no_matter import says_general
from actions.finding.what_it_is import say_what_it_is
from actions.forms.broken_off import only_hesitates
from actions.forms.explanations import explain_privacy
from actions.forms.handing_in import CONFIRMED, REVIEW
from actions.forms.known import known_items
from actions.forms.leaving import only_leaves, returns_below
from actions.forms.of_open import answers_apart, is_about_open, mends_answer, says_what_to_say
from actions.forms.question import Question, Value
from actions.forms.reading import SHORT, SURE
from actions.forms.term_inside import explains_term
from actions.licences.paper_source import answer_source
from actions.questions.faq_asked import answers_last_matter
from actions.questions.for_another import says_for_another
from actions.questions.found_question import clear_question
from actions.questions.judged import says_judged
from actions.questions.matter_faqs import say_question
from actions.questions.shared_inside import says_shared_inside
from actions.steering.alarm import alarm
from actions.steering.asides import aside_in, says_aside
from actions.steering.calmed import is_calmed
from actions.turns.beside import clause_turn, without_denied
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import PLANNING
from actions.turns.history import last_responses
from actions.turns.intent_groups import SERVICE_INTENTS
from actions.turns.names import sure_matter
from actions.turns.offers import say_back
from actions.turns.registry import action_named
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import answer as matter_answer
from bot.services.reading.answers import read_yes_no
from bot.services.words.closing import Closing, closing
from bot.services.words.doubt import denies_need
from bot.services.words.form_remarks import (
    agrees_to_skip,
    asks_if_right,
    asks_what_is_known,
    is_pleased,
    leaves,
    says_it_was_said,
    says_rest_is_right,
    wants_deletion,
)
from bot.services.words.machine_orders import gives_orders
from bot.services.words.matter_remarks import asks, asks_for_licence
from bot.services.words.remarks import (
    asks_why,
    clauses,
    declines,
    fears_misuse,
    goes_back_to,
    is_correction,
    is_here_again,
    replacement,
    resumes,
    urges_on,
)
from bot.services.words.story import tells_besides
from bot.services.words.ticket import asks_time_to_answer, asks_who_sees_to_it, stays_unnamed

SERVED = {"apply_form", "booking_form", "feedback_form", "policy_form", "whistle_form"}
QUESTIONED = PLANNING | SERVED
"""Forms between whose questions one of the catalogue is answered."""

FEEDBACK_WORDS = ("建议", "投诉")
"""Words of what the feedback form files."""

TICKET_FORMS = frozenset({"feedback_form", "whistle_form"})


def remarked(
    turn: Turn,
    questions: Sequence[Question],
    opened: Question | None,
    say: CollectingDispatcher,
) -> bool:
    """Answer a remark after which the open question follows again; False when it is none."""
    is_story = opened is not None and opened.free_text
    if alarm(turn, say) or _calms(turn, questions, say) or answer_line(turn, say):
        return True
    is_unnamed = turn.loop in TICKET_FORMS and stays_unnamed(turn.text)  # 登记的时候别写我名字
    is_said = not is_story and says_judged(turn, say)  # 为啥不行啊, 五年内真得交上啊
    is_said = is_said or says_what_to_say(turn, opened, say)
    is_said = is_said or (is_unnamed and says_anonymity(turn, say))
    is_said = is_said or explains_term(turn, opened, say)
    is_said = is_said or _says_about_service(turn, questions, opened, say)
    is_said = is_said or says_for_another(turn, say)
    if is_said or says_shared_inside(turn, opened, say) or _agrees_to_skip(turn, questions):
        return True
    if gives_orders(turn.text) and not (is_story and tells_besides(turn.text)):
        say.utter_message(response="utter_common_just_text")
    elif _is_here(turn, opened) or _goes_on_here(turn) or _keeps(turn, questions):
        say_back(turn.loop, say, known_items(questions, turn.slots))
    elif _asks_feedback_time(turn):
        say_time_to_answer(turn, say)
    elif _asks_who_sees_to_it(turn, opened):
        says_who_sees_to_it(say)
    elif answers_apart(turn, say) if is_story else _answers_beside(turn, opened, say):
        pass
    elif only_hesitates(turn.text):
        say.utter_message(response="utter_common_no_hurry")
    elif _wants_to_hear(turn, questions, opened):
        say_known(turn, questions, say)
    else:
        return False
    return True


def _calms(turn: Turn, questions: Sequence[Question], say: CollectingDispatcher) -> bool:
    """Answer that a danger is over, and say what was open: 灭了，咱接着说洗车店."""
    if only_leaves(turn) or not is_calmed(turn, say):
        return False  # 警察来了，投诉不写了 leaves
    if any(map(goes_back_to, clauses(turn.text))):
        say_back(turn.loop, say, known_items(questions, turn.slots))
    return True


def _answers_beside(turn: Turn, opened: Question | None, say: CollectingDispatcher) -> bool:
    """Answer what is asked for sure and has nothing to do with the open question."""
    if is_about_open(turn, opened):
        return False
    is_told = say_what_it_is(turn, say) is not None or _answers_licence(turn, say)
    is_told = is_told or bool(turn.loop in QUESTIONED and answer_source(turn, say))
    return is_told or _answers_clear(turn, opened, say)


def _answers_clear(turn: Turn, opened: Question | None, say: CollectingDispatcher) -> bool:
    """Answer a question of the catalogue that is asked beyond doubt; False for none.

    Not where a part of the text answers the open question, which is read first.
    """
    is_left = any(map(leaves, clauses(turn.text)[:-1]))
    asked = clear_question(turn) if turn.loop in QUESTIONED and not is_left else None
    if asked is None:
        return False
    told = [clause_turn(turn, part) for part in clauses(turn.text) if not asks(part)]
    if opened is not None and any(isinstance(opened.parse(one), Value) for one in told):
        return False
    say_question(turn, asked, say)
    return True


def _agrees_to_skip(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether "那就先不填了呗" only agrees to leave out what was just left out."""
    is_left = bool(last_responses(turn) & {q.skipped for q in questions if q.is_optional})
    return is_left and agrees_to_skip(turn.text) and not turn.text.startswith("不")


def _says_about_service(
    turn: Turn, questions: Sequence[Question], opened: Question | None, say: CollectingDispatcher
) -> bool:
    """Answer what is asked about the service itself; a story asks nothing of us."""
    # "号码不给 怕穿小鞋" leaves it out, "单号找不着了，先不查了" all of it
    if declines(turn.text) and says_unnamed(turn, say):
        return True
    if declines(turn.text) or only_leaves(turn) or mends_answer(turn, questions, opened):
        return False
    if turn.loop == FEEDBACK and says_anonymity(turn, say):
        return True
    if opened is not None and opened.is_story:
        is_told = turn.loop == REVIEW and says_general(turn, say)  # 前几天没评 还能补不
        is_short = len(turn.text) <= SHORT
        return is_told or (is_short and asks(turn.text) and says_aside(turn, say))
    if _is_pleased(turn, opened):
        say.utter_message(response="utter_common_thank")
        return True
    if fears_misuse(turn.text) and asks_why(turn.text):
        explain_privacy(turn, questions, say)
        return True
    if denies_need(turn.text) and turn.entity("matter") is not None:
        doubted = replace(turn, intent="dispute_answer")
        action_named("action_start_dispute").act(doubted, say)
        return True
    if asks(turn.text) and turn.intent == "ask_privacy" and wants_deletion(turn.text):
        say.utter_message(response="utter_common_privacy")
        return True
    if aside_in(turn) is not None and answers_last_matter(turn, say):
        return True
    return says_aside(turn, say)


def _answers_licence(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what "卖书是不是还要一个什么许可证" is about; False when no matter is meant for sure."""
    is_known = turn.intent in QUESTION_INTENTS | SERVICE_INTENTS and turn.confidence >= SURE
    if is_known or turn.loop == "matter_form" or not asks_for_licence(turn.text):
        return False
    matter = sure_matter(turn.text)
    if matter is None:
        return False
    made = matter_answer("eligibility", matter)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return True


def _is_here(turn: Turn, opened: Question | None) -> bool:
    """Tell whether somebody goes on, or only says that they are back, or that it shall begin."""
    if any(map(leaves, clauses(turn.text)[:-1])) or returns_below(turn):
        return False
    is_urging = opened is not None and opened.free_text and urges_on(turn.text)
    return is_urging or resumes(turn.text) or is_here_again(turn.text)


def _goes_on_here(turn: Turn) -> bool:
    """Tell whether a text goes on with what is open, and with nothing that waits under it."""
    return goes_on(turn.text) and not returns_below(turn)


def goes_on(text: str) -> bool:
    """Tell whether the last words of a text go on, whatever was given up before: "接着注册"."""
    parts = clauses(text)
    if any(map(leaves, parts[:-1])):  # 算了不约了，先接着办 leaves what is open for what waits
        return False
    if len(parts) > 1 and asks(parts[-1]) and not resumes(parts[-1]):
        return False  # 接着说盖厂房，头一个办哪个手续
    return (len(parts) > 1 and resumes(parts[-1])) or goes_back_to(text)


def _keeps(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether "算了还是个体户" keeps what is noted already, and leaves nothing."""
    part = replacement(turn.text) if is_correction(turn.text) and "还是" in turn.text else None
    if turn.intent != "stop" or part is None:
        return False
    named = [q for q in questions if q.entity and (turn.entity(q.entity) or "") in part]
    return any(_is_noted(turn, q) for q in named if q.is_named(turn))


def _is_noted(turn: Turn, question: Question) -> bool:
    """Tell whether a text says what is noted for a question already."""
    answer = question.parse(turn)
    return isinstance(answer, Value) and turn.slots.get(question.slot) == answer.value


def _is_pleased(turn: Turn, opened: Question | None) -> bool:
    """Tell whether "真得劲 谢谢了" only thanks, where no answer and no praise is asked for.

    "好，我回去先把房子定下来，谢谢你" is no yes where none can be meant.
    """
    if turn.loop == REVIEW or turn.choice is not None or turn.entities:
        return False
    said = turn.typed or turn.text
    is_answer = turn.intent in {"affirm", "goodbye", "stop"}
    is_free = opened is not None and (not opened.yes_no or read_yes_no(turn.text) is None)
    if is_free and not is_answer and turn.loop in PLANNING and closing(said) is Closing.THANKS:
        return True
    return is_pleased(said) and read_yes_no(turn.text) is None


def _asks_feedback_time(turn: Turn) -> bool:
    """Tell whether it is asked how long an answer to a complaint or a suggestion takes."""
    is_asked = asks_time_to_answer(turn.text)
    names_it = any(word in turn.text for word in FEEDBACK_WORDS)
    return is_asked and (turn.loop == FEEDBACK or (turn.loop in TICKET_FORMS and names_it))


def _asks_who_sees_to_it(turn: Turn, opened: Question | None) -> bool:
    if turn.loop == "whistle_form" and asks_time_to_answer(turn.text):
        return True
    is_story = opened is not None and opened.is_story
    return not is_story and turn.loop in TICKET_FORMS and asks_who_sees_to_it(turn.text)


def _wants_to_hear(turn: Turn, questions: Sequence[Question], opened: Question | None) -> bool:
    """Tell whether what is noted is to be read back."""
    return (
        _asks_what_is_known(turn, opened)
        or _asks_if_right(turn, questions)
        or _says_it_again(turn, questions)
    )


def _says_it_again(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether a slip is owned to that was understood: "我说的是莘县 语音打错了"."""
    named = [q for q in questions if q.entity and turn.entity(q.entity) and q.is_named(turn)]
    if turn.intent != "go_back" or len(named) != 1 or len(turn.entities) != 1:
        return False
    return f"是{turn.entities[0].value}" in without_denied(turn).text and _is_noted(turn, named[0])


def _asks_what_is_known(turn: Turn, opened: Question | None) -> bool:
    if turn.entity("matter") is not None or (opened is not None and opened.is_story):
        return False
    if turn.intent == "go_back" and replacement(turn.text) is not None:
        return False  # 我刚报的是多少平来，改成一百零五
    is_read_back = opened is not None and opened.slot.endswith(CONFIRMED)
    if says_it_was_said(turn.text) and not turn.asks_of_matter:
        answer = opened.parse(turn) if opened else None
        return not isinstance(answer, Value)
    return asks_what_is_known(turn.text) or (says_rest_is_right(turn.text) and not is_read_back)


def _asks_if_right(turn: Turn, questions: Sequence[Question]) -> bool:
    """Tell whether "公司名没错吧" asks about what is noted; it is no yes."""
    named = any(question.is_called(turn.text) for question in questions)
    return named and asks_if_right(turn.text)


def say_known(turn: Turn, questions: Sequence[Question], say: CollectingDispatcher) -> None:
    """Read back what was noted: the answer that the text names, else all of them."""
    named = [q for q in questions if q.is_called(turn.text)]
    known = known_items(named, turn.slots) or known_items(questions, turn.slots)
    if known:
        say.utter_message(response="utter_common_known", items=ITEM_MARK.join(known))
    else:
        say.utter_message(response="utter_common_nothing_known")
