"""Reads a message again by where the conversation stands: what is likely there is meant rather."""

import re
from dataclasses import replace

from actions import app
from actions.bookings.wishes import takes_help
from actions.plans.dates import names_start
from actions.steering.everyday import means_everyday
from actions.steering.heard import without_weak_wish
from actions.turns.beside import without_denied_names
from actions.turns.focus import PLANNING
from actions.turns.grounds import without_groundless
from actions.turns.history import last_responses, texts_before
from actions.turns.intent_actions import RULE_ACTIONS
from actions.turns.told_wish import with_told_wish
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.ratings import praises
from bot.services.finding.intent_contexts import situation_of
from bot.services.finding.trade_names import is_customer
from bot.services.words.business import is_built
from bot.services.words.case import has_no_number
from bot.services.words.early import begins_before
from bot.services.words.filing import blames_service, takes_offer_to_file
from bot.services.words.form_remarks import has_farewell, moves_earlier_booking
from bot.services.words.matter_remarks import asks, asks_if_easy, insists_on_place
from bot.services.words.policy_remarks import wants_sum
from bot.services.words.project import sizes_in
from bot.services.words.project_told import raises_building, told_plainly
from bot.services.words.remarks import clauses, replacement
from bot.services.words.runs_told import is_no_trade
from bot.services.words.slips import tells_slip
from bot.services.words.steering import story_behind_stop, story_wanted_instead
from bot.services.words.story import asks_something
from bot.services.words.ticket import wants_whistle
from bot.services.words.told_behind import settles_on
from bot.services.words.wish import LONGEST_OF_MONEY, asks_for_money

OFFERED = frozenset(
    {
        "utter_booking_helper_missed",
        "utter_feedback_offer",
        "utter_feedback_offer_after",
        "utter_feedback_whose",
    }
)
"""Responses that offer to file what was told right before them."""

LOOK_UP = "case_form"
FILED = frozenset({"feedback_form", "whistle_form"})
"""Form in which a story that is wanted instead needs no trouble to be told."""

BLOWS = "blow_whistle"
BOOKS = "book_appointment"
MOVES = "change_appointment"
RATES = "rate_service"
SEARCHES = "search_policy"
COMPLAINS = "complain"

UNHEARD = frozenset({"nlu_fallback", "out_of_scope"})
"""What the model takes a few words of blame for: 态度不好."""

ASKED_ALONE = QUESTION_INTENTS | UNHEARD | {"apply_policy"}
"""What the model takes few words about money of the state for: 谁能领, 能贷款吗."""

NO_CHOICE = "nlu_fallback"
PROJECT = "plan_project"

UNTOLD = UNHEARD | {"inform"}
SURE_OF_ELSE = 0.9
"""Below this confidence a statement that tells of a building is no question."""

BACK = "go_back"
STORIES_ASKED = frozenset({"feedback_text", "review_comment", "whistle_description"})
"""Questions whose answer may tell of somebody else's slip."""


YES_NO = frozenset({"affirm", "deny"})
"""Intents that a form's question may need as they are: an answer without a yes or no is none."""

DEFERS, MAY = "ask_deferral", "ask_eligibility"
"""Intents of what is handed in later, and of whether something may be."""

NO_LOANS = frozenset({"chitchat", "inform", "nlu_fallback", "out_of_scope", "start_business"})
"""What a wish to borrow is taken for."""

STANDING = frozenset({"abuse", "emergency"})
"""Intents that are meant wherever they are said."""

SURE_ENOUGH = 0.5
"""From this probability on, an intent is believed where the model could not choose."""


def owns_slip(turn: Turn) -> bool:
    """Tell whether somebody owns to a slip between two questions, and to no more: 名儿写差了."""
    is_told = turn.loop is not None and turn.requested not in STORIES_ASKED and turn.choice is None
    return is_told and tells_slip(turn.text) and replacement(turn.text) is None


def in_context(turn: Turn) -> Turn:
    """Return the turn as it is meant where it is said, without wishes that it does not speak of."""
    if means_everyday(turn):
        return turn
    return with_told_wish(without_weak_wish(without_groundless(_read_again(turn))))


