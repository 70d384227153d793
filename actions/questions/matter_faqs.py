"""Answers with a question of the catalogue that the message asks: "提前多久续", "得先注销吗"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.focus import MATTER, on_matter
from actions.turns.names import AFTERWARDS, named_matter, sure_matter
from actions.turns.turn import Turn
from bot.documents.matter_text import (
    MatterAnswer,
    faq_answer,
    record_answer,
    validity_answer,
)
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.matter_faqs import asks_validity, fitting_faq, says_more
from bot.services.finding.matter_resolver import Outcome
from bot.services.finding.question_finder import NEAR_SCORE, Asked
from bot.services.finding.record_lines import lines_about
from bot.services.words.asked import happens_afterwards
from bot.services.words.business import supposes
from bot.services.words.deadline import asks_deadline
from bot.services.words.follow_up import asks_how_often
from bot.services.words.matter_remarks import (
    LONGEST_QUESTION,
    asks,
    asks_consequence,
    asks_penalty,
    asks_whether_needed,
    hands_in_later,
    owes,
)
from bot.services.words.remarks import clauses

_NEED = re.compile(
    "(?:不用|不办|要|用|必须|需要?)办(?:吗|[?？]|这个证)|才要办|要不要办|"
    "哪[些种](?:项目|工程|企业|单位|情况)?(?:不用|不需要?|才要|要|必须)"
)
_ASKS_ELSE = re.compile("谁|多少钱|多久|几天|在哪|哪里")
"""Begins a question that no yes or no answers."""

_SENDS = re.compile("(?:需|要|应当?|须|[，；]得)(?:改|另|另外|再|先)?办理?([^，。；、（“”]{3,12})")
"""Sends to another licence: 需改办."""
_ALSO = re.compile("还(?:需|要|得|须)(?:有|取得)?([^，。；、（“”和及]{3,12})")
"""The same of one that is wanted besides: 还需排污许可."""

_QUOTED = re.compile("“([^”]{3,12})”")

AMONG_FEW = 0.3
"""How well a question must fit where two or three matters may be meant."""

PLAIN_AMONG = 0.55
"""The same where papers, days or costs are asked for, which each of them has."""

STRONG = 0.5
"""From this score on a question tells by itself which matter is meant, whatever was spoken of."""

IN_TROUBLE = 0.36
"""How well one must fit a text that tells of trouble, to be asked and not cried for help."""

SHORTEST_STRONG = 6
"""Signs of a text that can tell it."""

BY_ITSELF = 0.4
"""How well one must fit where all matters of a plan may be meant."""


CLEAR = 0.35
"""A question that fits this well is meant, whatever words another one shares."""


PLAIN = frozenset({"ask_deferral", "ask_fee", "ask_legal_basis", "ask_materials", "ask_place"})
"""Questions that the model knows for sure; one of the catalogue can only stand beside them."""

SURE_TOPIC = 0.7
"""From this confidence on it does."""


def asks_plain_topic(turn: Turn) -> bool:
    """Tell whether a text asks for what every matter has: papers, costs, a law.

    "哪部法规定的，我跟合伙人得有个说法" wants that, and no question about partners.
    """
    other = {"fee"} if asks_penalty(turn.text) or owes(turn.text) else set()  # 还欠供货商钱呢
    if asks_how_often(turn.text) or asks_deadline(turn.text):  # 水多久化验一次, 多久必须动工
        other = {"time_limit"}
    if asks_penalty(turn.text) or asks_consequence(turn.text):  # 没验收先用会怎么样
        other = {*other, "deferral"}
    plain = PLAIN - {f"ask_{topic}" for topic in other}
    is_sure = turn.intent in plain and turn.confidence >= SURE_TOPIC
    is_later = turn.intent == "ask_deferral" and hands_in_later(turn.text)  # 健康证可以后补吗
    return is_sure or is_later or bool(set(app().dialogue_words.topics_in(turn.text)) - other)


def asks_more(text: str, matters: Iterable[Matter]) -> bool:
    """Tell whether a text says more than names of matters and words of the plain topics."""
    words = [word for said in app().dialogue_words.topics.values() for word in said]
    return all(says_more(text, matter, words) for matter in matters)


def questions_among(
    text: str, matters: Iterable[Matter], least: float = NEAR_SCORE
) -> tuple[Faq, ...]:
    """Return the question of some matters that a text asks, in any words, and one as near.

    What was learnt goes before words that a question shares: "必须" alone tells little.
    """
    known = list(matters)
    asked = app().question_finder.among(text, known, min(least, CLEAR))
    if asked is None or asked.score < CLEAR:
        faq = fitting_faq(text, known)
        if faq is not None:
            return (faq,)
    if asked is None or asked.score < least:
        return ()
    return (asked.faq, asked.close) if asked.close is not None else (asked.faq,)


def question_among(text: str, matters: Iterable[Matter], least: float = NEAR_SCORE) -> Faq | None:
    """Return the question of some matters that a text most likely asks; None for none."""
    return next(iter(questions_among(text, matters, least)), None)


def says_question_among(
    text: str, matters: Iterable[Matter], say: CollectingDispatcher, least: float = NEAR_SCORE
) -> bool:
    """Answer the question of some matters that a text asks; False for none.

    Of several matters the one that it belongs to is named.
    """
    known = list(matters)
    found = questions_among(text, known, least)
    for faq in found:
        own = next((one for one in known if faq in one.faqs), None) if len(known) > 1 else None
        utter(faq_answer(faq, own), say)
    return bool(found)


def asks_known(text: str) -> bool:
    """Tell whether a text asks what the catalogue holds on one of the matters it may mean."""
    made = app().matter_resolver.resolve(text)
    meant = [app().catalogue.matter(one.matter_id) for one in made.candidates]
    return app().question_finder.among(text, meant, IN_TROUBLE) is not None


def answer_among(
    turn: Turn, matters: Sequence[Matter], topic: str | None, say: CollectingDispatcher
) -> list[EventType]:
    """Answer the question that the catalogue holds on one of a few matters; no events for none.

    So that one need not choose among them first: the question tells which is meant.
    """
    later = [matter for matter in matters if matter.category in AFTERWARDS]
    meant = later if later and happens_afterwards(turn.text) else matters  # 法人换人了咋弄
    least = PLAIN_AMONG if asks_plain_topic(turn) else AMONG_FEW  # 资本降到一百万，最快多久
    asked = app().question_finder.among(turn.text, meant, least)
    if asked is None or not asks(turn.text):
        return []
    say_question(turn, asked, say)
    return on_matter(asked.matter, topic or "eligibility")


def answer_strong(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer a question nearly as the catalogue has it, on a matter that is not spoken of.

    "最长能停几年" is about a pause though the end of a business was talked about. Else none.
    """
    is_plain = bool(app().dialogue_words.topics_in(turn.text)) or asks_validity(turn.text)
    if len(turn.text) < SHORTEST_STRONG or is_plain:
        return []
    made = app().matter_resolver.resolve(turn.text)
    if made.outcome is not Outcome.SURE:
        return []
    matter = app().catalogue.matter(made.candidates[0].matter_id)
    asked = app().question_finder.among(turn.text, (matter,), STRONG)
    if asked is None:
        return []
    say_question(turn, replace(asked, close=None), say)
    return on_matter(matter, "eligibility")


