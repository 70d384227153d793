"""The compiled index against the plain evaluation of each tree, and the one change of a no."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clause_runs import NO, OPEN, YES
from bot.domain.eligibility import BadProfile, ProfileValue, Truth, evaluate, truth_of
from bot.domain.policies import AllOf, AnyOf, Criteria, Criterion, Operator
from bot.domain.policy_index import PolicyIndex
from bot.domain.policy_verdicts import single_changes
from tests.catalogue_factories import policy

TRUTHS = {NO: Truth.NOT_MET, OPEN: Truth.UNKNOWN, YES: Truth.MET}
TODAY = date(2026, 11, 23)
LIMITS = st.integers(0, 4)
NUMBER = st.builds(
    Criterion,
    field=st.sampled_from(["a", "b"]),
    operator=st.sampled_from([Operator.LT, Operator.LTE, Operator.GT, Operator.GTE]),
    value=LIMITS,
)
WORDS = st.lists(st.sampled_from(["x", "y", "z"]), min_size=1, unique=True).map(tuple)
WORD = st.builds(
    Criterion,
    field=st.sampled_from(["w", "v"]),
    operator=st.sampled_from([Operator.IN, Operator.NIN]),
    value=WORDS,
)
TREES: st.SearchStrategy[Criteria] = st.recursive(
    NUMBER | WORD,
    lambda inner: st.builds(
        lambda kind, parts: kind(tuple(parts)),
        st.sampled_from([AllOf, AnyOf]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
PROFILES: st.SearchStrategy[dict[str, ProfileValue]] = st.fixed_dictionaries(
    {}, optional={"a": LIMITS, "b": LIMITS, "w": st.sampled_from("xyz"), "v": WORDS}
)


@settings(deadline=None, max_examples=60)
@given(st.lists(TREES, min_size=1, max_size=6), PROFILES)
def test_the_index_says_of_every_policy_what_its_tree_says(
    trees: list[Criteria], profile: dict[str, ProfileValue]
) -> None:
    policies = [policy(tree, f"p{at}") for at, tree in enumerate(trees)]
    index = PolicyIndex(policies)
    clauses = index.clauses(profile)
    for at, truth in enumerate(index.truths(clauses)):
        plain = evaluate(policies[at], profile, TODAY)
        assert TRUTHS[truth] is plain.truth
        assert index.missing(at, clauses) == plain.missing


@settings(deadline=None, max_examples=60)
@given(TREES, PROFILES)
def test_no_change_of_one_fact_is_overlooked(
    tree: Criteria, profile: dict[str, ProfileValue]
) -> None:
    changes = single_changes(tree, profile)
    index = PolicyIndex([policy(tree)])
    clauses = index.clauses(profile)
    plain = index.only_failure(0, clauses)
    if truth_of(tree, profile) is Truth.NOT_MET:
        if plain is not None:
            assert changes == (plain,)
        else:
            # only what may turn it is tried, and nothing is overlooked
            assert single_changes(tree, profile, index.levers(0, clauses)) == changes
    else:
        assert changes == ()


def test_two_clauses_on_one_fact_that_exclude_each_other_are_no_way_out() -> None:
    low, high = Criterion("a", Operator.LTE, 1), Criterion("a", Operator.GTE, 3)
    tree = AllOf((low, high))

    assert single_changes(tree, {"a": 2}) == ()


def test_what_is_unknown_is_no_way_out() -> None:
    tree = AllOf((Criterion("a", Operator.LTE, 1), Criterion("b", Operator.LTE, 1)))

    assert single_changes(tree, {"a": 2}) == ()
    assert single_changes(tree, {"a": 2, "b": 0}) == (Criterion("a", Operator.LTE, 1),)


def test_a_word_where_a_number_is_compared_is_refused() -> None:
    index = PolicyIndex([policy(Criterion("a", Operator.LTE, 1))])
    with pytest.raises(BadProfile):
        index.clauses({"a": "many"})
