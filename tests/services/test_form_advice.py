from itertools import product
from pathlib import Path

import pytest

from bot.documents.form_advice_text import form_advice_text, traits_text
from bot.domain.conditions import Answer
from bot.domain.places import ReasonKind
from bot.services.plans.form_advice import ADVICE_QUESTIONS, advise, open_advice_questions
from bot.services.plans.start_business import StartAnswers, StartBusiness
from bot.store.calendars import load_calendar
from bot.store.catalogue.loader import load_catalogue

CATALOGUE = load_catalogue(Path("data/catalogue"))
JOURNEY = StartBusiness(CATALOGUE, load_calendar(Path("data/calendar")))
ALONE: dict[str, Answer] = {"founders": "自己一个人"}


def best(**answers: Answer) -> str:
    return advise(CATALOGUE, answers).best.form.id


def still_open(**answers: Answer) -> list[str]:
    return [question.id for question in open_advice_questions(CATALOGUE, answers)]


@pytest.mark.parametrize(
    ("answers", "form"),
    [
        ({**ALONE, "wants_limited": False, "raises_money": False}, "individual"),
        ({**ALONE, "wants_limited": True}, "company"),
        ({**ALONE, "wants_limited": False, "raises_money": True}, "company"),
        ({"founders": "一家人", "wants_limited": False, "raises_money": False}, "individual"),
        ({"founders": "几个人合伙", "wants_limited": True}, "company"),
        (
            {"founders": "几个人合伙", "wants_limited": False, "can_pay_capital": False},
            "partnership",
        ),
        ({"founders": "已有公司开分店"}, "branch"),
        ({"founders": "农户联合"}, "coop"),
    ],
)
def test_the_form_follows_from_people_liability_money_and_capital(
    answers: dict[str, Answer], form: str
) -> None:
    assert best(**answers) == form


def test_whoever_wants_limited_liability_is_never_told_to_answer_with_the_house() -> None:
    unlimited = {"individual", "sole", "partnership"}
    for founders in CATALOGUE.question("founders").options:
        for money, capital in product((True, False), repeat=2):
            form = best(
                founders=founders, wants_limited=True, raises_money=money, can_pay_capital=capital
            )
            assert form not in unlimited


def test_a_question_that_changes_nothing_any_more_is_not_asked() -> None:
    assert still_open() == list(ADVICE_QUESTIONS)
    assert still_open(founders="农户联合") == []
    assert still_open(**ALONE, wants_limited=True) == []
    assert "founders" not in still_open(wants_limited=True, founders="自己一个人")


def test_an_open_question_can_change_the_form() -> None:
    for question in open_advice_questions(CATALOGUE, ALONE):
        outcomes = {
            best(**{**ALONE, **dict(zip(ADVICE_QUESTIONS[1:], values, strict=True))})
            for values in product((True, False), repeat=3)
        }
        assert len(outcomes) > 1, question.id


def test_the_recommendation_says_why_what_speaks_against_it_and_where_that_stands() -> None:
    text = form_advice_text(advise(CATALOGUE, {**ALONE, "wants_limited": True}))

    assert text.startswith("建议：公司")
    assert "公司法(2023)§4" in text
    assert "要注意：只有一个股东" in text
    assert "5年内缴足" in text
    assert "公司法(2023)§47" in text
    assert "个体工商户的债务由个人或家庭财产承担" in text


def test_capital_that_cannot_be_paid_in_five_years_speaks_against_a_company() -> None:
    made = advise(CATALOGUE, {"founders": "几个人合伙", "can_pay_capital": False})
    company = next(ranked for ranked in made.ranked if ranked.form.id == "company")

    assert any("5年内要缴足" in reason.text for reason in company.speaks_against)


def test_every_form_says_who_is_liable_how_many_and_which_tax() -> None:
    text = traits_text(CATALOGUE.enterprise_types.values())
    for form in CATALOGUE.enterprise_types.values():
        assert {"责任", "人数", "税"} <= {trait.aspect for trait in form.traits}, form.id
        assert form.name in text
        assert any(reason.kind is ReasonKind.AGAINST for reason in form.reasons), form.id


def test_a_form_to_which_the_licences_of_the_trade_are_closed_is_not_recommended() -> None:
    """Labour dispatch (L7263) needs a company."""
    facts: dict[str, Answer] = {**ALONE, "wants_limited": False, "raises_money": False}
    made = JOURNEY.advice(StartAnswers(industry_code="L7263", facts=facts))

    assert made.best.form.id == "company"
    assert "individual" in {form.id for form in made.unfit}


def test_advice_is_asked_for_before_the_form_and_only_when_wanted() -> None:
    wants = StartAnswers(one_thing_id="ot-restaurant", wants_advice=True)
    asked = [question.id for question in JOURNEY.questions(wants)]

    assert asked[:5] == [*ADVICE_QUESTIONS, "enterprise_type"]
    plain = JOURNEY.questions(StartAnswers(one_thing_id="ot-restaurant"))
    assert not set(ADVICE_QUESTIONS) & {question.id for question in plain}
