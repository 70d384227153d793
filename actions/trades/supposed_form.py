"""What is asked of a form of enterprise that is only supposed: 要是办个体户，欠了钱要拿房子赔吗."""

import re
from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_before import COMMON_FORMS
from actions.questions.faq_asked import change_meant, is_nearest, registration_told
from actions.questions.matter_faqs import (
    AMONG_FEW,
    BY_ITSELF,
    asks_plain_topic,
    says_question_among,
)
from actions.trades.start_answers import CHOOSE_FORM, told_slots
from actions.turns.focus import MATTER, matter_in_focus
from actions.turns.forms_named import enterprise_type_in, find_enterprise_type
from actions.turns.names import COMPANY
from actions.turns.turn import ANSWER_INTENTS, QUESTION_INTENTS, Turn
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.words.business import says_company, supposes
from bot.services.words.matter_remarks import asks, asks_for_licence
from bot.services.words.remarks import asks_the_same_of, clauses, is_correction

_GIVES_UP = re.compile("(?:不|别|甭|没)(?:想|打算|再)?(?:弄|办|搞|做|要|开|干|成立|注册)?$")
SHORTEST_NAME = 2
"""Signs of a form's name where only a form is supposed: 公司."""

SHORTEST_SUPPOSED = 5
"""Signs of a question about a form of enterprise; 嗯这个嘛 is none."""


def answers_supposed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer what is asked of a form of enterprise that is only supposed; False for nothing.

    "要是办个体户，欠了钱要拿房子赔吗" chooses none. "我办公司，资本要先交吗" does: its question
    is answered here, and the rest of the text is taken as it stands.
    """
    is_asked = asks(turn.text) or turn.intent in QUESTION_INTENTS
    if turn.loop != "start_business_form" or not is_asked or _is_about_else(turn):
        return False
    kind = find_enterprise_type(turn.entity("enterprise_type")) or enterprise_type_in(turn.text)
    kind = kind or (company() if says_company(turn.text) else None)
    about = app().catalogue.matter(kind.matter_id) if kind is not None else registration_told(turn)
    matters = [about] if about is not None else usual_registrations()
    if change_meant(turn.text) is not None or (about is not None and not is_nearest(turn, about)):
        return False
    least = BY_ITSELF if about is None else AMONG_FEW
    if not says_question_among(turn.text, matters, say, least):
        return False
    is_choice = turn.intent in ANSWER_INTENTS | {"start_business"} and kind is not None
    return supposes(turn.text) or not is_choice


def says_topic_supposed(turn: Turn, say: CollectingDispatcher) -> bool:
    """Answer a plain topic of a form's registration behind a mere supposition; False for none.

    "要是换成个体户呢，得带哪些东西" asks for no papers of the company that was told.
    """
    first, *rest = clauses(turn.text) or [turn.text]
    is_supposed = supposes(first) or asks_the_same_of(first)
    kind = enterprise_type_in(first, SHORTEST_NAME) if is_supposed else None
    topics = app().dialogue_words.topics_in("，".join(rest)) if any(map(asks, rest)) else []
    if kind is None or not topics or turn.choice is not None or turn.entity("matter") is not None:
        return False
    say_answer(topics[0], app().catalogue.matter(kind.matter_id), say)
    return True


def _is_about_else(turn: Turn) -> bool:
    """Tell whether a text chooses, corrects, or asks about a matter, a topic or a licence."""
    words = app().dialogue_words
    is_named = turn.entity("matter") is not None or bool(words.topics_in(turn.text))
    is_named = is_named or asks_plain_topic(turn)
    is_choice = is_correction(turn.text) or CHOOSE_FORM in told_slots(turn.text)
    is_short = len(turn.text) < SHORTEST_SUPPOSED
    return is_named or is_choice or is_short or asks_for_licence(turn.text)


def about_form_told(turn: Turn) -> Turn:
    """Return the turn as if the registration of the form that a clause tells were talked about.

    "算了不弄社了 俺自己办个个体户 收钱不" asks for no fee of the matter spoken of before.
    """
    parts = clauses(turn.text)
    words = [one.value for one in turn.entities if one.name == "enterprise_type"]
    told = [part for part in parts if not asks(part) and not supposes(part)]
    chosen = [word for word in words for part in told if _is_chosen(word, part)]
    kind = find_enterprise_type(chosen[-1]) if chosen else None
    asked = [part for part in parts if asks(part)]
    is_free = matter_in_focus(turn) is not None or len(words) > 1
    is_free = is_free and turn.entity("matter") is None
    if kind is None or not is_free or not asked:
        return turn
    is_named = any(word in part for word in words for part in asked)
    if is_named or app().dialogue_words.means_whole(turn.text):
        return turn
    slots = {**turn.slots, "matter_id": kind.matter_id, "focus": MATTER}
    kept = (e for e in turn.entities if e.name != "enterprise_type" or e.value == chosen[-1])
    return replace(turn, slots=slots, entities=tuple(kept))


def _is_chosen(word: str, part: str) -> bool:
    """Tell whether a clause names a form of enterprise and does not give it up: 不弄合作社了."""
    before = part.partition(word)[0]
    return word in part and _GIVES_UP.search(before) is None


def usual_registrations() -> list[Matter]:
    """Return the registrations that most people mean while no form is told."""
    kinds = app().catalogue.enterprise_types
    return [app().catalogue.matter(kinds[kind].matter_id) for kind in COMMON_FORMS]


def company() -> EnterpriseType:
    """Return the form of enterprise that is told without its name: "开公司", "一个股东"."""
    return app().catalogue.enterprise_type(COMPANY)
