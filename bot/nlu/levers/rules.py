"""Looks at the rules that end as a dialogue does, and only so far back as the longest of them.

Stock Rasa goes through all states of the session for each prediction and asks each rule that still
fits about each state, also behind the rule's beginning, where the answer is always yes. And it
turns the states of a rule round for every such question. Most questions are put to rules for
another intent, or behind another action: these two are looked up before anything is asked.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

from bot.nlu.levers.lever import Lever, Replaced

Rule = tuple[str, tuple[State, ...]]
"""A key and its states, the last one first."""

Ending = tuple[str | None, str | None]
"""The action before, and the intent; None where a rule does not say."""


def _pull() -> None:
    RulePolicy._get_possible_keys = possible_keys  # type: ignore[method-assign,assignment]  # noqa: SLF001


def possible_keys(policy: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """Return the keys of the rules that fit the dialogue."""
    if not states:
        return set(lookup)
    whole: set[str] = set()
    left = list(_index_of(policy, lookup).ending_as(states[-1]))
    for back, state in enumerate(reversed(states)):
        whole.update(key for key, rule in left if back >= len(rule))
        left = [
            (key, rule)
            for key, rule in left
            if back < len(rule) and _fits(policy, rule[back], state)
        ]
        if not left:
            break
    return whole.union(key for key, _ in left)


class Index:
    """The rules of one lookup by what they say of their last state."""

    def __init__(self, lookup: Mapping[str, str]) -> None:
        """Sort the rules; `lookup` is not changed any more."""
        self.lookup = lookup
        self.size = len(lookup)
        self._by_ending: dict[Ending, list[Rule]] = {}
        for key in lookup:
            rule = backwards(key)
            ending = _ending(rule[0]) if rule else (None, None)
            self._by_ending.setdefault(ending, []).append((key, rule))

    def ending_as(self, state: State) -> Iterator[Rule]:
        """Yield the rules that may fit a dialogue whose last state this is; the others cannot."""
        action, intent = _ending(state)
        for ending in {(a, i) for a in (action, None) for i in (intent, None)}:
            yield from self._by_ending.get(ending, ())


def _ending(state: State) -> Ending:
    return _said(state, PREVIOUS_ACTION, ACTION_NAME), _said(state, USER, INTENT)


def _said(state: State, part: str, name: str) -> str | None:
    """Return what must be the same on both sides; None for what a rule leaves open."""
    value = (state.get(part) or {}).get(name)
    if isinstance(value, str) and value not in {"", SHOULD_NOT_BE_SET}:
        return value
    return None


def _index_of(policy: RulePolicy, lookup: dict[str, str]) -> Index:
    kept: dict[int, Index] = policy.__dict__.setdefault("_rules_by_ending", {})
    found = kept.get(id(lookup))  # the index holds the lookup, so that nothing else gets its id
    if found is None or found.size != len(lookup):
        found = kept[id(lookup)] = Index(lookup)
    return found


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
