"""Which two matters the names in a text mean that are compared or put side by side."""

from collections.abc import Sequence

from actions import app
from actions.questions.faq_asked import talked_about
from actions.questions.same_asked import KIND
from actions.turns.focus import read_focus
from actions.turns.names import find_matters, named_matter, sure_matter
from actions.turns.turn import Turn
from bot.domain.matters import Matter


def both_named(turn: Turn, first: str, second: str) -> tuple[Matter | None, Matter | None]:
    """Return the matters that two names mean, the one spoken of where the first is left out."""
    spoken, near = talked_about(turn)
    spoken = spoken or read_focus(turn).matter
    one = _known_as(first, spoken, near) if first else spoken
    named = named_matter(first[:KIND] + second) if first else None
    other = named or _known_as(second, one or spoken, near) or _marked(turn, second)
    return one or _marked(turn, first), other


def _marked(turn: Turn, name: str) -> Matter | None:
    """Return the likeliest matter of a marked name that stands in what is compared: 环评."""
    words = [one.value for one in turn.entities if one.name == "matter" and one.value in name]
    return next(iter(find_matters(words[0])), None) if words else None


def _known_as(name: str, beside: Matter | None, near: Sequence[Matter]) -> Matter | None:
    """Return the matter of a name, or of a part of one that stands beside a matter: 简易的."""
    part = name.removesuffix("的")
    known = app().catalogue.matters.values()
    same = [m for m in known if beside is not None and m.stage == beside.stage]
    found = [m for m in (*near, *same) if any(part in called for called in (m.name, *m.aliases))]
    if part in app().dialogue_words.broad:
        return None
    return sure_matter(name) or (found[0] if found and part else None)
