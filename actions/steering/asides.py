"""What is asked about a service itself: what a whistle is, by what a case can be found."""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.licences.licence_law import says_law
from actions.turns.beside import from_each_clause
from actions.turns.focus import MATTER, TICKET
from actions.turns.history import last_bot_messages, last_responses, typed_before
from actions.turns.intent_groups import JOURNEYS, POLICIES, RATES, SERVICE_INTENTS
from actions.turns.names import find_matters
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.documents.matter_text import faq_answer
from bot.domain.asides import UNSPOKEN
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.domain.ratings import asks_how_to_rate, is_rated_by_others
from bot.services.finding.service_finder import ServiceAsked
from bot.services.words.business import begins_new, supposes
from bot.services.words.doubt import asks_basis
from bot.services.words.held import Held, happens_to
from bot.services.words.matter_remarks import asks, asks_which_licences

FITS, FITS_INSIDE, FITS_RATING, NEAR_RATING = 0.5, 0.4, 0.33, 0.25
"""How well a text must fit what is asked about a service: outside forms, where it is used, and
where the model sees a review, which nobody gives by asking; the last where reviews are asked of."""

OF_REVIEW = "评"
"""Sign of the questions about reviews."""

SURE_FIT = 0.55
"""How well a question of the catalogue must fit to be meant whatever the text is taken for."""

OF_MATTER = 0.4
"""How well a matter must fit a question of a plain topic that is about it."""

SURE_TOPIC = 0.8
"""The same of a few words with one of the nine topics where a matter is spoken of."""

SHORT = 6
"""Signs of these."""

STILL_FITS = 0.4
"""How well it must fit together with what goes on with it."""

ANOTHER = 0.25
"""From this score on a text asks another such question by itself."""

_OPENER = re.compile(
    "^(?:顺便|另外|对了|再|还|我|俺|想|先)*(?:问|打听)(?:你|您|恁)?(?:一?[下句]|个事儿?)?[，, ]*"
)
"""Announces a question: 顺便问下."""

SURE_WISH = 0.6
"""From this confidence on a wish for a service is one, and no question about it."""

SURE_REPEAT = 0.9
"""From this confidence on the open question of a form is to be said again."""

LONGEST = 32
"""Signs of such a question; a longer text tells a story."""

PLAIN_TOPICS = frozenset({"ask_fee", "ask_materials", "ask_place", "ask_time_limit"})
"""Questions that are rather about what was just spoken of than about the service."""

BRINGS = "utter_booking_bring"
"""Says what to bring where it is not known what for."""

NOTE = "booking_note"
"""Slot: what a booking is for, where that is no matter."""

STORIES = frozenset({"feedback_text", "review_reason", "ticket_addition", "whistle_description"})
"""Questions that take any text."""

OFFERED = "utter_life_events_offer"
"""Stands behind what a change wants, which is spoken of then."""


