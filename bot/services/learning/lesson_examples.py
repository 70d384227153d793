"""Sentences as they are trained: marked parts, and what makes a sentence unfit. Pure functions."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.domain.learning import MAX_EXAMPLE_LENGTH, MOST_EXAMPLES, BadLesson
from bot.services.reading.wording import normalise

MASK = "＊"
_MARK = re.compile(r"\[([^\[\]()]+)\]\((\w+)\)")


def plain_text(example: str) -> str:
    """Return a sentence without its marks."""
    return _MARK.sub(r"\1", example)


def spans(example: str) -> tuple[tuple[int, int, str], ...]:
    """Return the marked parts: start and end in the plain text, and the entity."""
    found, shift = [], 0
    for mark in _MARK.finditer(example):
        start = mark.start() - shift
        found.append((start, start + len(mark[1]), mark[2]))
        shift += len(mark[0]) - len(mark[1])
    return tuple(found)


def squashed(text: str) -> str:
    """Return a sentence without what does not tell two apart: script, width, signs, blanks."""
    return normalise(text) or text


def read_examples(typed: str) -> tuple[str, ...]:
    """Return the sentences of a text field, one a line; empty lines do not count."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(line for line in lines if line)


def check_examples(
    examples: Sequence[str],
    *,
    intent: str,
    entities: Collection[str],
    taken: Mapping[str, str],
) -> None:
    """Refuse sentences that must not be trained.

    Args:
        examples: With marks.
        intent: What they are to mean; "" for sentences that are not for an intent.
        entities: What may be marked.
        taken: Intent of each known sentence, by its squashed text.

    Raises:
        BadLesson: The first problem found.
    """
    if not examples:
        raise BadLesson("empty")
    if len(examples) > MOST_EXAMPLES:
        raise BadLesson("many")
    seen: set[str] = set()
    for example in examples:
        _check_one(example, entities)
        key = squashed(plain_text(example))
        if key in seen:
            raise BadLesson("twice", example)
        seen.add(key)
        if intent and taken.get(key, intent) != intent:
            raise BadLesson("other_intent", example, taken[key])


def _check_one(example: str, entities: Collection[str]) -> None:
    if len(example) > MAX_EXAMPLE_LENGTH:
        raise BadLesson("long", example)
    if MASK in example:
        raise BadLesson("masked", example)
    unknown = [entity for _, _, entity in spans(example) if entity not in entities]
    if unknown:
        raise BadLesson("entity", example, unknown[0])
    rest = plain_text(example)
    if not re.search(r"\w", rest) or re.search(r"[\[\]]", rest):
        raise BadLesson("markup", example)
