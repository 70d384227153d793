"""What a question without a subject asks of a matter, and the answer to each kind of it."""

from collections.abc import Callable, Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_order import names_after
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    CLEAR,
    is_held_by_record,
    known_validity,
    questions_among,
    to_be_named,
    utter,
)
from actions.questions.shared_rules import says_shared
from actions.steering.not_recorded import say_recorded
from actions.turns.buttons import ITEM_MARK
from actions.turns.names import (
    afterwards,
)
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity
from bot.services.finding.question_finder import NEAR_SCORE
from bot.services.finding.record_lines import lines_about
from bot.services.words.any_matter import Point
from bot.services.words.business import supposes
from bot.services.words.follow_up import (
    asks_amount,
    asks_before,
    asks_next,
    asks_renewal,
    asks_same_unit,
    asks_what_then,
    asks_who,
    asks_who_else,
)
from bot.services.words.held import tells_of_lapse
from bot.services.words.matter_remarks import asks_consequence, asks_penalty
from bot.services.words.renewal import speaks_of_renewal, tells_when_to_renew

MOST_NEXT = 5
"""Matters that are named as what may follow."""


Answer = Callable[[Turn, Matter, CollectingDispatcher], None]


def kind_asked(text: str) -> Answer | None:
    """Return how the question that a text asks is answered; None for no such question."""
    kinds: Sequence[tuple[Callable[[str], bool], Answer]] = (
        (asks_next, say_next),
        (asks_before, say_before),
        (asks_consequence, say_rest),
        (asks_penalty, say_rest),
        (asks_validity, say_validity),
        (asks_renewal, say_renewal),
        (asks_who, say_who),
        (asks_amount, say_amount),
        (asks_who_else, say_rest),
    )
    return next((answer for is_kind, answer in kinds if is_kind(text)), None)


def _says_own(turn: Turn, matter: Matter, say: CollectingDispatcher, least: float) -> bool:
    """Answer a question of a matter with its name where another, or none, was spoken of."""
    found = questions_among(turn.text, [matter], least)
    about = to_be_named(turn, matter)
    for faq in found:
        utter(faq_answer(faq, about), say)
        about = None
    return bool(found)


def say_who(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say who does it: a question of the matter on that, else its office and place."""
    if not _says_own(turn, matter, say, CLEAR):
        say_answer("place", matter, say)


def say_rest(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say what the matter's own questions, else its record, hold on what is asked."""
    if not _says_own(turn, matter, say, BY_ITSELF):
        say_recorded(turn, matter, say)


def say_validity(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say for how long it is good, or that this is not recorded."""
    made = known_validity(matter)
    is_supposed = asks_what_then(turn.text) or supposes(turn.text)  # 要是只剩十天了才去续呢
    least = AMONG_FEW if is_supposed else CLEAR
    asked = app().question_finder.among(turn.text, [matter], least)
    is_other = asked is not None and is_held_by_record(turn.text, matter, asked)  # 气球挂几天
    if not is_other and _says_own(turn, matter, say, least):
        return
    if made is not None:
        utter(made, say)
    is_told = made is not None and tells_when_to_renew(made.text)
    is_shared = tells_of_lapse(turn.text) or (not is_told and speaks_of_renewal(turn.text))
    is_shared = is_shared and says_shared(matter, Point.LAPSED, say)
    if made is None and not is_shared:
        say_recorded(turn, matter, say)


def say_renewal(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say how it is renewed: the matter of that, a question of the catalogue, how long it holds."""
    later = afterwards(matter.name, turn.text)
    if later is not None:
        say_answer("procedure", later, say)
    else:
        say_validity(turn, matter, say)


def say_amount(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say how many or how large: a question of the catalogue, a line of the record, conditions."""
    if _says_own(turn, matter, say, NEAR_SCORE):
        return
    same = [faq for faq in matter.faqs if asks_same_unit(turn.text, faq.question)]
    if len(same) == 1:  # 要几年经验
        utter(faq_answer(same[0], to_be_named(turn, matter)), say)
        return
    if matter.conditions and not lines_about(turn.text, matter):
        say_answer("eligibility", matter, say)
    else:
        say_recorded(turn, matter, say)


def say_before(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say which matters come before one, always or in some cases."""
    if _says_own(turn, matter, say, CLEAR):
        return
    known = app().catalogue.matters
    needed = [known[name].name for name in matter.depends_on if name in known]
    perhaps = [
        f"{known[one.matter_id].name}（{one.when}）"
        for one in matter.depends_on_if
        if one.matter_id in known
    ]
    if needed:
        names = ITEM_MARK.join(needed)
        say.utter_message(response="utter_matters_before", matter=matter.name, needed=names)
    if perhaps:
        say.utter_message(response="utter_matters_before_if", needed=ITEM_MARK.join(perhaps))
    if not needed and not perhaps:
        say.utter_message(response="utter_matters_before_none", matter=matter.name)


def say_next(turn: Turn, matter: Matter, say: CollectingDispatcher) -> None:
    """Say which matters need this one, so that they can follow it."""
    later = names_after(matter)
    if later:
        names = ITEM_MARK.join(later[:MOST_NEXT])
        say.utter_message(response="utter_matters_next", matter=matter.name, later=names)
    else:
        say_recorded(turn, matter, say)
