import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conditions import Answer, compared_literals, evaluate, names, parse
from bot.domain.errors import BadCondition

BOOLS = ("big_sign", "has_pool", "raw_or_cake")
ATOMS = st.sampled_from(
    [
        *BOOLS,
        "area_m2 >= 300",
        "50 <= area_m2 < 300",
        "entity == '公司'",
        "entity != '公司'",
        "eia_type in ['报告书', '报告表']",
        "eia_type not in ['登记表']",
        "True",
        "False",
    ]
)


def combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("(not {})".format, inner)
    )


EXPRESSIONS = st.recursive(ATOMS, combine, max_leaves=6)
ANSWERS = st.fixed_dictionaries(
    {
        **{name: st.booleans() for name in BOOLS},
        "area_m2": st.integers(0, 400),
        "entity": st.sampled_from(["公司", "个体工商户"]),
        "eia_type": st.sampled_from(["报告书", "报告表", "登记表", "豁免"]),
    }
)


@given(EXPRESSIONS, ANSWERS)
def test_with_all_answers_an_expression_means_what_python_means(
    text: str, answers: dict[str, Answer]
) -> None:
    expected = eval(text, {"__builtins__": {}}, dict(answers))  # noqa: S307 - our own expressions

    assert evaluate(parse(text), answers) is bool(expected)


@given(EXPRESSIONS, ANSWERS, st.data())
def test_a_decision_is_never_taken_back_by_later_answers(
    text: str, answers: dict[str, Answer], data: st.DataObject
) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(answers))))
    early = evaluate(parse(text), {name: answers[name] for name in known})

    if early is not None:
        assert evaluate(parse(text), answers) is early


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("area_m2 < 50 and not raw_or_cake", {}, None),
        ("area_m2 < 50 and not raw_or_cake", {"area_m2": 60}, False),
        ("area_m2 < 50 and not raw_or_cake", {"area_m2": 40}, None),
        ("area_m2 >= 50 or raw_or_cake", {"raw_or_cake": True}, True),
        ("True", {}, True),
        ("not special_fire", {"special_fire": False}, True),
        ("area_m2 <= 3 and area_m2 > 1", {"area_m2": 3}, True),
    ],
)
def test_missing_answers_leave_a_condition_open_only_where_they_matter(
    text: str, answers: dict[str, Answer], expected: bool | None
) -> None:
    assert evaluate(parse(text), answers) is expected


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "entity.lower == 'x'",
        "area_m2 + 1 > 3",
        "(lambda: True)()",
        "entity is None",
        "entity is big_sign",
        "entity == None",
        "'a' in entity",
        "entity in ['公司', area_m2]",
        "['公司'] == entity",
        "area_m2 < [1]",
        "1",
        "entity in [None]",
        "entity.name",
        "f() > 1",
        "'text'",
        "[x for x in y]",
        "area_m2 <",
        "投资主体=社会投资",
        "",
    ],
)
def test_anything_but_the_small_syntax_is_refused(text: str) -> None:
    with pytest.raises(BadCondition):
        parse(text)


def test_the_names_of_a_condition_are_the_questions_it_needs() -> None:
    condition = parse("area_m2 < 50 and not raw_or_cake or entity in ['公司']")

    assert names(condition) == {"area_m2", "raw_or_cake", "entity"}


def test_the_literals_compared_with_a_question_are_listed() -> None:
    condition = parse("entity in ['公司', '合伙'] or area_m2 >= 50")

    expected = [("entity", "公司"), ("entity", "合伙"), ("area_m2", 50)]
    assert sorted(compared_literals(condition), key=str) == sorted(expected, key=str)


def test_an_answer_of_the_wrong_type_is_an_error_and_no_silent_no() -> None:
    with pytest.raises(BadCondition, match="cannot be decided"):
        evaluate(parse("area_m2 >= 50"), {"area_m2": "很大"})


@pytest.mark.parametrize("text", ["big_sign or area_m2 >= 50", "not big_sign and area_m2 < 50"])
def test_an_answer_of_the_wrong_type_is_no_less_wrong_where_another_decides(text: str) -> None:
    with pytest.raises(BadCondition, match="cannot be decided"):
        evaluate(parse(text), {"area_m2": "很大", "big_sign": True})


def test_conditions_with_the_same_text_are_equal_and_read_once() -> None:
    assert parse("big_sign") == parse("big_sign")
    assert parse("big_sign and has_pool") is parse("big_sign and has_pool")
