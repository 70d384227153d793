"""The point of a policy that a question is about."""

import pytest

from bot.services.policies.points import PolicyPoints
from tests.catalogue_files import MODELS, committed_catalogue


@pytest.fixture(scope="module")
def points() -> PolicyPoints:
    return PolicyPoints(committed_catalogue(), MODELS)


def test_a_question_of_the_catalogue_is_found_in_other_words(points: PolicyPoints) -> None:
    policy = committed_catalogue().policy("job-start-subsidy")
    faq = points.faq("公司换过法人还能拿不", policy)
    assert faq is not None
    assert faq.question == "换过法人还能领吗？"
    assert points.faq("要交哪些材料", policy) is None


def test_a_condition_is_found_by_the_name_of_its_fact(points: PolicyPoints) -> None:
    policy = committed_catalogue().policy("job-unemp-refund")
    assert points.conditions("裁员率要求多少", policy) == [
        "上年度裁员率不超过5.5%",
        "上年度裁员率不超过20%",
    ]


def test_a_text_without_signs_asks_nothing(points: PolicyPoints) -> None:
    policy = committed_catalogue().policy("job-unemp-refund")
    assert points.conditions("？", policy) == []
    assert points.faq("", policy) is None