def known_validity(matter: Matter) -> MatterAnswer | None:
    """Return how long a licence holds; of its renewal that of the licence; None for unknown."""
    known = app().catalogue.matters
    renewed = matter.depends_on if matter.category in AFTERWARDS else ()
    meant = [matter, *(known[name] for name in renewed if name in known)]
    return next((made for one in meant if (made := validity_answer(one)) is not None), None)


def is_held_by_record(text: str, spoken: Matter | None, asked: Asked) -> bool:
    """Tell whether the record of the matter spoken of says how long it holds: 最长能挂几年.

    Args:
        text: What is asked.
        spoken: The matter spoken of; None for none.
        asked: The question that fits, which may only count some days.
    """
    is_asked = asks_validity(text) and not asks_validity(asked.faq.question)
    return is_asked and spoken is not None and known_validity(spoken) is not None


def say_faq(
    turn: Turn, matter: Matter, said: str, say: CollectingDispatcher, about: Matter | None = None
) -> None:
    """Add what the catalogue says to just this question, beside the answer on its topic.

    Args:
        turn: The message.
        matter: The matter that it is about.
        said: What was answered already, so that nothing is said twice.
        say: Where it is said.
        about: The matter, where nothing else says that the answer is about it.
    """
    is_more = asks_more(turn.text, (matter,))
    least = NEAR_SCORE if len(turn.text) <= LONGEST_QUESTION else AMONG_FEW  # a story says more
    faqs = questions_among(turn.text, (matter,), least) if is_more else ()
    made = [faq_answer(faq, about) for faq in faqs if faq.answer not in said]
    if not made and asks_validity(turn.text):
        made = [answer for answer in (known_validity(matter),) if answer is not None]
    rest = turn.text.replace(turn.entity("matter") or "\n", "")
    lines = lines_about(rest, matter) if is_more and not made else []
    if any(line not in said for line in lines):  # 需要开设立大会不: it stands among the papers
        made = [record_answer(matter, lines)]
    for answer in made:
        utter(answer, say)


OF_CLAUSE = 0.3
"""How well a clause must fit a question of the matter where the record only says who may."""

