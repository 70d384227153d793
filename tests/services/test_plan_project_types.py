import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.conditions import Answer
from bot.services.plans.project_types import CHOICES, TYPE_RULES, choose_type, choosing_questions


@pytest.mark.parametrize(
    ("answers", "type_id"),
    [
        ({"works": "装修改造"}, "soc-renovation"),
        (
            {"works": "新建", "investor": "政府投资", "government_works": "市政基础设施"},
            "gov-municipal",
        ),
        (
            {"works": "新建", "investor": "政府投资", "government_works": "房屋建筑"},
            "gov-building",
        ),
        ({"works": "新建", "investor": "社会投资", "needs_verification": True}, "soc-approved"),
        (
            {
                "works": "新建",
                "investor": "社会投资",
                "needs_verification": False,
                "is_small_low_risk": False,
                "land": "标准地拿地即开工",
                "use": "工业",
            },
            "land-then-start",
        ),
        (
            {
                "works": "新建",
                "investor": "社会投资",
                "needs_verification": False,
                "is_small_low_risk": False,
                "land": "标准地拿地即开工",
                "use": "民用",
            },
            "soc-civil",
        ),
    ],
)
def test_the_type_follows_from_a_few_answers(answers: dict[str, Answer], type_id: str) -> None:
    assert choose_type(answers) == type_id
    assert choosing_questions(answers) == ()


def test_nothing_said_asks_first_whether_it_is_a_renovation() -> None:
    assert choose_type({}) is None
    assert choosing_questions({}) == ("works",)


def test_a_private_project_is_never_asked_what_the_government_builds() -> None:
    answers = {"works": "新建", "investor": "社会投资"}
    assert choosing_questions(answers) == ("needs_verification",)


@settings(deadline=None)
@given(st.data())
def test_answering_what_is_asked_always_ends_in_a_type(data: st.DataObject) -> None:
    answers: dict[str, Answer] = {}
    for _ in range(len(CHOICES) + 1):
        asked = choosing_questions(answers)
        if not asked:
            break
        options = CHOICES[asked[0]] or (True, False)
        answers[asked[0]] = data.draw(st.sampled_from(options))
    assert choose_type(answers) in {type_id for type_id, _ in TYPE_RULES}


def test_answers_outside_the_options_choose_nothing() -> None:
    """A use that is neither industry nor civil leaves no rule to hold, and nothing to ask."""
    answers: dict[str, Answer] = {
        "works": "新建",
        "investor": "社会投资",
        "needs_verification": False,
        "is_small_low_risk": False,
        "land": "一般出让",
        "use": "农业",
    }
    assert choose_type(answers) is None
    assert choosing_questions(answers) == ()
