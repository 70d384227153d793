"""A step that somebody wants out of the plan, by the answer on which it hangs."""

from collections.abc import Iterator

from actions import app
from actions.forms.ask import NO
from actions.trades.start_answers import PREFIX, TRADE, start_answers
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.domain.conditions import names
from bot.domain.one_things import OneThing
from bot.services.plans.steps import is_excluded
from bot.services.words.plan_remarks import drops_step
from bot.services.words.remarks import clauses


def dropped_facts(turn: Turn) -> dict[str, str]:
    """Return, by slot, the "no" that takes a step out of the plan: 消防验收去掉, 哪来的诊疗证.

    Only a step that hangs on one yes or no can go: what the trade always wants stays.
    """
    if turn.slots.get(TRADE) is None or turn.choice is not None or not drops_step(turn.text):
        return {}
    bundle = app().start_business.bundle(start_answers(turn.slots))
    named = set(_named(turn))
    words = [one.value for one in turn.entities if one.name == "matter"]
    found: dict[str, str] = {}
    for component in bundle.components if bundle is not None else ():
        if component.when is None:
            continue
        name = app().catalogue.matter(component.matter_id).name
        if component.matter_id not in named and not any(word in name for word in words):
            continue
        facts = names(component.when)
        is_gone = is_excluded(component.when, dict.fromkeys(facts, False))
        if len(facts) == 1 and is_gone and not _brings(next(iter(facts)), bundle):
            found |= {PREFIX + fact: NO for fact in facts}
    return {slot: value for slot, value in found.items() if turn.slots.get(slot) != value}


def _brings(fact: str, bundle: OneThing | None) -> bool:
    """Tell whether the "no" brings another step instead: without 预包装 a shop needs a permit."""
    components = bundle.components if bundle is not None else ()
    own = [one.when for one in components if one.when is not None and fact in names(one.when)]
    return any(is_excluded(when, {fact: True}) for when in own)


def _named(turn: Turn) -> Iterator[str]:
    """Yield the ids of the matters that a text names."""
    words = [one.value for one in turn.entities if one.name == "matter"]
    for text in (*words, *clauses(turn.text)):
        matter = sure_matter(text)
        if matter is not None:
            yield matter.id
