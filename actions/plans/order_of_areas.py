"""Says which of two fields of a plan comes first, and what comes before one.

公安那个和消防的先跑哪个, 它得等消防的拿到手才能办不, 哪个得在公安那个前头办.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.finding.matter_before import LICENCE
from actions.plans.area import belongs
from actions.plans.planned import planned_steps
from actions.turns.buttons import ITEM_MARK
from actions.turns.focus import matter_in_focus, read_focus
from actions.turns.names import sure_matter
from actions.turns.turn import Turn
from bot.services.plans.steps import PlanStep
from bot.services.words.follow_up import asks_order, things_in_order
from bot.services.words.matter_remarks import asks
from bot.services.words.order import thing_before_which, thing_waited_for

LONGEST = 40
"""Signs of a question that names both."""

IT = frozenset({"它", "这个", "那个"})
"""Words for the matter spoken of last."""

Pair = tuple[PlanStep, PlanStep]


def areas_in_order(turn: Turn) -> Pair | None:
    """Return the two steps of the plan of which it is asked what comes first; None for none.

    Two matters that are named are answered for by their own rules; one at least is a field here.
    """
    steps = _steps(turn)
    thing = thing_waited_for(turn.text) if asks(turn.text) else None
    if thing is not None and (spoken := _spoken(turn, steps)) is not None:
        first = _step_of(thing, steps)
        return None if first is None or first is spoken else (first, spoken)
    names = things_in_order(turn.text)
    if len(names) != 2 or not asks_order(turn.text, LONGEST):  # noqa: PLR2004
        return None
    if all(app().dialogue_words.area_in(name) is None for name in names):
        return None
    one, other = (_spoken(turn, steps) if name in IT else _step_of(name, steps) for name in names)
    return None if one is None or other is None or one is other else (one, other)


def step_asked_before(turn: Turn) -> PlanStep | None:
    """Return the step of the plan of which it is asked what comes before it; None for none."""
    thing = thing_before_which(turn.text) if turn.choice is None else None
    return None if thing is None else _step_of(thing, _steps(turn))


def says_before(turn: Turn, say: CollectingDispatcher) -> bool:
    """Say what of the plan must be done before a step that is named; False for no such question."""
    step = step_asked_before(turn)
    if step is None:
        return False
    needed = set(step.planned.step.depends_on)
    first = [one.planned.step.name for one in _steps(turn) if one.planned.step.id in needed]
    values: dict[str, Any] = {"then": step.planned.step.name, "first": ITEM_MARK.join(first)}
    response = "utter_plan_before" if first else "utter_plan_before_none"
    say.utter_message(response=response, **values)
    return True


def _steps(turn: Turn) -> Sequence[PlanStep]:
    """Return the steps of the plan that is made, or stands, without those that fall away."""
    journey = read_focus(turn).journey
    return planned_steps({**turn.slots, "journey": journey}) if journey is not None else ()


def _spoken(turn: Turn, steps: Sequence[PlanStep]) -> PlanStep | None:
    """Return the step of the matter spoken of last; None where it is none of the plan."""
    spoken = matter_in_focus(turn)
    found = (one for one in steps if one.matter is not None and spoken is not None)
    return next((one for one in found if one.matter == spoken), None)


def say_order(turn: Turn, pair: Pair, say: CollectingDispatcher) -> None:
    """Say which of two steps waits for the other, or that neither does."""
    steps = _steps(turn)
    needs = {one.planned.step.id: one.planned.step.depends_on for one in steps}
    one, other = pair
    names: dict[str, Any] = {}
    if _waits(other, one, needs):
        first, then = one, other
    elif _waits(one, other, needs):
        first, then = other, one
    else:
        names = {"first": one.planned.step.name, "then": other.planned.step.name}
        say.utter_message(response="utter_plan_order_apart", **names)
        return
    names = {"first": first.planned.step.name, "then": then.planned.step.name}
    say.utter_message(response="utter_matters_order", **names)


def _step_of(name: str, steps: Sequence[PlanStep]) -> PlanStep | None:
    """Return the step that a field or a matter means, a licence before what every business has."""
    area = app().dialogue_words.area_in(name)
    if area is None:
        matter = sure_matter(name)
        return next((one for one in steps if matter is not None and one.matter == matter), None)
    words = app().dialogue_words.areas[area]
    found = [one for one in steps if belongs(one, words)]
    return min(found, key=_rank, default=None)


def _rank(step: PlanStep) -> tuple[bool, bool]:
    """Return what puts licences first, and what is sure before what depends."""
    category = step.matter.category if step.matter is not None else ""
    return category != LICENCE, step.undecided != ()


def _waits(step: PlanStep, before: PlanStep, needs: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a step comes behind another one; O(steps + edges)."""
    todo = [*needs.get(step.planned.step.id, ())]
    seen: set[str] = set()
    while todo:
        one = todo.pop()
        if one == before.planned.step.id:
            return True
        if one not in seen:
            seen.add(one)
            todo += needs.get(one, ())
    return False
