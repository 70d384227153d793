"""Says again what an answer just told of a thing that a few words take up: 补刻的呢, 个体户刻呢.

A fee reads "新开办企业首套印章政府买单；补刻、个体户自费", and who asks on takes one word of it up.
"""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turns.history import last_bot_messages
from actions.turns.turn import Turn
from bot.documents.matter_text import is_source
from bot.services.reading.numerals import read_number
from bot.services.reading.wording import normalise
from bot.services.words.remarks import clauses, thing_asked_of

SHORTEST, LONGEST = 2, 10
"""Signs that such a text shares with what was said, and signs of the text."""

_ON = re.compile("呢[?？]*$")
"""Ends a part of a text that takes a thing up."""

_EITHER_WAY = re.compile("[前后](?:再|去|来|先|就)?[^，,]{0,4}还是[^，,]{0,6}[前后]")
_WHEN = re.compile(r"\d+个?(?:工作)?[日天]内|[日天]之?内|之?[前后](?=[，,、]|$|[^期])")
"""Asks on which side of something a thing is done, and what tells it."""

_DENIED = re.compile(
    "(?:我|俺|咱|要是|如果|这|那)*(?:没有?|不(?:带|做|搞|卖|开|弄|是|用)|无)(?=.{2})"
)
"""Begins what says that one has a thing not."""

_INSIDE = re.compile(
    "(?:算不算|(?:算|计)(?:不算|在|进|入)?(?=里|内|其中)|在不?在?(?=里|内|其中)|包不?包?[括含])"
    "(?:里头|里面|里边|内|其中|数|进去)?(?:了|的)?(?:吗|不|么|嘛|没|呀|啊)?[?？]?$"
)
_INCLUDES = re.compile("(?:不|都|也)?(?:算|计|包括|包含)(?:在|进|入)?(?:里头|里面|内|其中)?")
"""Ends a question whether something is counted in, and what tells it."""

_HOW = re.compile(
    "(?:那|这个|它|[，, ])*(?:怎么|咋|如何|去哪|上哪|找谁)"
    "(?P<deed>(?!申请|办理)[\u4e00-\u9fff]{2,4}?)(?:来|的|呢|啊|呀)?[?？]*"
)
"""Asks how something is done that the last answer told of: 怎么移出来, 上哪补报."""

_AMOUNT = re.compile(
    r"(?:那|要是|如果|刚|才|就|只|满|过|[，, ])*(?P<number>\d+|[一二两三四五六七八九十]{1,3})"
    "(?P<unit>个?(?:年|月|天|日|周|米|吨|平|亩|人|层|次|成))(?:多)?(?:的话|的)?呢[?？]*"
)
"""The whole of a text that takes up an amount which the last answer told of: 一年的话呢."""

_CASE = re.compile(
    "(?:不对|不是|错了|说错了|哦|噢|[，, ])*(?:可|那|其实)?(?:我|俺|咱)?们?(?:家|厂|这|那)?"
    "(?:个|次|回|项目)?的?[要做办走编报]?的?(?:是|属于)"
    "(?P<case>[^，,。？?吗不么啥哪谁几 ]{2,6}?)(?:的|那种|来着)?"
)
"""The whole of a text that tells which case one is: 这个是报告书."""

_SENTENCES, _LINES = re.compile(r"[\n。；;]+"), re.compile(r"\n+")


