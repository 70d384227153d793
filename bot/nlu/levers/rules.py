"""Looks only so far back into a dialogue as the longest rule that is left.

Stock Rasa goes through all states of the session for each prediction and asks each rule that still
fits about each state, also behind the rule's beginning, where the answer is always yes. And it
turns the states of a rule round for every such question.
"""

from functools import lru_cache

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import State

from bot.nlu.levers.lever import Lever, Replaced


def _pull() -> None:
    RulePolicy._get_possible_keys = possible_keys  # type: ignore[method-assign,assignment]  # noqa: SLF001


def possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Return the keys of the rules that fit the dialogue."""
    possible = set(lookup)
    for back, state in enumerate(reversed(states)):
        deeper = {key for key in possible if back < len(backwards(key))}
        if not deeper:
            break
        unfit = {key for key in deeper if not _fits(policy, backwards(key)[back], state)}
        possible -= unfit
    return possible


@lru_cache(maxsize=4096)
def backwards(rule_key: str) -> tuple[State, ...]:
    """Return the states of a rule, the last one first."""
    return tuple(reversed(RulePolicy._rule_key_to_state(rule_key)))  # noqa: SLF001


def _fits(policy: RulePolicy, rule: State, state: State) -> bool:
    """Tell whether a state of a rule fits one of the dialogue; as `_is_rule_applicable` does."""
    wanted, found = rule.get(PREVIOUS_ACTION), state.get(PREVIOUS_ACTION)
    if not wanted or not found:
        return not wanted and not found
    return policy._does_rule_match_state(rule, state)  # noqa: SLF001


LEVER = Lever(
    "rules",
    _pull,
    (
        Replaced(RulePolicy._get_possible_keys, "2e1f2503cec2370d"),  # noqa: SLF001
        Replaced(RulePolicy._is_rule_applicable, "bcfd1178fabc6875"),  # noqa: SLF001
        Replaced(RulePolicy._rule_key_to_state, "4950ac7976fc7b7c"),  # noqa: SLF001
    ),
)
