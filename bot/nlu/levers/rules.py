"""Looks only so far back into a dialogue as the longest rule that is left.

Stock Rasa goes through all states of the session for each prediction and asks each rule that still
fits about each state, also behind the rule's beginning, where the answer is always yes.
"""

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.domain import State

from bot.nlu.levers.lever import Lever, Replaced


def _pull() -> None:
    RulePolicy._get_possible_keys = _possible_keys  # type: ignore[method-assign]  # noqa: SLF001


def _possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    possible = set(lookup)
    for back, state in enumerate(reversed(states)):
        reach = (len(policy._rule_key_to_state(key)) for key in possible)  # noqa: SLF001
        if not any(back < one for one in reach):
            break
        possible = {
            key
            for key in possible
            if policy._is_rule_applicable(key, back, state)  # noqa: SLF001
        }
    return possible


LEVER = Lever(
    "rules",
    _pull,
    (
        Replaced(RulePolicy._get_possible_keys, "2e1f2503cec2370d"),  # noqa: SLF001
        Replaced(RulePolicy._is_rule_applicable, "bcfd1178fabc6875"),  # noqa: SLF001
    ),
)
