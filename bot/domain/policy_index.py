"""All policies compiled for one walk: each distinct clause is decided once an enterprise.

A truth value is a number here, and Kleene's logic is plain arithmetic: "all of" is the smallest,
"any of" the largest of its parts. Comparisons of one field lie side by side, sorted by the number
they compare with, so that one search decides all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from bot.domain.clause_runs import NO, OPEN, YES, is_comparison, runs_of, single
from bot.domain.eligibility import Profile
from bot.domain.policies import AllOf, Criteria, Criterion, Policy, leaves

NOTHING: frozenset[str] = frozenset()

Decide = Callable[[Sequence[int]], int]
Compiled = int | tuple[bool, tuple["Compiled", ...]]
"""Number of a clause, or (is it "all of", parts)."""


class PolicyIndex:
    """Clauses of many policies, each distinct one kept once; immutable after construction."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        trees = [policy.criteria for policy in policies]
        distinct = dict.fromkeys(leaf for tree in trees for leaf in leaves(tree))
        self._runs, order = runs_of([leaf for leaf in distinct if is_comparison(leaf)])
        others = [leaf for leaf in distinct if not is_comparison(leaf)]
        self._singles: dict[str, list[tuple[int, Criterion]]] = {}
        for number, leaf in enumerate(others, len(order)):
            self._singles.setdefault(leaf.field, []).append((number, leaf))
        self._leaves = [*order, *others]
        self._fields = [leaf.field for leaf in self._leaves]
        numbers = {leaf: number for number, leaf in enumerate(self._leaves)}
        self._trees = [_compile(tree, numbers) for tree in trees]
        self._decide = [_decider(tree) for tree in self._trees]
        self._plain = [self._plain_parts(tree) for tree in self._trees]
        self._named = [[(part, self._fields[part]) for part in plain] for plain in self._plain]

    @property
    def clause_count(self) -> int:
        """Return how many distinct clauses there are."""
        return len(self._leaves)

    def clauses(self, profile: Profile) -> list[int]:
        """Decide every distinct clause; O(known fields * log clauses + other clauses on them).

        Raises:
            BadProfile: An answer has a type that its field cannot be compared with.
        """
        found = [OPEN] * len(self._leaves)
        for field, answer in profile.items():
            for run in self._runs.get(field, ()):
                run.decide(answer, found)
            for number, leaf in self._singles.get(field, ()):
                found[number] = single(leaf, profile)
        return found

    def truths(self, clauses: Sequence[int]) -> list[int]:
        """Return the truth of each policy, in their order, for decided clauses."""
        return [decide(clauses) for decide in self._decide]

    def missing(self, position: int, clauses: Sequence[int]) -> tuple[str, ...]:
        """Return the fields that could still decide a policy, in reading order, each once."""
        named = self._named[position]
        if named:
            if self._decide[position](clauses) == NO:
                return ()
            return tuple([field for part, field in named if clauses[part] == OPEN])
        found: dict[str, None] = {}
        self._collect(self._trees[position], clauses, found)
        return tuple(found)

    def only_failure(self, position: int, clauses: Sequence[int]) -> Criterion | None:
        """Return the one clause on which a policy of plain conditions fails; None otherwise.

        Plain is "all of", each on another fact: then this clause is the only change there is.
        """
        parts = self._plain[position]
        truths = [clauses[part] for part in parts]
        if truths.count(NO) != 1 or OPEN in truths:
            return None
        return self._leaves[parts[truths.index(NO)]]

    def levers(self, position: int, clauses: Sequence[int]) -> frozenset[str]:
        """Return the fields one of which alone may turn a refused policy that is not plain.

        None is left out wrongly; whether the clauses on a field agree is for the caller to try.
        """
        if self._plain[position]:
            return NOTHING
        return self._levers(self._trees[position], clauses) or NOTHING

    def _plain_parts(self, tree: Compiled) -> tuple[int, ...]:
        parts = (tree,) if isinstance(tree, int) else tree[1] if tree[0] else ()
        plain = tuple(part for part in parts if isinstance(part, int))
        fields = {self._leaves[part].field for part in plain}
        return plain if len(plain) == len(parts) == len(fields) else ()

    def _collect(self, tree: Compiled, clauses: Sequence[int], into: dict[str, None]) -> None:
        if isinstance(tree, int):
            if clauses[tree] == OPEN:
                into[self._leaves[tree].field] = None
        elif _value(tree, clauses) == OPEN:
            for part in tree[1]:
                self._collect(part, clauses, into)

    def _levers(self, tree: Compiled, clauses: Sequence[int]) -> frozenset[str] | None:
        """Return the fields any one of which may turn a tree to yes; None when it is yes already.

        What is unknown is no lever.
        """
        if isinstance(tree, int):
            if clauses[tree] == YES:
                return None
            return NOTHING if clauses[tree] == OPEN else frozenset((self._leaves[tree].field,))
        levers = [self._levers(part, clauses) for part in tree[1]]
        if tree[0]:
            needed = [each for each in levers if each is not None]
            return NOTHING.union(needed[0]).intersection(*needed) if needed else None
        if any(each is None for each in levers):
            return None
        return NOTHING.union(*(each for each in levers if each is not None))


def _compile(criteria: Criteria, numbers: dict[Criterion, int]) -> Compiled:
    if isinstance(criteria, Criterion):
        return numbers[criteria]
    parts = tuple(_compile(part, numbers) for part in criteria.parts)
    return parts[0] if len(parts) == 1 else (isinstance(criteria, AllOf), parts)


def _value(tree: Compiled, clauses: Sequence[int]) -> int:
    if isinstance(tree, int):
        return clauses[tree]
    return (min if tree[0] else max)([_value(part, clauses) for part in tree[1]])


def _decider(tree: Compiled) -> Decide:
    if isinstance(tree, int):
        return itemgetter(tree)
    join = min if tree[0] else max
    if all(isinstance(part, int) for part in tree[1]):
        pick = itemgetter(*tree[1])
        return lambda clauses: join(pick(clauses))
    inner = [_decider(part) for part in tree[1]]
    return lambda clauses: join([decide(clauses) for decide in inner])
