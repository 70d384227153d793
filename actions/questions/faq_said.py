"""Which questions of the catalogue were answered last, and what is asked about one of them.

"那这个备案得在几天里头办" after "书店营业之日起30天内备案" asks for that day, and not how long
the licence takes that was spoken of before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.turns.focus import matter_in_focus, on_matter, read_focus
from actions.turns.history import last_bot_messages, slot_values, texts_before, typed_before
from actions.turns.turn import Turn
from bot.documents.matter_text import answer, faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.limits import conclusion, with_unit
from bot.services.finding.question_finder import Asked
from bot.services.reading.wording import content, normalise
from bot.services.words.follow_up import asks_renewal
from bot.services.words.matter_remarks import asks, asks_penalty
from bot.services.words.remarks import clauses

SHARED = 2
"""Signs in a row that a question shares with an answer it asks about: 备案."""

PART = 3
"""Signs in a row of a matter's name that only name it."""

ECHOED = 4
"""Signs in a row that take an answer up: 非处方药."""

_WITHIN = re.compile(
    r"(?:几|多少|\d+)个?(?:工作)?[天日]之?(?:内|里)|多长时间(?:以|之)?内|多久(?:以|之)?内"
)
"""Asks for, or tells, by when something must be done: 几天之内弄, 开业30天内."""

LONGEST = 16
"""Signs of a text that asks on about what was just answered."""

SHORT_FINE = 10
"""Signs of a question on the fine that was just told."""

TOLD = 0.2
"""How well what is told before a fine must fit a question of the matter spoken of."""

TOLD_EARLIER, EARLIER = 0.45, 5
"""The same of a matter spoken of earlier, and how many of these are looked at."""

_FINE = re.compile("[被让叫]?(?:查着|查到|逮着|抓)?[了得]?(?:咋|会不会|怎么|得)?罚.*")

COUNTED = (
    (re.compile("几[次回趟]|多少[次回]"), re.compile(r"[\d一两二三四五]+次")),
    (re.compile("几个点|百分之几|几成"), re.compile(r"\d+%")),
    (re.compile("谁[^，,]{0,3}(?:点头|同意|批准|松口|说了算|签字)"), re.compile("批准|同意|签字")),
    (
        re.compile("(?:政府|公家|财政|谁)[^，,]{0,3}(?:出|掏|付|买单)"),
        re.compile("自费|买单|自理|免费"),
    ),
)
"""What is counted in few words, and what an answer holds that tells it."""

_RENEWED = re.compile("延期|延续|续期|届满|期满")
"""Stands in an answer that tells how something goes on."""

_PAPER = re.compile("[证照]|许可|备案|手续|登记|报批|审批")
"""Names what is lacking: 没手续先干 asks for the fine of that."""

_FREE_AGAIN = re.compile(
    "(?:这回|这次|再|补|重新?)[^，,。]{0,5}(?:白给|白送|免费|不要钱|不花钱|不收钱|要钱|花钱|收费)"
)
"""Asks whether it costs nothing once more."""

MEASURES = {
    "time_limit": re.compile(r"\d[^，。；]{0,4}[日天年月]|当[场天日]"),
    "fee": re.compile(r"\d[^，。；]{0,3}元|费|免征|不收|自理"),
}
"""What an answer has to hold where a topic is asked of it."""


def faqs_said(turn: Turn, matters: Iterable[Matter]) -> list[Faq]:
    """Return the questions of some matters that were answered right before, in their order."""
    texts = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    faqs = [faq for matter in matters for faq in matter.faqs]
    return [faq for text in texts for faq in faqs if faq.answer in text]


def matter_answered(messages: Iterable[Mapping[str, Any]], near: Iterable[Matter]) -> Matter | None:
    """Return the matter of the first question of the catalogue that some messages answer; or None.

    Args:
        messages: As a dispatcher keeps them.
        near: What is planned; it goes before others that have the same question.
    """
    texts = [str(one.get("answer") or "") for one in messages]
    known = {one.id: one for one in (*near, *app().catalogue.matters.values())}
    for text in filter(None, texts):
        for matter in known.values():
            if any(f"{faq.question}\n{faq.answer}" in text for faq in matter.faqs):
                return matter
    return None


