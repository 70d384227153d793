"""What is published of counts: nothing small, and nothing that follows from subtracting."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.open_data import FEWEST, LENGTH, OTHER, Count, publishable, window_at


def whole(n: int, due: int = 0, kept: int = 0) -> Count:
    return Count("case", "", "", "", n, due, kept)


def part(key: str, n: int, due: int = 0, kept: int = 0) -> Count:
    return Count("case", "", "department", key, n, due, kept)


def keyed(found: list[Count], dimension: str = "department") -> dict[str, int]:
    return {one.key: one.n for one in found if one.dimension == dimension}


def test_what_has_too_few_in_a_year_is_not_published_at_all() -> None:
    assert publishable([whole(4), part("a", 4), Count("case", "2026-10", "", "", 4)]) == []


def test_nothing_at_all_is_published_as_zero() -> None:
    assert publishable([whole(0)]) == [whole(0)]


def test_a_small_part_takes_the_next_larger_one_along() -> None:
    found = publishable([whole(112), part("a", 100), part("b", 10), part("c", 2)])
    assert keyed(found) == {"a": 100, OTHER: 12}


def test_small_parts_that_are_enough_together_take_nobody_along() -> None:
    found = publishable([whole(116), part("a", 100), part("b", 10), part("c", 3), part("d", 3)])
    assert keyed(found) == {"a": 100, "b": 10, OTHER: 6}


def test_a_share_of_too_few_is_no_share() -> None:
    found = publishable([whole(20, due=3, kept=1), part("a", 20, due=3, kept=1)])
    assert {(one.n, one.due, one.kept) for one in found} == {(20, 0, 0)}


def test_neighbouring_lengths_stand_together_under_the_longer_one() -> None:
    lengths = [Count("case", "", LENGTH, str(days), n) for days, n in ((1, 3), (2, 3), (30, 2))]
    assert keyed(publishable([whole(8), *lengths]), LENGTH) == {"30": 8}
    lengths = [Count("case", "", LENGTH, str(days), n) for days, n in ((9, 5), (10, 6), (11, 1))]
    assert keyed(publishable([whole(12), *lengths]), LENGTH) == {"9": 5, "11": 7}


def test_one_small_month_hides_a_second_one() -> None:
    months = [Count("case", f"2026-0{at}", "", "", n) for at, n in ((1, 2), (2, 9), (3, 50))]
    shown = {one.month: one.n for one in publishable([whole(61), *months]) if one.month}
    assert shown == {"2026-03": 50}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)), max_size=9),
    st.lists(st.integers(0, 30), max_size=12),
)
def test_no_published_number_and_no_difference_speaks_of_too_few(
    parts: list[tuple[int, int, int]], months: list[int]
) -> None:
    made = [
        part(str(at), n, min(n, due), min(n, due, kept)) for at, (n, due, kept) in enumerate(parts)
    ]
    total = whole(*(sum(getattr(one, name) for one in made) for name in ("n", "due", "kept")))
    by_month = [Count("case", f"2026-{at + 1:02}", "", "", n) for at, n in enumerate(months)]
    if sum(months) != total.n:
        by_month = []
    found = publishable([total, *made, *by_month])

    assert not any(one.is_small for one in found)
    departments = [one for one in found if one.dimension]
    if found and departments:
        assert sum(one.n for one in departments) == total.n
    shown = [one.n for one in found if one.month]
    if shown:
        left_out = total.n - sum(shown)
        assert left_out == 0 or left_out >= FEWEST


def test_a_month_is_published_when_it_has_settled() -> None:
    assert window_at(date(2026, 11, 3)).last == date(2026, 9, 1)
    assert window_at(date(2026, 11, 4)).last == date(2026, 10, 1)
    assert window_at(date(2026, 11, 4)).first == date(2025, 11, 1)
    assert len(window_at(date(2026, 2, 28)).months) == 12
