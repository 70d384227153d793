"""The situations of `bench/matters.jsonl`, which nothing learns from, still find their matter."""

from bench.matters import HELD_APART, read_cases
from bot.services.reading.wording import normalise
from tests.catalogue_files import (
    committed_catalogue,
    committed_matter_words,
    committed_resolver,
)


def test_no_situation_held_apart_is_learnt_from() -> None:
    learnt = {normalise(t) for texts in committed_matter_words().situations.values() for t in texts}
    assert [case.text for case in read_cases(HELD_APART) if normalise(case.text) in learnt] == []


def test_every_matter_is_asked_for_twice() -> None:
    asked = [matter_id for case in read_cases(HELD_APART) for matter_id in case.right]
    known = committed_catalogue().matters
    assert {m for m in known if asked.count(m) < 2} == set()
    assert set(asked) <= set(known)


def test_most_situations_held_apart_find_their_matter() -> None:
    resolver, cases = committed_resolver(), read_cases(HELD_APART)
    ranked = [[matter_id for matter_id, _ in resolver.rank_matters(case.text)] for case in cases]
    first = sum(found[0] in case.right for found, case in zip(ranked, cases, strict=True))
    three = sum(bool(case.right & set(found)) for found, case in zip(ranked, cases, strict=True))
    assert first / len(cases) >= 0.85
    assert three / len(cases) >= 0.95