UNASKED = frozenset({"fee", "legal_basis", "procedure", "time_limit"})
"""Topics that a trouble is taken for in which nothing is asked."""


def says_faq_alone(turn: Turn, topic: str, matter: Matter, say: CollectingDispatcher) -> bool:
    """Answer just this question where nothing is recorded on who may; False for no answer.

    So too of what is only told: 注册资本写高了 五年要交齐 俺没钱 asks for no fee.
    """
    if topic in UNASKED and not any(map(asks, clauses(turn.text))):
        told = questions_among(turn.text, [matter], PLAIN_AMONG)
        if told:
            utter(faq_answer(told[0], to_be_named(turn, matter)), say)
        return bool(told)
    if topic != "eligibility" or matter.conditions:
        return False
    before = len(say.messages)
    say_faq(turn, matter, "", say, to_be_named(turn, matter))
    if len(say.messages) == before:  # "谁能办" alone says nothing to 不过我股权还押着 这样行吗
        parts = [part for part in clauses(turn.text) if len(part) >= SHORTEST_STRONG]
        found = (app().question_finder.among(part, [matter], OF_CLAUSE) for part in parts)
        best = max(filter(None, found), key=lambda asked: asked.score, default=None)
        if best is not None and len(parts) > 1:
            utter(faq_answer(best.faq, to_be_named(turn, matter)), say)
    return len(say.messages) > before


def matter_told_of(faq: Faq, own: Matter) -> Matter:
    """Return the matter that the answer to a question quotes or sends to, else its own.

    "那个证几天能下来" after "可办“小餐饮登记证”" is about that, as is what follows on
    "需改办食品经营许可，不能只备案".
    """
    names = (*_SENDS.findall(faq.answer), *_ALSO.findall(faq.answer))
    sent = [one for name in names if _bears(one := sure_matter(name), name)]
    named = [*map(named_matter, _QUOTED.findall(faq.answer)), *sent]
    return next((matter for matter in named if matter is not None), own)


def _bears(matter: Matter | None, name: str) -> bool:
    """Tell whether a matter has this name, whatever stands in brackets or beside it: …（新办）."""
    if matter is None:
        return False
    return name in {*matter.name.partition("（")[0].split("/"), *matter.aliases}


def need_question(matter: Matter) -> Faq | None:
    """Return the first question of a matter on who needs it: 多大的工程不用办; None for none."""
    return next((faq for faq in matter.faqs if _NEED.search(faq.question)), None)


_ASKING = re.compile("谁|几|多少|[啥哪咋怎]")
PART, LONGEST_PART = 0.4, 14
"""How well a part of a text must fit a question of the matter that another part asks of, and signs
of such a part."""


def say_question(turn: Turn, asked: Asked, say: CollectingDispatcher) -> None:
    """Answer a question, and the one that fits as nearly.

    Where another matter, or none, was spoken of, the answer says which it is about.
    """
    about = to_be_named(turn, asked.matter)
    said = [_as_needed(turn.text, asked), asked.close]
    for faq in dict.fromkeys([*filter(None, said), *_other_parts(turn, asked.matter)]):
        utter(faq_answer(faq, about), say)
        about = None


def _other_parts(turn: Turn, matter: Matter) -> list[Faq]:
    """Return what the short parts of a text ask of the same matter: 保证金啥时候存 谁存."""
    parts = [part for part in clauses(turn.text) if asks(part) or _ASKING.search(part)]
    named = turn.entity("matter")
    parts = [part.replace(named, "") if named else part for part in parts]
    short = [part for part in parts if len(part) <= LONGEST_PART] if len(parts) > 1 else []
    found = (app().question_finder.among(part, [matter], PART) for part in short)
    return [one.faq for one in found if one is not None]


def _as_needed(text: str, asked: Asked) -> Faq:
    """Return the question asked, or the one on who needs it where that is what is asked.

    "图纸还要审查吗" wants a yes or no, and not who pays for it.
    """
    is_need = asks_whether_needed(clauses(text)[-1]) if text else False
    is_other = is_need and _ASKS_ELSE.match(asked.faq.question) is not None
    return (need_question(asked.matter) if is_other else None) or asked.faq


def to_be_named(turn: Turn, matter: Matter) -> Matter | None:
    """Return a matter that an answer must name, None for the one that was just spoken of.

    What is only supposed may change it, so the name is said: 那要是再加上散装的呢.
    """
    is_spoken_of = turn.slots.get("focus") == MATTER and turn.slots.get("matter_id") == matter.id
    return None if is_spoken_of and not supposes(turn.text) else matter


def utter(made: MatterAnswer, say: CollectingDispatcher) -> None:
    """Say an answer with its source."""
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
