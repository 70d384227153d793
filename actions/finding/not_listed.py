"""Says that a licence is not in the catalogue, instead of answering for one that sounds near."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.matter_faqs import utter
from actions.turns.focus import read_focus
from actions.turns.history import last_responses
from actions.turns.names import (
    AFTERWARDS,
    find_matters,
    is_founding,
    matter_buttons,
    speaks_of_matter,
)
from actions.turns.turn import ANSWER_INTENTS, QUESTION_INTENTS, Turn
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.any_matter import Point, is_shared_on, point_asked
from bot.services.words.follow_up import renews
from bot.services.words.held import Held, happens_to, papers_named
from bot.services.words.matter_remarks import asks, ends_as_licence, licence_name

NOT_LISTED = "utter_matters_not_listed_at_all"
"""Response about a matter that the catalogue lacks, and nothing near it."""

NOT_OURS = frozenset({"utter_matters_not_listed", NOT_LISTED})
STILL = "utter_common_out_of_scope_still"

KNOWN = 0.4
"""How well a matter must fit a name that is none of its own."""

_RESULT = re.compile(
    "(?:拿|领|取|下|出|给|发)(?:到|得?来|着)?了?(?:这个|那个|这|那)?(?:备案|登记|许可)?"
    "(?:凭证|证书|证|批文|批复|本子|回执|结果)(?:[吗不呢啊]|$)"
)
"""Names what comes of the matter spoken of, and no licence by itself."""

OF_HELD = frozenset({Point.CLOSED, Point.LAPSED, Point.LENT, Point.LOST, Point.REVOKED})
"""What is asked of a licence that one has."""

OF_TRADE = "的证"
"""Ends what tells a licence by its trade only: 驾校的证."""

UNHEARD = frozenset({"nlu_fallback", "out_of_scope"})

LICENCE, PERMITS = "营业执照", "行政许可"
"""Result of a registration, and the kind of what the law on licences holds for."""

_PERMIT = re.compile("(?:许可证?|资质证?书?|的证)$")
"""Ends the name of a licence, and of no paper of a person: no 驾驶证."""

LONGEST_HELD = 24
"""Signs of a text that does not tell more than what happened to a licence."""

KIND = ("证", "照", "许可", "备案")
"""Begins what is left where a trade names its licence itself."""

SHORTEST_NAME = 5
"""Signs of a name of a licence that tells by itself what it is: 办学许可证."""

LONGEST = 12
"""Characters of a question that names nothing of its own."""


def says_held_not_listed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say it of a licence that one has, before the renewal or loss of one that sounds near.

    安全生产许可证到期了咋办 is not about the licence of a food factory.
    """
    is_free = turn.loop is None and turn.choice is None and len(turn.text) <= LONGEST_HELD
    named = [one.value for one in turn.entities if one.name == "matter"]
    is_one = len(named) <= 1 or sum(map(ends_as_licence, named)) == 1  # 安全生产许可证, 注销
    asked = point_asked(turn.text)
    is_held = happens_to(turn.text) is not None or renews(turn.text)
    is_held = is_held or (asked is not None and asked.point in OF_HELD)
    if not (is_free and is_one and is_held):
        return []
    name, found = _named(turn)
    if name is None or len(papers_named(name)) != 1:
        return []
    is_trade = name.endswith(OF_TRADE) and turn.intent in UNHEARD  # 驾校的证
    is_unknown = is_trade and app().matter_resolver.rank(name, 1)[0].score < KNOWN
    is_foreign = bool(found) and app().matter_resolver.is_foreign(name, found[0])
    if not (is_unknown or is_foreign or (found and _is_of_registration(found[0], name))):
        return []
    events = _say(name, () if is_unknown else found, say)
    if _PERMIT.search(name) is not None:
        _say_shared(turn, say)
    return events


def _is_of_registration(matter: Matter, name: str) -> bool:
    """Tell whether a matter changes a business, and a name is that of a licence: 建筑资质."""
    is_named = is_founding(name) or app().matter_resolver.is_name(name)
    return matter.category in AFTERWARDS and LICENCE in matter.result and not is_named


def _say_shared(turn: Turn, say: CollectingDispatcher) -> None:
    """Say what the law holds of any licence that runs out, changes, ends or is handed on."""
    asked = point_asked(turn.text)
    point = asked.point if asked is not None and asked.point in OF_HELD else None
    point = Point.LAPSED if renews(turn.text) else point
    if point is None and happens_to(turn.text) is Held.CHANGED:
        point = Point.CHANGED
    known = app().catalogue.shared_questions
    of_permits = (one.faq for one in known if PERMITS in one.kinds)
    faq = next((one for one in of_permits if point and is_shared_on(one.question, point)), None)
    if faq is not None:
        utter(faq_answer(faq), say)


def _named(turn: Turn) -> tuple[str | None, list[Matter]]:
    """Return the name of a licence that a text gives, whole, and the matters it sounds like."""
    word = turn.entity("matter")
    whole = licence_name(turn.text)  # 出租车经营许可, of which the model marks a part
    word = whole if word and whole and whole.endswith(word) else word
    name = _without_owner(turn, licence_name(word or turn.text) or whole)
    return name, find_matters(name)


def _without_owner(turn: Turn, name: str | None) -> str | None:
    """Return the name of a licence without the trade that stands before it: 培训学校办学许可证."""
    for one in turn.entities if name is not None else ():
        rest = name.removeprefix(one.value) if name else ""
        is_name = len(rest) >= SHORTEST_NAME and not rest.startswith(KIND)  # 网吧证和特行证
        if one.name != "material" and rest != name and is_name:
            return rest
    return name


def says_not_listed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say it of the licence that is named, with near ones as buttons; no events for none.

    Nothing is talked about then, so that "几天" behind it is not answered for what was before.
    """
    word = turn.entity("matter")
    if word is None and read_focus(turn).matter is not None and _RESULT.search(turn.text):
        return []
    name, found = _named(turn)
    if word is not None and name is not None and name.endswith(word):
        word = name
    if name is not None and found and app().matter_resolver.is_foreign(name, found[0]):
        return _say(name, found, say)
    is_ours = word is None or word in app().dialogue_words.broad or speaks_of_matter(turn.text)
    is_known = word is not None and app().matter_resolver.rank(word, 1)[0].score >= KNOWN
    if word is None or is_ours or is_known or not ends_as_licence(word):
        return []
    return _say(word, (), say)


def _say(name: str, near: list[Matter] | tuple[()], say: CollectingDispatcher) -> list[EventType]:
    if near:
        buttons = matter_buttons("topic_matter", near)
        say.utter_message(response="utter_matters_not_listed", name=name, buttons=buttons)
    else:
        say.utter_message(response=NOT_LISTED, name=name)
    return [SlotSet("matter_id", None), SlotSet("focus", None), SlotSet("focus_topic", None)]


def says_still_not_listed(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say it again where a short question is about the licence that was just said to be missing."""
    is_said = bool(last_responses(turn) & (NOT_OURS | {STILL}))
    if not is_said or turn.loop is not None or turn.choice is not None:
        return []
    is_named = any(turn.entity(name) for name in ("matter", "industry", "policy"))
    is_free = turn.intent in ANSWER_INTENTS | QUESTION_INTENTS
    is_asked = is_free and asks(turn.text) and len(turn.text) <= LONGEST and not is_named
    if not is_asked or speaks_of_matter(turn.text):
        return []
    say.utter_message(response=STILL)
    return [SlotSet("focus", None)]