def matter_said(turn: Turn, near: Iterable[Matter]) -> Matter | None:
    """Return the matter of which a question was answered right before; None for none."""
    texts = [{"answer": str(event.get("text") or "")} for event in last_bot_messages(turn)]
    return matter_answered(texts, near)


def faq_asked_about(turn: Turn, topic: str, matter: Matter) -> Faq | None:
    """Return the one answered last that holds what is asked now; None when none does.

    It must share a word that is not in the name of the matter; else the matter itself is meant.
    """
    measure = MEASURES.get(topic)
    if measure is None:
        return None
    said = _without_names(turn.text, matter)
    for faq in faqs_said(turn, (matter,)):
        is_near = _shared(said, content(normalise(faq.question + faq.answer))) >= SHARED
        is_near |= _WITHIN.search(turn.text) is not None and _WITHIN.search(faq.answer) is not None
        if is_near and measure.search(faq.answer):
            return faq
    return None


def answer_measured(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say again the question just answered that holds what is counted now; no events for none.

    "罚几个点" after “处造价5%–10%罚款”, "延几次" after “可延期两次”, and another amount for the one
    that a limit was just compared with: 要是四米二呢.
    """
    wanted = next((holds for asks_it, holds in COUNTED if asks_it.search(turn.text)), None)
    matter = matter_in_focus(turn)
    is_free = turn.choice is None and turn.entity("matter") is None
    if matter is not None and is_free and _asks_free(turn.text):
        made = answer("fee", matter)  # 这回也白给刻不
        say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
        return on_matter(matter, "fee")
    is_free &= len(turn.text) <= LONGEST
    if matter is None or not is_free:
        return []
    said = faqs_said(turn, (matter,))
    if wanted is None and (found := _bare_number(turn, said)) is not None:
        made, follows = faq_answer(found[0]), found[1]  # 那俺报150呢, behind 200个千瓦
        text = made.text.replace(found[0].answer, f"{found[0].answer}\n{follows}", 1)
        say.utter_message(response="utter_matters_answer", answer=text, source=made.source)
        return on_matter(matter, read_focus(turn).topic or "eligibility")
    if wanted is None:  # 长四米二 高一米; but not 那得有三百米 就是在居民楼底下
        parts = clauses(turn.text)
        faq = next((x for x in said if all(conclusion(part, x) for part in parts)), None)
    else:
        faq = next((one for one in said if wanted.search(one.answer)), None)
    if faq is None:
        return []
    made = faq_answer(faq)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _bare_number(turn: Turn, said: Sequence[Faq]) -> tuple[Faq, str] | None:
    """Return the question just answered and what it means for a number told without its unit."""
    before = "，".join(texts_before(turn)[-EARLIER:]) if said else ""
    for faq in said:
        whole = with_unit(turn.text, before, faq)
        if whole is not None and (follows := conclusion(whole, faq)):
            return faq, follows
    return None


def answer_fine_said(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the fine of what was just told, or of who is told of: 没弄方案自己砸了 罚多少.

    No events where another question fits better.
    """
    matter = matter_in_focus(turn)
    if turn.choice is not None or turn.entity("matter") or not asks_penalty(turn.text):
        return []
    asked = _fine_told(turn, turn.text)
    before = typed_before(turn)
    if asked is None and before is not None and _PAPER.search(turn.text) is None:
        asked = _fine_told(turn, f"{before}，{turn.text}")  # 不吭声直接敲了罚多少
    if asked is not None:
        return _say_fine(turn, asked.faq, asked.matter, say)
    if matter is None:
        return []
    best, faq = app().question_finder.best_of_all(turn.text), _fine_told_of(turn, matter)
    if faq is None and (earlier := _fine_of_earlier(turn)) is not None:
        return _say_fine(turn, earlier.faq, earlier.matter, say)
    said = [one for one in faqs_said(turn, (matter,)) if asks_penalty(one.answer)]
    if faq is None and said and (best is None or not _shares_more(turn.text, best.faq)):
        faq = said[-1]  # 不吭声直接敲了罚多少, after the wall that carries
    return [] if faq is None else _say_fine(turn, faq, matter, say)


def answer_fine_repeated(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say again, between two questions, the fine that was just told: 借了罚多少; or no events."""
    matter = matter_in_focus(turn) if len(turn.text) <= SHORT_FINE else None
    is_free = turn.choice is None and turn.entity("matter") is None and "没" not in turn.text
    if matter is None or not is_free or not asks_penalty(turn.text):
        return []
    said = [one for one in faqs_said(turn, (matter,)) if asks_penalty(one.answer)]
    return _say_fine(turn, said[-1], matter, say) if said else []


def _say_fine(turn: Turn, faq: Faq, matter: Matter, say: CollectingDispatcher) -> list[EventType]:
    made = faq_answer(faq, matter)
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return on_matter(matter, read_focus(turn).topic or "eligibility")


def _fine_told_of(turn: Turn, matter: Matter) -> Faq | None:
    """Return the question that a clause before the fine is about: 开车那小子没证 查着咋罚."""
    parts = [part for part in clauses(turn.text) if not asks_penalty(part)]
    told = "，".join(parts)
    asked = app().question_finder.among(told, [matter], TOLD) if len(told) >= ECHOED else None
    return asked.faq if asked is not None and asks_penalty(asked.faq.answer) else None


def _fine_of_earlier(turn: Turn) -> Asked | None:
    """Return the fine of a matter spoken of earlier for what is told: 挖的时候超了范围呢 罚不."""
    told = "，".join(part for part in clauses(turn.text) if not asks_penalty(part))
    known = app().catalogue.matters
    earlier = dict.fromkeys(slot_values(turn, "matter_id")[-EARLIER:])
    spoken = [known[one] for one in earlier if one in known]
    if len(told) < ECHOED or not spoken:
        return None
    asked = app().question_finder.among(told, spoken, TOLD_EARLIER)
    return asked if asked is not None and asks_penalty(asked.faq.answer) else None


def _shares_more(text: str, faq: Faq) -> bool:
    """Tell whether a text shares a word with a question beside the fine that both ask for."""
    said, known = (_FINE.sub("\n", one) for one in (text, faq.question))
    return _shared(content(normalise(said)), content(normalise(known))) >= SHARED


def _fine_told(turn: Turn, text: str) -> Asked | None:
    """Return the question that a text fits best, where its fine was told right before; or None."""
    asked = app().question_finder.best_of_all(text)
    is_said = asked is not None and asked.faq in faqs_said(turn, (asked.matter,))
    return asked if is_said and asked is not None and asks_penalty(asked.faq.answer) else None


def _asks_free(text: str) -> bool:
    """Tell whether one clause asks if something costs nothing this time: 这回也白给刻不."""
    return any(_FREE_AGAIN.search(part) and asks(part) for part in clauses(text))


def faq_echoed(turn: Turn, matter: Matter) -> Faq | None:
    """Return the one answered last of which a text takes up a long word: 只卖乙类非处方呢."""
    said = _without_names(turn.text, matter)
    for faq in faqs_said(turn, (matter,)):
        if _shared(said, content(normalise(faq.question + faq.answer))) >= ECHOED:
            return faq
    return None


def _without_names(text: str, matter: Matter) -> str:
    said = normalise(text)
    for name in sorted((matter.name, *matter.aliases), key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    # 合作社 of 农民专业合作社设立登记 is a part of it
    run = SequenceMatcher(None, said, normalise(matter.name), autojunk=False).find_longest_match()
    if run.size >= PART:
        said = f"{said[: run.a]}\n{said[run.a + run.size :]}"
    return content(said)


def _shared(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def answer_renewal_said(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say again the question just answered that tells of the renewal asked for: 到点还想接着用.

    No events where none was answered, or where it is asked of another matter.
    """
    matter = matter_in_focus(turn)
    is_free = matter is not None and turn.loop is None and turn.entity("matter") is None
    if not is_free or matter is None or not asks_renewal(turn.text):
        return []
    told = [one for one in faqs_said(turn, (matter,)) if _RENEWED.search(one.answer)]
    if not told:
        return []
    made = faq_answer(told[0])
    say.utter_message(response="utter_matters_answer", answer=made.text, source=made.source)
    return on_matter(matter, read_focus(turn).topic or "eligibility")
