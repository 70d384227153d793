"""Says that what was told makes a step needless: 房子是租的 那施工证还用办不.

The list of the trade has the step, and an answer took it out; that it is not there for no reason
would be a worse answer.
"""

from collections.abc import Mapping

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from actions.trades.start_answers import start_answers
from actions.turns.turn import Turn
from bot.documents.labels import NO, YES
from bot.domain.conditions import Answer, Condition, names
from bot.domain.matters import Matter
from bot.services.plans.steps import is_excluded


def says_ruled_out(turn: Turn, matter: Matter, name: str, say: CollectingDispatcher) -> bool:
    """Say which answer spares the business a step of its list; False where none does.

    Args:
        turn: The message.
        matter: The step that is asked after.
        name: What it was called.
        say: Where it is said.
    """
    answers = start_answers(turn.slots)
    bundle = app().catalogue.one_things.get(answers.one_thing_id or "")
    if bundle is None:
        return False
    steps = [one for one in bundle.components if one.matter_id == matter.id]
    told = [name for one in steps for name in _sparing(one.when, answers.facts)]
    if not told:
        return False
    asked = app().catalogue.question(told[0])
    answer = answers.facts[told[0]]
    said = (
        (YES if answer else NO) if isinstance(answer, bool) else asked.said(answer) or f"{answer}"
    )
    say.utter_message(
        response="utter_plan_area_ruled_out", area=name, question=asked.ask, answer=said
    )
    return True


def _sparing(when: Condition | None, facts: Mapping[str, Answer]) -> list[str]:
    """Return the facts that spare a step: those that do so alone, then those it hangs on."""
    if when is None or not is_excluded(when, facts):
        return []
    known = sorted(name for name in names(when) if name in facts)
    alone = [name for name in known if is_excluded(when, {name: facts[name]})]
    without = {name: {n: a for n, a in facts.items() if n != name} for name in known}
    needed = [name for name in known if not is_excluded(when, without[name])]
    return list(dict.fromkeys([*alone, *needed]))
