"""What is said when a text names a matter, but not what one wants to know of it."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import likely_topic, say_answer
from actions.questions.matter_faqs import AMONG_FEW, questions_among, say_faq, to_be_named, utter
from actions.steering.not_recorded import says_point
from actions.turns.focus import MATTER, on_matter, read_focus
from actions.turns.names import LONG_STORY, sure_matter
from actions.turns.turn import ANSWER_INTENTS, Turn
from bot.documents.matter_text import answer as matter_answer
from bot.documents.matter_text import faq_answer
from bot.domain.matters import Matter
from bot.services.words.follow_up import asks_of_one
from bot.services.words.matter_remarks import asks, asks_for_licence, asks_something
from bot.services.words.policy_remarks import speaks_of_dues
from bot.services.words.remarks import asks_the_same_of

SURE_REFUSAL = 0.75
"""Below this confidence a text that means a matter for sure is not out of scope."""

SURE_OUT = 0.95
"""Up to this confidence it is not, where a word of it points to the matter."""

STRANGE = 0.53
"""Up to this confidence a text is refused as unlike all that was learnt (`bot/nlu/open_set.py`)."""

NEAR_ENOUGH = 0.35
"""How well a matter must fit such a text."""

BEYOND_DOUBT = 0.9
"""A matter that fits this well is meant whatever else a text says."""

OF_FIRM = 0.6
"""The same where a text speaks of what a business pays for its people."""

_MENDS = re.compile("(?:不对|不是|[搞弄说问]?错了|不不)[，, 啊不对是的]*(?=[^吧吗])")
"""Begins what mends one's own slip: 不对不对."""

STRONG = 0.75
"""A matter that fits this well is meant, however sure the refusal, by a story as well.

No statement of 987 messages that are out of scope fits one so well (27 November 2026).
"""


def answer_beyond_doubt(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for a matter that leaves no doubt, which the model refuses or a slip was said for.

    "做挂面的小作坊，登记要准备什么", and "不对，卖血压计的，二类器械那种" after another.
    No events for anything else.
    """
    mended = _MENDS.match(turn.text)
    said = turn.text[mended.end() :] if mended is not None else turn.text
    is_free = turn.loop is None and turn.choice is None
    is_refused = turn.intent in {"nlu_fallback", "out_of_scope"}
    is_refused &= turn.confidence < SURE_REFUSAL
    if not is_free or not (is_refused or mended is not None):
        return []
    best = next(iter(app().matter_resolver.rank(said, 1)), None)
    if best is None or best.score < BEYOND_DOUBT:
        return []
    matter, spoken = app().catalogue.matter(best.matter_id), read_focus(turn)
    asked = next(iter(app().dialogue_words.topics_in(said)), None)
    is_other = mended is not None and spoken.matter is not None and spoken.matter.id != matter.id
    if asked is None and (asks(said) or not is_other):
        return []
    topic = asked or spoken.topic or "eligibility"
    say_answer(topic, matter, say)
    return on_matter(matter, topic)


def offer_matter(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer for the matter that the text means, or offer to; no events when it means none."""
    name = turn.entity("matter") if turn.intent == "nlu_fallback" else None
    named = sure_matter(name) if name else None
    matter = named or matter_after_all(turn)
    return answer_or_offer(turn, matter, say, is_told=named is None) if matter is not None else []


def answer_or_offer(
    turn: Turn, matter: Matter, say: CollectingDispatcher, *, is_told: bool = False
) -> list[EventType]:
    """Answer what is asked about a matter; where nothing is, say what can be asked.

    Args:
        turn: The message.
        matter: What it is about.
        say: Where the answer goes.
        is_told: The matter was found from what was told, not by its name: say what it is for.
    """
    topic = likely_topic(turn)
    if topic == "eligibility" and says_point(turn, matter, say):
        return on_matter(matter, topic)
    if topic is not None:
        say_answer(topic, matter, say)
        say_faq(turn, matter, matter_answer(topic, matter).text, say)
    elif not is_told and (faqs := questions_among(turn.text, (matter,), AMONG_FEW)):
        utter(faq_answer(faqs[0], to_be_named(turn, matter)), say)  # 水保是编报告表那种吧
    elif is_told:
        purpose = app().matter_resolver.purpose(matter)
        say.utter_message(response="utter_matters_sounds_like", matter=matter.name, purpose=purpose)
    else:
        say.utter_message(response="utter_matters_what_about", matter=matter.name)
    return on_matter(matter, topic)


def matter_after_all(turn: Turn) -> Matter | None:
    """Return the matter that a text means for sure which the model took for none of our business.

    The one judgement of that kind. "水电气暖能一块报装吗" names none, and is about one all the
    same; so is what adds something ("要是再带住宿呢").
    """
    is_refused = turn.intent == "out_of_scope"
    if turn.intent in ANSWER_INTENTS and asks_the_same_of(turn.text):
        return sure_matter(turn.text)
    is_same = asks_the_same_of(turn.text) or asks_of_one(turn.text)
    if is_refused and turn.slots.get("focus") == MATTER and is_same:
        return sure_matter(turn.text)  # 公积金呢, after how soon insurance must be paid
    if turn.intent == "nlu_fallback":
        return sure_matter(turn.text) if asks_something(turn.text) else None
    matter = sure_matter(turn.text) if is_refused else None
    if matter is None:
        return _likeliest(turn) if is_refused and turn.loop is None else None
    if turn.loop is None and (turn.confidence < SURE_REFUSAL or asks_for_licence(turn.text)):
        return matter
    resolver = app().matter_resolver
    is_pointed = turn.confidence <= SURE_OUT and resolver.is_pointed_at(matter, turn.text)
    spoken = read_focus(turn).matter
    is_same = spoken is not None and spoken.id == matter.id  # 换个总质量十八吨的，那就得办了吧
    is_sure = turn.confidence < SURE_REFUSAL or is_pointed or is_same
    is_ours = (asks_something(turn.text) or (is_same and asks(turn.text))) and is_sure
    is_told = asks_something(turn.text) or len(turn.text) >= LONG_STORY
    least = OF_FIRM if speaks_of_dues(turn.text) else STRONG  # 员工辞职了 社保啥时候停
    is_ours |= is_told and resolver.rank(turn.text, 1)[0].score >= least
    return matter if is_ours else None


def _likeliest(turn: Turn) -> Matter | None:
    """Return the matter that a question most likely means which was refused only as too strange.

    "摆地摊卖袜子要办照不" is like nothing that was learnt, and near one matter all the same.
    """
    if turn.confidence > STRANGE or not asks(turn.text):
        return None
    best = app().matter_resolver.rank(turn.text, 1)
    is_near = bool(best) and best[0].score >= NEAR_ENOUGH
    return app().catalogue.matter(best[0].matter_id) if is_near else None