def _read_again(turn: Turn) -> Turn:
    """Return the turn with the intent that it has where it is said.

    "食品证也跟着改就行呗" after an answer on a licence asks about it, and suggests nothing. What
    the model is as good as sure of stays; what it refused for its words (`bot/nlu/open_set.py`)
    has no other guess left, and stays as well.
    """
    turn = without_denied_names(turn)
    turn = _as_begun_before(_as_answer_only(_as_asked_alone(_without_customers(turn))))
    turn = _as_topic_of_named(turn)
    filed = takes_offer_to_file(turn.text) if turn.loop is None and turn.choice is None else None
    if filed is not None and last_responses(turn) & OFFERED:  # 中 那就吹
        return replace(turn, intent=filed, confidence=1.0, ranking=((filed, 1.0),), clauses=())
    if (instead := _story_instead(turn)) is not None:
        return instead
    if turn.choice is None and moves_earlier_booking(turn.text):
        moved = replace(turn, intent=MOVES, confidence=1.0, ranking=((MOVES, 1.0),), clauses=())
        return moved if turn.loop in {None, "booking_form"} else turn
    guesses = [(name, sure) for name, sure in turn.ranking if name != NO_CHOICE and sure > 0]
    if not guesses or turn.choice is not None or not turn.text:
        return turn
    first = guesses[0][0]
    if _opens_project(turn):
        return replace(turn, intent=PROJECT, confidence=1.0, ranking=((PROJECT, 1.0),), clauses=())
    if _tells_of_project(turn):
        return replace(turn, intent="inform", clauses=())
    if turn.intent not in {first, NO_CHOICE} or first in STANDING:
        return turn
    if _is_plain(first, turn):
        return turn
    focus = str(turn.slots.get("focus") or "") or None
    is_first = turn.loop is None and not texts_before(turn)  # a form is a situation of its own
    situation = situation_of(turn.loop, focus, is_first=is_first)
    ranking = app().dialogue_words.contexts.weighed(situation, guesses)
    intent, sure = ranking[0]
    is_unsure = turn.intent == NO_CHOICE and (turn.loop is not None or sure < SURE_ENOUGH)
    is_answer = turn.loop is not None and turn.intent in YES_NO and intent == "inform"
    if intent == turn.intent or is_unsure or is_answer or intent not in RULE_ACTIONS:
        return turn
    return replace(turn, intent=intent, confidence=sure, ranking=ranking)


def _story_instead(turn: Turn) -> Turn | None:
    """Return the turn as the wish to file something between the questions of another form."""
    if turn.choice is not None:
        return None
    if turn.loop != "whistle_form" and wants_whistle(turn.text):  # 那给我吹个哨
        return replace(turn, intent=BLOWS, confidence=1.0, ranking=((BLOWS, 1.0),))
    if turn.loop in FILED and (behind := story_behind_stop(turn.text)) is not None:
        kept = replace(turn, text=behind[1], intent=behind[0], confidence=1.0, clauses=())
        return replace(kept, ranking=((behind[0], 1.0),))  # 先不吹了 我要投诉那个窗口的人
    name = story_wanted_instead(turn.text) if turn.loop == LOOK_UP else None
    if name is None:  # 那我吹哨中不中，高唐的
        return None
    return replace(turn, intent=name, confidence=1.0, ranking=((name, 1.0),), clauses=())


_WISHES = re.compile("[想要盖建]|打算|准备|新上")


def _as_topic_of_named(turn: Turn) -> Turn:
    """Return the turn as the plain topic that is asked of a matter named before it.

    "扩产项目环评走报告表，承诺几个工作日批" tells the kind of assessment, and begins no project.
    """
    if turn.loop is not None or turn.choice is not None or len(turn.clauses) != 2:  # noqa: PLR2004
        return turn
    told, asked = turn.clauses
    is_named = told.intent == PROJECT and told.entity("matter") is not None
    is_named &= _WISHES.search(told.text) is None and not asks(told.text)
    is_topic = asked.intent in QUESTION_INTENTS and not asked.entities
    if not is_named or not is_topic or not app().dialogue_words.topics_in(asked.text):
        return turn
    ranking = ((asked.intent, 1.0),)
    return replace(turn, intent=asked.intent, confidence=1.0, ranking=ranking, clauses=())


