from pathlib import Path

import pytest

from bot.documents.contradiction_text import contradiction_values
from bot.domain.conditions import Answer
from bot.services.plans.project import PlanProject, ProjectAnswers, all_said
from bot.services.words.project import choices_in, sizes_in
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = PlanProject(CATALOGUE, load_calendar(Path("data/calendar")))
SMALL: dict[str, Answer] = {"is_small_low_risk": True}
PRIVATE: dict[str, Answer] = {
    "works": "新建",
    "investor": "社会投资",
    "needs_verification": False,
}


def broken(answers: ProjectAnswers) -> list[str]:
    return [c.id for c in JOURNEY.contradictions(answers)]


def asked(answers: ProjectAnswers) -> list[str]:
    return [question.id for question in JOURNEY.questions(answers)]


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"total_area_m2": 8000}, "small-but-large"),
        ({"height_m": 30}, "small-but-high"),
        ({"underground_floors": 2}, "small-but-deep"),
        ({"underground_m2": 1200}, "small-but-wide-below"),
        ({"has_hazard": True}, "small-but-dangerous"),
        ({"special_fire": True}, "small-but-special-fire"),
    ],
)
def test_a_small_project_that_is_not_small_is_named(facts: dict[str, Answer], rule: str) -> None:
    assert broken(ProjectAnswers(choices=SMALL, facts=facts)) == [rule]
    assert broken(ProjectAnswers(facts=facts)) == []


@pytest.mark.parametrize("area", [3000, 2999.5])
def test_the_limit_itself_is_still_small(area: float) -> None:
    assert broken(ProjectAnswers(choices=SMALL, facts={"total_area_m2": area})) == []


def test_public_money_and_a_private_type_exclude_each_other() -> None:
    public: dict[str, Answer] = {"investor": "政府投资"}
    assert broken(ProjectAnswers("soc-industrial", choices=public)) == ["private-type-but-public"]
    assert broken(ProjectAnswers("gov-building", choices={"investor": "社会投资"})) == [
        "public-type-but-private"
    ]
    assert "land-then-start-but-public" in broken(
        ProjectAnswers(choices={**public, "land": "标准地拿地即开工"})
    )


def test_a_single_storey_has_one_floor() -> None:
    assert broken(ProjectAnswers(facts={"is_single_storey": True, "floors": 3})) == [
        "single-storey-but-more"
    ]


def test_a_contradiction_says_both_answers_the_rule_and_its_source() -> None:
    answers = ProjectAnswers(choices=SMALL, facts={"total_area_m2": 8000})
    (found,) = JOURNEY.contradictions(answers)
    values = contradiction_values(found, all_said(answers), CATALOGUE)

    assert values["said"] == "项目算小型低风险”和“总建筑面积8000平方米"
    assert "3000平方米" in values["rule"]
    assert "jzysxjs.com" in values["source"]


def test_a_size_above_the_limit_spares_the_question() -> None:
    before = asked(ProjectAnswers(choices=PRIVATE))
    assert before == ["total_area_m2", "is_small_low_risk"]
    assert asked(ProjectAnswers(choices=PRIVATE, facts={"total_area_m2": 8000})) == ["land"]


def test_a_size_below_the_limit_leads_to_danger_and_then_to_the_class() -> None:
    small: dict[str, Answer] = {"total_area_m2": 2000}
    assert asked(ProjectAnswers(choices=PRIVATE, facts=small))[0] == "has_hazard"
    safe = ProjectAnswers(choices=PRIVATE, facts={**small, "has_hazard": False})
    assert asked(safe) == ["is_small_low_risk"]
    risky = ProjectAnswers(choices=PRIVATE, facts={**small, "has_hazard": True})
    assert asked(risky) == ["land"]


def test_who_does_not_know_the_size_is_asked_for_the_class() -> None:
    answers = ProjectAnswers(choices=PRIVATE, skipped=frozenset({"total_area_m2"}))
    assert asked(answers) == ["is_small_low_risk"]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("8000平的厂房", {"total_area_m2": 8000}),
        ("地上3层，高24米", {"floors": 3, "height_m": 24}),
        (
            "3000平，地下1200平，地下两层",
            {"total_area_m2": 3000} | {"underground_m2": 1200, "underground_floors": 2},
        ),
        ("20亩工业用地", {}),
        ("单层厂房", {}),
        ("第三层装修", {}),
    ],
)
def test_sizes_are_read_out_of_a_sentence(text: str, sizes: dict[str, float]) -> None:
    assert sizes_in(text) == sizes


def test_a_word_inside_a_longer_one_does_not_count() -> None:
    words = {"has_hazard": {"yes": ["危化"], "no": ["没有危化"]}}
    assert choices_in("没有危化品", words) == {"has_hazard": "no"}
    assert choices_in("有危化品", words) == {"has_hazard": "yes"}
    assert choices_in("没有危化，隔壁有危化", words) == {"has_hazard": "no"}
