"""Which of several matters named in one question is meant: both, or the one that comes next."""

from dataclasses import replace

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_answer import say_answer
from actions.finding.matter_places import both_meant
from actions.turns.names import find_matters, meant_matter, named_matter, sure_matter
from actions.turns.turn import Turn
from bot.domain.life_events import LifeEvent
from bot.domain.matters import Matter
from bot.services.words.asked import asks_beside_had, joins, names_business_licence, next_begins
from bot.services.words.matter_remarks import asks
from bot.services.words.remarks import clauses

LICENCE = "执照"
"""What a business has of its own: 办照 speaks of it."""

CHANGE = "change"
"""Category of what is changed in a business."""

MOST = 3
"""Matters answered for in one message."""


def without_had(turn: Turn) -> Turn:
    """Return the turn without the matters that it only says one has: 执照有了，还差啥证."""
    left = [e for e in turn.entities if e.name != "matter" or not _is_had(turn, e.value)]
    return replace(turn, entities=tuple(left)) if len(left) < len(turn.entities) else turn


def _is_had(turn: Turn, name: str) -> bool:
    return turn.choice is None and asks_beside_had(turn.text, name)


def word_meant(turn: Turn) -> str | None:
    """Return the marked name that a question is about.

    Of several it is the one behind 接下来 ("刚过联合验收，接下来办大产证要准备啥"), or the one
    in the clause that asks: "接水管要挖马路，挖掘道路要什么材料".
    """
    named = [entity.value for entity in turn.entities if entity.name == "matter"]
    start = next_begins(turn.text)
    behind = [name for name in named if start is not None and turn.text.find(name) >= start]
    asked = [part for part in clauses(turn.text) if asks(part)]
    behind = behind or [name for name in named if len(asked) == 1 and name in asked[0]]
    named_after_all = LICENCE if names_business_licence(turn.text) else None
    among = behind or named
    pointed = [name for name in among if f"那个{name}" in turn.text]  # 能一块验 那个联合验收要交啥
    return next(iter(pointed or among), named_after_all)


def others_asked(turn: Turn, matter: Matter) -> list[Matter]:
    """Return the further matters that a question joins to the first: 渣土证、占道施工去哪办."""
    named = [entity.value for entity in turn.entities if entity.name == "matter"]
    told = changes_told(turn.text)
    if any(one.id == matter.id for one in told):
        return [one for one in told if one.id != matter.id][: MOST - 1]
    if not named:
        return [one for one in both_meant(turn) if one.id != matter.id][: MOST - 1]
    if len(named) < 2 or not joins(turn.text, named):  # noqa: PLR2004 - two are joined
        return []
    found = {m.id: m for m in (meant_matter(name, name) for name in named) if m is not None}
    return [one for one in found.values() if one.id != matter.id][: MOST - 1]


def changes_told(text: str) -> list[Matter]:
    """Return the changes that are told one after the other before a question that names none.

    法人换了，名字也改，分别要啥材料 asks for both.
    """
    *told, asked = clauses(text)
    if len(told) < 2 or not asks(asked) or any(map(asks, told)):  # noqa: PLR2004 - several
        return []
    found = ([one for one in find_matters(part) if one.category == CHANGE] for part in told)
    firsts = [likeliest[0] for likeliest in found if likeliest]
    return list({one.id: one for one in firsts}.values()) if len(firsts) == len(told) else []


def asks_of_each(turn: Turn) -> bool:
    """Tell whether several matters are named and each is asked about: 分别咋弄."""
    named = [entity for entity in turn.entities if entity.name == "matter"]
    return len(named) > 1 and "分别" in turn.text


def other_name(turn: Turn) -> str | None:
    """Return a name that the model took for something else but that names a matter."""
    for kind in ("material", "industry"):
        value = turn.entity(kind)
        if value and named_matter(value) is not None:
            return value
    return None


def say_besides(turn: Turn, event: LifeEvent, topic: str, say: CollectingDispatcher) -> None:
    """Answer for what a text means besides a change: "改名，同时加一项经营范围"."""
    matter = sure_matter(turn.text)
    known = {*event.matter_ids, *(step.matter_id for step in event.steps)}
    known |= {kind.matter_id for kind in app().catalogue.enterprise_types.values()}  # whose it is
    for one in changes_told(turn.text) or ([] if matter is None else [matter]):
        if one.id not in known:
            say_answer(topic, one, say)