def answer_echo(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the sentences of the last answer that hold the thing asked of; no events for none."""
    if turn.loop is not None or turn.choice is not None or turn.entity("matter"):
        return []
    short = (part for part in clauses(turn.text) if len(part) <= LONGEST and _ON.search(part))
    things = [normalise(thing_asked_of(part.rstrip("?？")).removesuffix("的")) for part in short]
    deed = _HOW.fullmatch(turn.text)
    is_said = any(_says_again(turn, say, _held(turn, thing)) for thing in things)
    is_said = is_said or (
        deed is not None and _says_again(turn, say, partial(_is_in, deed["deed"]))
    )
    return [SlotSet("focus", turn.slots.get("focus"))] if is_said else []


def answer_inside_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say again what the last answer told of a thing that is counted in or not; no events for none.

    "前面预审图纸那些算不算里头" behind “从拿到地起15个工作日，施工图预审不算在里面”.
    """
    is_free = turn.loop is None and turn.choice is None
    if not is_free or _INSIDE.search(turn.text) is None:
        return []
    thing = normalise(_INSIDE.sub("", turn.text))
    told = _told_behind(turn)
    sentences = [part for part in told if _INCLUDES.search(part)]
    is_said = any(_shares(thing, part) for part in sentences) and _says_again(
        turn, say, lambda part: _INCLUDES.search(part) is not None
    )
    return [SlotSet("focus", turn.slots.get("focus"))] if is_said else []


def answer_amount_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say what the last answer told for the amount that a text takes up; no events for none.

    "一年的话呢" behind “满一年没动工的，可以收土地闲置费；满二年的可以无偿收回”.
    """
    found = _AMOUNT.fullmatch(turn.text) if turn.loop is None and turn.choice is None else None
    if found is None:
        return []
    number, unit = found["number"].replace("两", "二"), found["unit"]
    said = re.compile(rf"(?<!\d)(?:{number}|{_digits(number)}){unit}")
    is_said = _says_again(turn, say, lambda part: said.search(part) is not None)
    return [SlotSet("focus", turn.slots.get("focus"))] if is_said else []


def answer_case_told(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Say the lines of the last answer with a figure for the case that is told; [] for none.

    "不对 俺们这个是报告书" behind “法定时限：60日（报告书60日、报告表30日）”.
    """
    found = _CASE.fullmatch(turn.text) if turn.loop is None and turn.choice is None else None
    if found is None:
        return []
    figure = re.compile(rf"{re.escape(found['case'])}[^、；，,。]{{0,4}}\d")
    is_said = _says_again(turn, say, lambda part: figure.search(part) is not None, by=_LINES)
    return [SlotSet("focus", turn.slots.get("focus"))] if is_said else []


def _digits(number: str) -> str:
    """Return a number as digits: 3 of 三."""
    return f"{read_number(number):.10g}"


def _told_behind(turn: Turn) -> list[str]:
    """Return the sentences of the last answers."""
    texts = (str(event.get("text") or "") for event in last_bot_messages(turn))
    return [part.strip() for text in texts for part in _SENTENCES.split(text) if part.strip()]


def _shares(thing: str, sentence: str) -> bool:
    match = SequenceMatcher(None, thing, normalise(sentence), autojunk=False)
    return match.find_longest_match().size >= SHORTEST


def _held(turn: Turn, thing: str) -> Callable[[str], bool]:
    """Return what a sentence must hold; of a thing that one has not, all of the answer: 没泳池呢.

    The sentence that holds the thing would tell the contrary.
    """
    denied = _DENIED.match(thing)
    if denied is None:
        return partial(_is_in, thing)
    texts = [str(event.get("text") or "") for event in last_bot_messages(turn)]
    whole = [one for text in texts for one in re.split("[\n。]", text)]
    told = [one for one in whole if _is_in(thing[denied.end() :], one) and "；" in one]
    return lambda part: any(part in one for one in told) or _is_in(thing, part)


def _says_again(
    turn: Turn,
    say: CollectingDispatcher,
    holds: Callable[[str], bool],
    *,
    by: re.Pattern[str] = _SENTENCES,
) -> bool:
    """Say the sentences, or the lines, of the last answer that hold what is asked."""
    for event in last_bot_messages(turn):
        text = str(event.get("text") or "")
        told = [part.strip() for part in by.split(text) if part.strip()]
        source = next((part for part in told if is_source(part)), None)
        found = [part for part in told if part != source and holds(part)]
        if source is not None and found:
            say.utter_message(response="utter_matters_echo", answer="；".join(found), source=source)
            return True
    return False


def says_within(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say again when a thing is to be done, as the last answer told: 是开门之前弄还是之后弄.

    False where a text does not ask that, or nothing was told.
    """
    if turn.loop is not None or _EITHER_WAY.search(turn.text) is None:
        return False
    return _says_again(turn, say, lambda part: _WHEN.search(part) is not None)


def _is_in(thing: str, sentence: str) -> bool:
    """Tell whether a sentence holds most of a thing: 个体户 of 个体户刻."""
    match = SequenceMatcher(None, thing, normalise(sentence), autojunk=False)
    size = match.find_longest_match().size
    return size >= SHORTEST and 2 * size > len(thing)
