"""Answers how kinds of paper differ and which is meant: 备案跟许可有啥区别, 登记跟许可我是哪种.

First what the catalogue says of a matter that is talked about and has both, then the general
answer. No matter that only sounds alike is meant, nor the forms of business.
"""

from collections.abc import Iterator

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.questions.faq_asked import talked_about
from actions.questions.matter_faqs import to_be_named, utter
from actions.questions.worded import WordedService
from actions.turns.focus import on_matter
from actions.turns.history import slot_values
from actions.turns.turn import Turn
from bot.documents.matter_text import faq_answer
from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.services.words.kinds_compared import asks_which_kind, bare_kind, kinds_compared

DIFFERENCE = WordedService("备案、登记有什么")
"""The question on how they differ."""

RECENT = 4
"""Matters spoken of last that are looked at."""

SHARE = "证"
"""Tells of what is licensed where its kind is not called: 不用办证."""

LICENSED = "许可"


def answer_kinds_compared(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Answer what is asked of two kinds of paper, or of one by no name; no events for else."""
    if turn.choice is not None or any(one.name == "policy" for one in turn.entities):
        return []
    kinds = kinds_compared(turn.text)
    if kinds is None:
        return _which(turn, say)
    known = list(_spoken(turn))
    both = next((one for one in known if all(kind in one.name for kind in kinds)), None)
    for matter in (both, *known) if both is not None else known[:1]:
        faq = _faq_of_both(matter, kinds) if matter is not None else None
        if matter is not None and faq is not None:
            utter(faq_answer(faq, to_be_named(turn, matter)), say)
            return on_matter(matter, "eligibility")
    return _say_general(turn, known, kinds, say)


def _spoken(turn: Turn) -> Iterator[Matter]:
    """Yield the matters that are talked about, the last first."""
    known, (spoken, _) = app().catalogue.matters, talked_about(turn)
    ids = dict.fromkeys(reversed(slot_values(turn, "matter_id")[-RECENT:]))
    first = (spoken.id,) if spoken is not None else ()
    yield from (known[one] for one in dict.fromkeys((*first, *ids)) if one in known)


def _faq_of_both(matter: Matter, kinds: tuple[str, str]) -> Faq | None:
    """Return the first question of a matter whose answer tells of both kinds; None for none."""
    return next((faq for faq in matter.faqs if all(_tells(faq, kind) for kind in kinds)), None)


def _tells(faq: Faq, kind: str) -> bool:
    return kind in faq.answer or (kind == LICENSED and f"办{SHARE}" in faq.answer)


def _say_general(
    turn: Turn, known: list[Matter], kinds: tuple[str, str], say: CollectingDispatcher
) -> list[EventType]:
    """Say of which kind the matter spoken of is, or that it is not known, and how they differ."""
    faq, spoken = DIFFERENCE.faq, known[0] if known else None
    own = [kind for kind in kinds if spoken is not None and kind in spoken.name]
    if spoken is not None and len(own) == 1:
        say.utter_message(response="utter_matters_kind", matter=spoken.name, kind=own[0])
    elif asks_which_kind(turn.text) or "还是" in turn.text:
        say.utter_message(response="utter_matters_kind_missing")
    if faq is not None:
        utter(faq_answer(faq), say)
    return [SlotSet("focus", turn.slots.get("focus"))]


def _which(turn: Turn, say: CollectingDispatcher) -> list[EventType]:
    """Ask back of what a kind of paper is that nothing spoken of has; no events for else."""
    kind = bare_kind(turn.text)
    near = [*talked_about(turn)[1], *_spoken(turn)]
    if kind is None or not near or any(kind in f"{one.name}{one.aliases}" for one in near):
        return []
    say.utter_message(response="utter_matters_kind_of_what", kind=kind)
    return [SlotSet("focus", turn.slots.get("focus"))]
