"""Answers what is asked on after trouble was answered: 能要利息不, and then 那上哪告去.

Such a text names nothing; it asks of the trouble only together with what was told before it.
"""

import re
from collections.abc import Collection, Iterable

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.steering.asides import OF_REVIEW, say_service_question
from actions.turns.focus import read_focus
from actions.turns.history import last_bot_messages, texts_before, was_told
from actions.turns.turn import QUESTION_INTENTS, Turn
from bot.domain.facts import Faq
from bot.services.finding.service_finder import ServiceAsked
from bot.services.words.follow_up import asks_of_one
from bot.services.words.matter_remarks import asks, owes
from bot.services.words.remarks import asks_the_same_of, clauses

LONGEST, LONGEST_OWED = 18, 26
"""Signs of a question that may need what was told before it, and of one that tells of a debt."""

BACK = 3
"""Messages before it in which the trouble may have been told."""

NEAR, FAR, TOLD = 0.24, 0.6, 0.45
"""How well a question on the same trouble must fit, one on another, and one that is only told."""

APART = 10
"""How far from each other questions on one trouble stand in the catalogue."""

OWED = 0.3
"""How well another question must fit what tells of another debt, or only names another case."""

_ALSO = re.compile("也|一样|同样|这么|这样")
"""Asks whether it is the same there."""

ASIDE = 4
"""The same of those that tell one point of it."""

_POINTS = (
    (
        re.compile(
            "那?(?:我|俺|咱|该|得|要|能|应该)*(?:[往上去到]哪里?儿?|找谁|找哪|向谁)(?:个部门|里|儿|去)?"
            "(?:去)?(?:投诉?|告状?|反映|说理|登记|管|要|讨|说)?[去他它]?[呢啊]?[?？]?"
        ),
        "找谁",
    ),
    (
        re.compile(
            "那?(?:这个?|它|他们)?(?:要|得|用)?(?:收|花|交|掏)?[钱费](?:用)?(?:吗|不|么)[?？]?"
        ),
        "钱",
    ),
)
"""Asks one point and nothing else (上哪投, 它收钱不), and the word of a question on it."""

_BROUGHT = "带上"
"""Stands in an answer before what is to be taken along."""

NAMES = ("case_number", "district", "enterprise_type", "industry", "matter", "policy")
"""What brings up something else."""

HEARD = QUESTION_INTENTS | {"blow_whistle", "complain", "deny", "inform", "nlu_fallback"}
HEARD |= {"chitchat", "out_of_scope", "query_case", "query_ticket", "request_agent"}
"""What the model takes such a question for."""


def answer_trouble_on(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a short question on the trouble that was just answered; no events for another."""
    longest = LONGEST_OWED if owes(turn.text) else LONGEST
    is_free = turn.loop is None and turn.choice is None
    is_asked = is_free and len(turn.text) <= longest and turn.intent in HEARD
    if not is_asked or any(map(turn.entity, NAMES)) or read_focus(turn).is_plan:
        return []
    said = _just_said(turn)
    faq = (_point_of(turn, said) or _asked(turn, said)) if said is not None else None
    if faq is None:
        return []
    say_service_question(faq, say)
    return [SlotSet("focus_topic", read_focus(turn).topic)]


def _asks_same(text: str) -> bool:
    """Tell whether the same is asked for somebody else: 要是职业学院欠的呢 也这么算."""
    first, *rest = clauses(text) or [text]
    is_same = asks_the_same_of(first) or (asks_of_one(first) and bool(rest))
    return is_same and (not rest or _ALSO.search(rest[-1]) is not None)


def _just_said(turn: Turn) -> int | None:
    """Return the place in the catalogue of the question that was just answered; None for none."""
    said = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    known = enumerate(app().catalogue.service_questions)
    return next((at for at, faq in known if any(faq.answer in text for text in said)), None)


def _point_of(turn: Turn, said: int) -> Faq | None:
    """Return the question on the same trouble that tells one point of it: 往哪投诉; or None.

    What was told to be taken along is told again: 都准备啥.
    """
    known = app().catalogue.service_questions
    if turn.intent == "ask_materials" and _BROUGHT in known[said].answer:
        return known[said]
    word = next((word for words, word in _POINTS if words.fullmatch(turn.text)), None)
    near = range(max(0, said - ASIDE), min(len(known), said + ASIDE + 1))
    of_point = [at for at in near if word and at != said and word in known[at].question]
    return known[min(of_point, key=lambda at: abs(at - said))] if of_point else None


def _asked(turn: Turn, said: int) -> Faq | None:
    """Return the question that a text asks by itself, else behind what was told before it.

    Args:
        turn: The message.
        said: The place of the question that was just answered; those about it are on the same
            trouble, and need fit less.
    """
    known = app().catalogue.service_questions
    near = {faq.question for faq in known[max(0, said - APART) : said + APART + 1]}
    if OF_REVIEW in known[said].question:  # what is asked of reviews stands apart in the catalogue
        near |= {faq.question for faq in known if OF_REVIEW in faq.question}
    far = OWED if owes(turn.text) else FAR
    own = _best([turn.text], {known[said].question}, near, far)
    if _asks_same(turn.text):
        whose = _best([turn.text, *clauses(turn.text)[:1]], {known[said].question}, (), OWED)
        return known[said] if whose is None else whose.faq  # 要是镇政府欠的呢, 私人欠的呢
    if own is not None:
        return own.faq
    told = {faq.question for faq in known if was_told(turn, faq.answer)}
    texts = [f"{one} {turn.text}" for one in reversed(texts_before(turn)[-BACK:])]
    joined = _best(texts, told, near, FAR)
    least = 0.0 if asks(turn.text) else TOLD
    return joined.faq if joined is not None and joined.score >= least else None


def _best(
    texts: Iterable[str], told: Collection[str], near: Collection[str], far: float
) -> ServiceAsked | None:
    """Return the question, none of those told, that fits one of some texts best; or None."""
    found = [one for text in texts if (one := app().service_finder.asked(text)) is not None]
    asked = [one for one in found if one.faq is not None and one.name not in told]
    fitting = [one for one in asked if one.score >= (NEAR if one.name in near else far)]
    return max(fitting, key=lambda one: one.score, default=None)