def says_aside(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what belongs to a question about the service that is used; False when it is none."""
    is_law = says_law(turn, say)
    response = aside_in(turn)
    faq = service_question(turn) if response is None and not is_law else None
    booked = _booked(turn) if response == BRINGS else None
    if booked is not None:  # 对了 办这个证得带啥
        say_answer("materials", booked, say)
    elif response is not None:
        say.utter_message(response=response)
    elif faq is not None:
        say_service_question(faq, say)
    return is_law or response is not None or faq is not None


def _booked(turn: Turn) -> Matter | None:
    """Return the matter that help is being booked for, as far as it was told; or None."""
    if turn.loop != "booking_form" or turn.slots.get(NOTE):
        return None
    return app().catalogue.matters.get(str(turn.slots.get("matter_id")))


def say_service_question(faq: Faq, say: CollectingDispatcher) -> None:
    """Answer a question about a service with its source."""
    made = faq_answer(faq)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)


def aside_in(turn: Turn) -> str | None:
    """Return the response to what is asked about the service itself, None when it is none."""
    word = turn.entity("matter")
    is_of_matter = turn.asks_of_matter and word not in app().dialogue_words.broad
    is_of_matter &= bool(find_matters(word))
    if turn.choice is not None or not turn.text or is_of_matter:
        return None  # 施工许可要带啥材料, while help is booked
    if turn.loop is None and happens_to(turn.text) is Held.LOST:
        return None  # 执照正本找不着了耽误不
    is_after = turn.slots.get("focus") == TICKET
    said = _stands(turn)
    for aside in app().dialogue_words.asides:
        if aside.fits(turn.text, turn.loop, turn.requested, is_after=is_after, said=said):
            return aside.response
    asked = _asked(turn)
    learnt = (
        one.response
        for one in app().dialogue_words.asides
        if asked is not None
        and one.name == asked.name
        and one.is_meant(turn.loop, turn.requested, is_after=is_after, said=said)
    )
    return next(learnt, None)


def first_aside(turn: Turn) -> str | None:
    """Return the response to what is told or asked whatever the model takes it for, or None.

    "上次约的人没来" looks for no booking, and "驾照到期了你给我换了呗" asks for no licence of ours.
    """
    is_after = turn.slots.get("focus") == TICKET
    said = _stands(turn)
    return next(
        (
            one.response
            for one in app().dialogue_words.asides
            if one.is_first
            and one.fits(turn.text, turn.loop, turn.requested, is_after=is_after, said=said)
        ),
        None,
    )


def _stands(turn: Turn) -> frozenset[str]:
    """Return what was said last, and whether nothing is talked about."""
    is_free = turn.loop is None and turn.slots.get("focus") is None
    is_free &= OFFERED not in last_responses(turn)  # 要钱不, behind what a change wants
    return last_responses(turn) | ({UNSPOKEN} if is_free else frozenset())


def is_topic_of_matter(turn: Turn) -> bool:
    """Tell whether a plain topic of one matter is asked for: 开门诊部最长得等多少天."""
    best = app().matter_resolver.rank(turn.text, 1)
    is_topic = turn.intent in QUESTION_INTENTS - {"ask_eligibility"}
    return is_topic and bool(best) and best[0].score >= OF_MATTER


def opens_trade(turn: Turn) -> bool:
    """Tell whether a trade is to be opened, and its list asked for: 想开个美容院 要办啥."""
    is_named = turn.intent in JOURNEYS and turn.entity("industry") is not None
    return is_named and turn.loop is None and begins_new(turn.text)


def service_question(turn: Turn) -> Faq | None:
    """Return the question about a service that the catalogue answers, None when it is none."""
    asked = _asked(turn)
    return asked.faq if asked is not None else None


def _behind_before(turn: Turn, alone: ServiceAsked | None) -> ServiceAsked | None:
    """Return the question about a service that a text asks behind the one before it; or None.

    "按规定多少天之内得付" after "我们小厂给一家大企业供货老拖款".
    """
    before = typed_before(turn)
    if before is None or alone is None or alone.faq is None or alone.score < ANOTHER:
        return None
    joined = app().service_finder.asked(f"{before}，{turn.text}")
    is_same = joined is not None and joined.faq is alone.faq
    return joined if is_same and joined and joined.score >= FITS else None


def sure_service_question(turn: Turn, least: float = SURE_FIT) -> ServiceAsked | None:
    """Return the question of the catalogue about a service that is asked beyond doubt; or None.

    "12345节假日有人吗" asks for no office hours, and "先照后证是啥意思" is no greeting.

    Args:
        turn: The message.
        least: How well it must fit.
    """
    if turn.choice is not None or turn.requested in STORIES or not asks(turn.text):
        return None
    said = next((end for end in from_each_clause(turn.text) if 0 < len(end) <= LONGEST), None)
    is_asked = said is not None and asks(said)
    asked = app().service_finder.asked(_OPENER.sub("", str(said))) if is_asked else None
    return asked if asked is not None and asked.faq and asked.score >= least else None


def service_again(turn: Turn) -> Faq | None:
    """Return the question about a service answered right before that a text goes on with; or None.

    "换成政府单位呢，合同没写" after how long a customer may take to pay asks for the same answer.
    """
    before = typed_before(turn)
    known = app().service_finder.asked(before) if before else None
    if known is None or known.faq is None or known.score < FITS or turn.choice is not None:
        return None
    said = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    is_said = any(known.faq.answer in text for text in said)
    if not is_said or len(turn.text) > LONGEST or not (asks(turn.text) or supposes(turn.text)):
        return None
    if asks_basis(turn.text):  # 哪个文件写的，我拿给他们看
        return known.faq
    own = app().service_finder.asked(turn.text)
    if own is not None and own.faq is not known.faq and own.score >= ANOTHER:
        return own.faq  # 他们几天得给我回话, after the number of the hotline
    is_plain = bool(app().dialogue_words.topics_in(turn.text)) or turn.entity("district")
    if is_plain or (own is not None and own.faq is not known.faq and not supposes(turn.text)):
        return None  # 莘县的大厅在哪
    joined = app().service_finder.asked(f"{before}，{turn.text}")
    is_same = joined is not None and joined.faq == known.faq and joined.score >= STILL_FITS
    return known.faq if is_same else None


def _is_topic(text: str) -> bool:
    return len(text) <= SHORT and bool(app().dialogue_words.topics_in(text))


def _least(turn: Turn, *, is_rating: bool) -> float:
    """Return how well a text must fit what is asked about a service."""
    if turn.loop is None and turn.slots.get("focus") == MATTER and _is_topic(turn.text):
        return SURE_TOPIC  # 几天办完
    if turn.intent in PLAIN_TOPICS and turn.loop is not None:
        return SURE_FIT  # 那要交钱吗, of the licence spoken of
    return FITS_RATING if is_rating else FITS if turn.loop is None else FITS_INSIDE


def _asked(turn: Turn) -> ServiceAsked | None:
    """Return what a text asks about a service for sure; None for nothing."""
    is_short = 0 < len(turn.text) <= LONGEST
    if turn.choice is not None or not is_short or turn.requested in STORIES:
        return None
    if turn.entity("matter") or turn.entity("policy") or not asks(turn.text):
        return None
    if turn.intent == "repeat" and turn.loop is not None and turn.confidence >= SURE_REPEAT:
        return None  # 刚才问的啥来着
    is_else = turn.entity("industry") is not None and asks_which_licences(turn.text)
    is_else |= opens_trade(turn)
    if is_else or is_topic_of_matter(turn) or asks_how_to_rate(turn.text):
        return None
    is_rating = turn.intent == RATES and turn.loop is None
    is_wish = turn.intent in SERVICE_INTENTS - {RATES} and turn.confidence >= SURE_WISH
    asked = app().service_finder.asked(turn.text)
    if asked is not None and OF_REVIEW in asked.name and is_rated_by_others(turn.text):
        return asked if asked.score >= FITS_INSIDE else None  # 同行瞎打差评 咋整
    is_review = is_rating and asked is not None and OF_REVIEW in asked.name
    least = NEAR_RATING if is_review else _least(turn, is_rating=is_rating)
    if is_wish and not (turn.intent in POLICIES and asked and asked.faq and asked.score > SURE_FIT):
        return None
    if asked is not None and asked.score >= least:
        return asked
    return _behind_before(turn, asked)
