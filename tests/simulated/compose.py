"""Draws conversations: who speaks how, what for, what comes in between, on which channel."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from opencc import OpenCC

from bot.operations.dialogue_format import EXPECTATIONS, MOVES, Dialogue, Step

FOLDER = Path(__file__).parent
CHANNELS = ("web", "telegram", "wechat", "wecom", "wecom_kf")
OPEN_QUESTION = "{asks}"
_TO_TRADITIONAL = OpenCC("s2t")


@dataclass(frozen=True)
class Draw:
    """One conversation, and what it was put together from."""

    persona: str
    journey: str
    interruption: str
    channel: str
    dialogue: Dialogue


def load(name: str) -> list[dict[str, Any]]:
    """Return one of the files beside this module."""
    raw = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert isinstance(raw, list)
    return raw


def draws(seed: int, count: int) -> Iterator[Draw]:
    """Yield conversations, the same for the same seed; all values of a kind come up in turn."""
    drawn = random.Random(seed)  # noqa: S311 - to vary, not to keep secrets
    personas, journeys = load("personas"), load("journeys")
    interruptions = load("interruptions")
    decks: dict[str, list[Any]] = {}

    def next_of(kind: str, values: list[Any]) -> Any:
        if not decks.get(kind):
            decks[kind] = drawn.sample(values, len(values))
        return decks[kind].pop()

    for number in range(1, count + 1):
        persona, journey = next_of("persona", personas), next_of("journey", journeys)
        between = next_of("interruption", interruptions)
        if journey["name"] in between.get("not_in", ()) or not _places(journey):
            between = interruptions[0]
        channel = next_of("channel", list(CHANNELS))
        yield Draw(
            persona["name"],
            journey["name"],
            between["name"],
            channel,
            _dialogue(number, persona, journey, between, channel, drawn),
        )


def as_written(dialogue: Dialogue) -> dict[str, Any]:
    """Return a dialogue as an entry of a file of dialogues."""
    steps = []
    for step in dialogue.steps:
        entry: dict[str, Any] = {step.move: step.value, **step.expected}
        if step.finish_with:
            entry["finish_with"] = step.finish_with
        steps.append(entry)
    return {"name": dialogue.name, "behaviour": dialogue.behaviour, "steps": steps}


def _places(journey: Mapping[str, Any]) -> list[int]:
    """Return after which steps something may come in between."""
    return [number for number, step in enumerate(journey["steps"]) if "asks" in step]


def _dialogue(
    number: int,
    persona: Mapping[str, Any],
    journey: Mapping[str, Any],
    between: Mapping[str, Any],
    channel: str,
    drawn: random.Random,
) -> Dialogue:
    steps = list(journey["steps"])
    if between["steps"]:
        place = drawn.choice(_places(journey))
        asked = steps[place]["asks"]
        inserted = [_filled(step, asked) for step in between["steps"]]
        steps[place + 1 : place + 1] = inserted
    name = f"{number}: {persona['name']}, {journey['name']}, {between['name']}, {channel}"
    own = {"{phone}": f"139{drawn.randrange(10**8):08}", "{number}": str(number)}
    made = tuple(_step(_owned(step, own), persona, drawn) for step in steps)
    return Dialogue(name=name, steps=made, behaviour=between["name"])


def _filled(step: Mapping[str, Any], asked: str) -> dict[str, Any]:
    return {key: asked if value == OPEN_QUESTION else value for key, value in step.items()}


def _owned(step: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, Any]:
    """Return a step with numbers that nobody else has."""
    return {
        key: next((value.replace(old, new) for old, new in own.items() if old in value), value)
        if isinstance(value, str)
        else value
        for key, value in step.items()
    }


def _step(raw: Mapping[str, Any], persona: Mapping[str, Any], drawn: random.Random) -> Step:
    [move] = [key for key in MOVES if key in raw]
    value = raw[move]
    if move == "user":
        value = drawn.choice(value) if isinstance(value, list) else value
        if not raw.get("exact"):
            value = spoken(value, persona, drawn)
    expected = {key: raw[key] for key in EXPECTATIONS if key in raw}
    made = Step(move=move, value=value, expected=expected)
    return replace(made, finish_with=raw.get("finish_with"))


def spoken(text: str, persona: Mapping[str, Any], drawn: random.Random) -> str:
    """Return a sentence as this person writes it."""
    for old, new in (persona.get("replace") or {}).items():
        text = text.replace(old, new)
    before = drawn.choice(persona.get("before") or [""])
    after = drawn.choice(persona.get("after") or [""])
    said = f"{before}{text}{after}"
    for sign in persona.get("drop") or "":
        said = said.replace(sign, " ")
    if persona.get("traditional"):
        said = str(_TO_TRADITIONAL.convert(said))
    return said.strip()
