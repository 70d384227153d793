"""Chooses among the buttons that were just shown by what is said: "第二个", "开业之前那个检查"."""

import json
import re
from dataclasses import replace
from typing import Any

from actions import app
from actions.turns.focus import POLICY
from actions.turns.history import last_bot_messages, lately_shown
from actions.turns.names import FAR_BEHIND
from actions.turns.turn import CHOICE, Entity, Turn
from bot.domain.matters import Matter
from bot.services.reading.numerals import read_number
from bot.services.words.matter_remarks import asks

MATTER_SLOTS = ("matter_id", "topic_matter")
"""Slots whose buttons choose a matter."""

TOLD = 0.2
"""How well one of the matters to choose from must fit what is said."""

SHORTEST_TITLE = 3
"""Signs of a title that is typed; shorter ones are words of their own."""

ANSWER = "/inform"
"""Begins what a button does that answers a question."""

READ_BY_THEMSELVES = frozenset({"booking_slot"})
"""Questions that read a place in their list by themselves."""

_AROUND_TITLE = " 。，,！!“”【】[]"
_PLACE = re.compile(
    r"(?:我|就|要|那)*(?:选|点)?(?:第(?P<place>[一二三四五六七八九1-9])(?:个|项|条|种|样)?|"
    r"(?P<number>[1-9])(?:号|[.、)])?)(?:吧|呗|的)?[。.]?"
)


def pressed_by_place(turn: Turn) -> Turn:
    """Return the turn as if the button were pressed whose place is typed; else the turn itself.

    "2" and "第二个" press the second of the buttons just shown, where these are a choice.
    """
    found = _PLACE.fullmatch(turn.text) if turn.choice is None else None
    if found is None or turn.requested in READ_BY_THEMSELVES:
        return turn
    payloads = _choices(turn)
    at = int(read_number(found["place"] or found["number"])) - 1
    if len(payloads) < 2 or at >= len(payloads):  # noqa: PLR2004 - one is no choice
        return turn
    return _pressed(turn, payloads[at])


def pressed_in_words(turn: Turn) -> Turn:
    """Return the turn as if a button were pressed that was shown lately, and is said in words.

    "短链接和二维码" does, some messages later, what the button of that title did. Of those that
    answer a question only the last ones are still meant, by their place.
    """
    said = turn.text.strip(_AROUND_TITLE)
    if turn.loop is not None or turn.choice is not None or len(said) < SHORTEST_TITLE:
        return pressed_by_place(turn)
    payload = lately_shown(turn).get(said, ANSWER)
    return pressed_by_place(turn) if payload.startswith(ANSWER) else _pressed(turn, payload)


def _pressed(turn: Turn, payload: str) -> Turn:
    intent, _, inside = payload.removeprefix("/").partition("{")
    named = _read(inside)
    slot, _, value = str(named.pop(CHOICE, "")).partition("=")
    return replace(
        turn,
        text="",
        intent=intent,
        confidence=1.0,
        entities=tuple(Entity(name, str(held), 0, 0) for name, held in named.items()),
        choice=(slot, value) if slot else None,
        clauses=(),
    )


def _choices(turn: Turn) -> list[str]:
    """Return the payloads of the buttons to choose from: those that answer the open question.

    Outside forms they are the last ones shown; places after policies mean these.
    """
    shown = [(event.get("data") or {}).get("buttons") or [] for event in last_bot_messages(turn)]
    last: list[Any] = next((buttons for buttons in reversed(shown) if buttons), [])
    payloads = [str(button.get("payload") or "") for button in last]
    if turn.loop is not None:
        return [one for one in payloads if _choice_of(one)[0] == turn.requested]
    return [] if turn.slots.get("focus") == POLICY else payloads


def offered_matters(turn: Turn) -> list[Matter]:
    """Return the matters that the last answer gave to choose from, in order."""
    known = app().catalogue.matters
    sent = (event.get("data") or {} for event in last_bot_messages(turn))
    buttons = (button for one in sent for button in one.get("buttons") or ())
    chosen = (_choice_of(str(button.get("payload") or "")) for button in buttons)
    ids = (value for slot, value in chosen if slot in MATTER_SLOTS)
    return [known[one] for one in dict.fromkeys(ids) if one in known]


def matter_told(turn: Turn) -> Matter | None:
    """Return the one of the matters just offered that is told in other words; None for none.

    "饭店开业之前那个检查" chooses the inspection before opening from the two of the fire brigade.
    """
    offered = offered_matters(turn) if turn.text and turn.choice is None else []
    if len(offered) < 2 or asks(turn.text):  # noqa: PLR2004 - there is a choice
        return None
    label = app().matter_resolver.label
    titled = [one for one in offered if len(turn.text) > 1 and turn.text in label(one)]
    if len(titled) == 1:  # 丢了, of 执照丢了、坏了补一张
        return titled[0]
    known = {matter.id: matter for matter in offered}
    ranked = app().matter_resolver.rank(turn.text, len(app().catalogue.matters))
    first, second, *_ = (one for one in ranked if one.matter_id in known)
    is_told = first.score >= TOLD and second.score <= first.score * FAR_BEHIND
    return known[first.matter_id] if is_told else None


def _choice_of(payload: str) -> tuple[str, str]:
    """Return slot and value of a button that answers one; empty for another button."""
    slot, _, value = str(_read(payload.partition("{")[2]).get(CHOICE, "")).partition("=")
    return slot, value


def _read(inside: str) -> dict[str, Any]:
    """Return the entities of a payload, given what stands behind its opening brace."""
    try:
        read = json.loads("{" + inside) if inside else {}
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