def _as_asked_alone(turn: Turn) -> Turn:
    """Return the turn as it is meant where nothing is open, when its words leave no doubt.

    Praise is no complaint (上次那个人态度好), and who asks for money of the state in few words asks
    for policies (能贷款吗, 谁能领) while nothing is talked about.
    """
    if turn.loop is not None or turn.choice is not None:
        return turn
    if turn.intent == "complain" and praises(turn.text):
        return replace(turn, intent=RATES, ranking=((RATES, 1.0),), clauses=())
    if turn.intent in UNHEARD and blames_service(turn.text) and not asks(turn.text):
        return replace(turn, intent=COMPLAINS, ranking=((COMPLAINS, 1.0),), clauses=())
    is_asked = len(turn.text) <= LONGEST_OF_MONEY and asks_something(turn.text)
    is_asked &= not turn.entities
    is_free = turn.intent in ASKED_ALONE and not turn.slots.get("focus")
    is_sum = turn.choice is None and turn.intent in NO_LOANS and wants_sum(turn.text)
    if is_sum or (is_asked and is_free and asks_for_money(turn.text)):
        return replace(turn, intent=SEARCHES, confidence=1.0, ranking=((SEARCHES, 1.0),))
    return turn


def _as_answer_only(turn: Turn) -> Turn:
    """Return a turn that only answers, however badly, without the wish that it sounds like.

    Who owns to a slip goes back: 地界儿俺给你报差了. 跟隔壁那家差不多大 in a plan;
    单子让水泡了 号看不清, where the number of a case is asked for.
    """
    if turn.loop in PLANNING and turn.intent == "stop" and settles_on(turn.text):
        return replace(turn, intent="inform", clauses=())  # 那要不干脆注销算了
    if owns_slip(turn) and turn.intent in UNTOLD:
        return replace(turn, intent=BACK, confidence=1.0, ranking=((BACK, 1.0),), clauses=())
    is_bare = turn.loop in PLANNING and insists_on_place(turn.text)
    is_bare |= turn.requested == "case_number" and has_no_number(turn.text)
    return replace(turn, intent="inform", clauses=()) if is_bare and turn.choice is None else turn


def _as_begun_before(turn: Turn) -> Turn:
    """Return a turn that asks to begin before a licence is there as no question on late papers.

    证没下来先给街坊的狗打打针行吧.
    """
    if turn.intent != DEFERS or turn.choice is not None or not begins_before(turn.text):
        return turn
    return replace(turn, intent=MAY, ranking=((MAY, turn.confidence),), clauses=())


def _without_customers(turn: Turn) -> Turn:
    """Return the turn without trades that are only whom one works for, or none at all.

    给饭店送冻货; 干了两年想回来.
    """
    kept = tuple(
        one
        for one in turn.entities
        if one.name != "industry"
        or not (is_customer(turn.text, one.value) or is_no_trade(one.value))
    )
    return turn if len(kept) == len(turn.entities) else replace(turn, entities=kept)


def _opens_project(turn: Turn) -> bool:
    """Tell whether a statement with a size begins a building that the model hears no wish in."""
    is_heard = turn.intent in QUESTION_INTENTS | UNTOLD and turn.confidence < SURE_OF_ELSE
    is_told = turn.loop is None and is_heard and raises_building(turn.text)
    is_sized = is_told and "total_area_m2" in sizes_in(turn.text)
    asked = [part for part in clauses(turn.text) if asks(part)]
    return is_sized and all(map(asks_if_easy, asked)) and not is_built(turn.text)  # 会不会很麻烦


def _tells_of_project(turn: Turn) -> bool:
    """Tell whether what sounds like a cry for help answers about a project: 地早就拿着了."""
    is_cry = turn.intent == "emergency" and turn.loop == "plan_project_form"
    is_told = bool(told_plainly(turn.text)) or bool(sizes_in(turn.text))
    return is_cry and is_told and not app().dialogue_words.danger.are_in(turn.text)


def _is_plain(first: str, turn: Turn) -> bool:
    """Tell whether the words alone say that the first guess is meant, wherever they are said."""
    if first == BOOKS:  # 后天上午行不, right after help was offered
        return takes_help(turn)
    if first == "goodbye":  # 我回去跟她商量商量，再见
        return any(map(has_farewell, clauses(turn.text)))
    return first == "inform" and names_start(turn)  # 从2027年3月1号开始办
