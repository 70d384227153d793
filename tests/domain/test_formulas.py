import pytest

from bot.domain.formulas import BadFormula, compute, parse_formula


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("income * (0.25 - 0.05)", 200_000.0),
        ("min(income, 300000) / 2", 150_000.0),
        ("20000", 20_000.0),
        ("max(0, income - 2000000) + 1", 1.0),
    ],
)
def test_a_formula_is_worked_out_from_the_facts(text: str, value: float) -> None:
    assert compute(parse_formula(text), {"income": 1_000_000}) == pytest.approx(value)


@pytest.mark.parametrize("facts", [{}, {"income": "很多"}, {"income": True}])
def test_without_a_number_nothing_is_worked_out(facts: dict[str, object]) -> None:
    assert compute(parse_formula("income * 2"), facts) is None


def test_a_division_by_nothing_is_no_amount() -> None:
    assert compute(parse_formula("1 / staff"), {"staff": 0}) is None


@pytest.mark.parametrize(
    "text", ["income **", "open('x')", "income ** 2", "'ten'", "min(1)", "a if b else c", "x.y"]
)
def test_anything_but_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(BadFormula):
        parse_formula(text)


def test_the_facts_of_a_formula_are_named_in_reading_order() -> None:
    assert parse_formula("b * a + b").names == ("b", "a")
