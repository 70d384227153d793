"""Reads an answer that stands beside a question in one message: "120平，一共要多少钱"."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace

from actions.turns.turn import QUESTION_INTENTS, Clause, Entity, Turn
from bot.services.plans.open_already import opens_one_more
from bot.services.reading.answers import is_denied_behind
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import changes_mind, clauses, tells_manner

SILENCE = "，"
"""Between clauses that are put together again."""

_DENIED = re.compile("(?:我|俺|咱|们|这|那|倒|可|并|又|，)*不是(?!说)")
"""Begins what is not meant: 我不是要注销."""


def from_each_clause(text: str) -> list[str]:
    """Return a text from each of its clauses on to the end, the longest first."""
    said = [part for part in clauses(text) if not tells_manner(part)]
    return [SILENCE.join(said[at:]) for at in range(len(said))]


def without_denied(turn: Turn) -> Turn:
    """Return the turn without the names that it says do not hold: "不是临清俺嫁到冠县来了"."""
    kept = []
    text = turn.text
    for found in turn.entities:
        at = turn.text.find(found.value)
        if at > 0 and is_denied_behind(turn.text[:at]):
            text = text.replace(found.value, "", 1)
        else:
            kept.append(found)
    return replace(turn, text=text, entities=tuple(kept))


def without_denial(turn: Turn) -> Turn:
    """Return the turn without clauses that say what is not meant: "不是换法人，是换监事"."""
    parts = clauses(turn.text)
    kept = [part for part in parts if _DENIED.match(part) is None or asks(part)]
    if len(kept) == len(parts) or not any(map(asks, kept)):
        return turn
    text = "，".join(kept)
    named = tuple(entity for entity in turn.entities if entity.value in text)
    return replace(turn, text=text, entities=named)


NAMED = frozenset({"district", "enterprise_type", "industry", "project_type"})
"""Entities of which a text may name one that it does not mean."""


def without_denied_names(turn: Turn) -> Turn:
    """Return the turn without names that do not hold where another one does.

    "别用个体 弄有限公司" names a company only.
    """
    held = {one.name for one in without_denied(turn).entities}
    kept = tuple(one for one in turn.entities if not _is_given_up(turn, one, held))
    return turn if len(kept) == len(turn.entities) else replace(turn, entities=kept)


def _is_given_up(turn: Turn, named: Entity, held: AbstractSet[str]) -> bool:
    is_other = named.name in NAMED and named.name in held
    return is_other and is_denied_behind(turn.text.partition(named.value)[0])


def value_meant(turn: Turn, name: str) -> str | None:
    """Return the value of an entity: of several the last, where a text takes one back or adds."""
    said = [found.value for found in turn.entities if found.name == name]
    is_last = changes_mind(turn.text) or opens_one_more(turn.text)  # 茌平有公司 想上高唐再开一家
    return said[-1] if len(said) > 1 and is_last else turn.entity(name)


def asked_besides(turn: Turn) -> Turn | None:
    """Return the turn as if only its question had been said; None where no clause is one."""
    asked = next((one for one in turn.clauses if one.intent in QUESTION_INTENTS), None)
    return None if asked is None else as_clause(turn, asked)


def as_clause(turn: Turn, clause: Clause) -> Turn:
    """Return the turn as if only this clause had been said, with what the model makes of it."""
    return replace(
        turn,
        text=clause.text,
        intent=clause.intent,
        confidence=clause.confidence,
        entities=clause.entities,
        clauses=(),
    )


def clause_turn(turn: Turn, part: str) -> Turn:
    """Return the turn as if only this part of the text had been said."""
    entities = tuple(found for found in turn.entities if found.value in part)
    return replace(turn, text=part, entities=entities, intent="inform")
