"""Tells whether a text gives evidence for a question of a matter that nobody talks about.

The meaning of a few words alone fits some question of any trade: "车辆要检测 去哪检", behind the
licence of a haulier, fits what is measured in a bath house. So a question of another matter must
have more: the matter is pointed at or fits the text, the question fits well, and its words are none
that the record of the matter spoken of has as well.
"""

from collections.abc import Collection, Iterable, Mapping

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import LICENCE
from actions.finding.not_meant import not_meant
from actions.turns.focus import read_focus
from actions.turns.history import slot_values, texts_before, typed_before
from actions.turns.names import AFTERWARDS, sure_matter
from actions.turns.turn import Turn
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.finding.question_finder import Asked
from bot.services.finding.record_lines import is_of_row, shared_run
from bot.services.reading.wording import content, normalise
from bot.services.words.matter_remarks import asks

RECENT = 4
"""Matters spoken of last that are talked about still."""

FITS, OWN, OWN_AFTERWARDS = 0.35, 0.5, 0.35
"""From the first on a matter fits a text, from the second on a question fits without it; from the
third one of what happens to any business later."""

WORD = 2
"""Signs in a row that make a word."""

TOLD, TYPED = 0.25, 8
"""From the first on a text tells of a matter, and how many texts before are looked at."""

STRONG = ("matters_answer", "matters_before", "plan", "start", "life")
"""How the names of responses go on, behind "utter_", after which what they name is talked about."""

WELL = 0.6
"""From this score on it fits though one that is talked about fits as well."""

LEAST_BESIDE, BESIDE, ALONE = 0.3, 0.1, 0.7
"""How well a question that is said beside the answer must fit; where its matter does not fit as
well as the second, it shares a word with the text, or fits as well as the third."""


def is_unfounded(turn: Turn, asked: Asked, talked_about: Collection[Matter]) -> bool:
    """Tell whether a question is of a matter that nobody talks about and the text does not mean.

    Args:
        turn: The message.
        asked: The question that it seems to ask.
        talked_about: All matters that may be meant.
    """
    matter = asked.matter
    near = _near(turn, talked_about)
    if not near or matter.id in near or _is_meant(turn, matter):
        return False
    if matter.category == LICENCE and matter.id in not_meant(turn):
        return True  # 离学校近有没有说法, of a clinic for pets, is about no net bar
    fits = _fits(turn.text)
    own = max((fits.get(one, 0.0) for one in near), default=0.0)
    if fits.get(matter.id, 0.0) >= (WELL if own >= FITS else FITS):
        return False  # of two that fit, the one that is talked about comes first
    least = OWN_AFTERWARDS if matter.category in AFTERWARDS else OWN
    return asked.score < least or _is_of_spoken(turn, asked.faq)


def founded(
    turn: Turn, matters: Iterable[Matter], talked_about: Collection[Matter], least: float
) -> list[Matter]:
    """Return the matters of which the text may ask a question, those without evidence left out."""
    kept = []
    for matter in matters:
        asked = app().question_finder.among(turn.text, [matter], least)
        if asked is None or not is_unfounded(turn, asked, talked_about):
            kept.append(matter)
    return kept


def is_beside_unfounded(turn: Turn, asked: Asked, talked_about: Collection[Matter]) -> bool:
    """Tell whether a question that may be meant as well has no evidence in the text."""
    fit = fit_of(turn.text, asked.matter)
    if asked.matter.id in _near(turn, talked_about):
        least = LEAST_BESIDE if asks(turn.text) else ALONE  # 复印 打证件照 还装订
        return asked.score < least and fit < BESIDE
    if _is_meant(turn, asked.matter):
        return False
    told = f"{asked.faq.question}{asked.faq.answer}"
    is_shared = shared_run(content(normalise(turn.text)), normalise(told)) >= WORD
    if fit < BESIDE:
        is_known = asked.score >= LEAST_BESIDE and (is_shared or asked.score >= ALONE)
        return not is_known or _is_of_spoken(turn, asked.faq)  # 学历有要求没, of device dealers
    return fit < FITS and _is_of_spoken(turn, asked.faq)


def is_weak(turn: Turn, matter: Matter) -> bool:
    """Tell whether a matter is talked about that nobody meant: it was only offered or guessed.

    "他们是大型企业", behind the offer of a plan for making clothes, is about no waste water of it.
    """
    before = texts_before(turn)
    if not before:
        return False
    answers = (e for e in turn.events if e.get("event") == "bot")
    meant = matter.name.partition("（")[0]
    for event in answers:
        name = str((event.get("metadata") or {}).get("utter_action") or "")
        if name.removeprefix("utter_").startswith(STRONG) and meant in str(event.get("text") or ""):
            return False
    sent = [str(e.get("text") or "") for e in turn.events if e.get("event") == "user"]
    if any(text.startswith("/") and matter.id in text for text in sent):
        return False
    # the text of a part of a message stands in the whole: 营业执照弄没了 补一个 要几天 要钱不
    typed = [*before[-TYPED:], *sent[-1:], turn.text]
    return not any(_tells_of(text, matter) for text in typed)


def say_unspoken(say: CollectingDispatcher) -> list[EventType]:
    """Say that nothing is recorded on a question of a matter that nobody meant, and forget it."""
    say.utter_message(response="utter_matters_unspoken")
    return [SlotSet("focus", None), SlotSet("matter_id", None)]


def is_weak_guess(turn: Turn) -> bool:
    """Tell whether what was guessed before fits the text badly while a matter is spoken of."""
    text, spoken = typed_before(turn), read_focus(turn).matter
    best = next(iter(app().matter_resolver.rank(text or "", 1)), None)
    return spoken is not None and (best is None or best.score < FITS)


def _tells_of(text: str, matter: Matter) -> bool:
    return app().matter_resolver.is_pointed_at(matter, text) or fit_of(text, matter) >= TOLD


def _near(turn: Turn, talked_about: Collection[Matter]) -> frozenset[str]:
    """Return the ids of what is talked about, or was a while ago."""
    near = {matter.id for matter in talked_about}
    return frozenset(near | {*slot_values(turn, "matter_id")[-RECENT:]})


def _is_meant(turn: Turn, matter: Matter) -> bool:
    """Tell whether a text names or points at a matter, or it is of the row of the one spoken of."""
    spoken = read_focus(turn).matter
    if spoken is not None and is_of_row(spoken.name, matter.name):
        return True
    named = sure_matter(turn.entity("matter"))
    is_named = named is not None and named.id == matter.id
    return is_named or app().matter_resolver.is_pointed_at(matter, turn.text)


def _is_of_spoken(turn: Turn, faq: Faq) -> bool:
    """Tell whether what a text shares with a question stands in the matter spoken of as well."""
    spoken = read_focus(turn).matter
    if spoken is None:
        return False
    said, question = content(normalise(turn.text)), normalise(faq.question)
    pairs = {said[at : at + WORD] for at in range(len(said) - 1)}
    shared = {pair for pair in pairs if pair in question}
    record = normalise("\n".join(_record(spoken)))
    return bool(shared) and any(pair in record for pair in shared)


def _record(matter: Matter) -> Iterable[str]:
    yield from (matter.name, *matter.aliases, *matter.conditions, *matter.notes)
    yield from (material.name for material in matter.materials)


def fit_of(text: str, matter: Matter) -> float:
    """Return how well a matter fits a text by itself."""
    return _fits(text).get(matter.id, 0.0)


def _fits(text: str) -> Mapping[str, float]:
    ranked = app().matter_resolver.rank(text, len(app().catalogue.matters))
    return {one.matter_id: one.score for one in ranked}
