"""Which policies a text means that names none of them."""

from pathlib import Path

import pytest
import yaml

from bot.services.policies.meanings import PolicyMeanings
from tests.catalogue_files import committed_catalogue

WORDINGS = Path("data/policy/wordings.yml")


@pytest.fixture(scope="module")
def meanings() -> PolicyMeanings:
    wordings = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    return PolicyMeanings(committed_catalogue(), wordings)


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("一年没怎么裁人，听说社保局能退一部分失业险？", "job-unemp-refund"),
        ("公司做软件的，去年研发投了八十万，税上能抵点儿吗", "tax-rd-deduct"),
        ("升了以后还能享受月销十万以下免税那个不", "tax-vat-small-exempt"),
        ("今年新招了五个应届毕业生，还有没有别的能领", "job-expand-1500"),
        ("开店缺钱，能贷款不要利息吗", "loan-guarantee"),
    ],
)
def test_a_policy_is_found_by_what_it_gives(
    meanings: PolicyMeanings, text: str, policy: str
) -> None:
    assert next(one.id for one in meanings.near(text)) == policy


@pytest.mark.parametrize(
    "text",
    ["员工不交社保行不行", "房贷利率能减多少", "我妈住院医保能返多少", "注册资本写多少合适", ""],
)
def test_what_speaks_of_no_benefit_of_a_business_means_none(
    meanings: PolicyMeanings, text: str
) -> None:
    assert meanings.near(text) == []


def test_every_wording_is_of_a_policy_and_finds_it(meanings: PolicyMeanings) -> None:
    wordings = yaml.safe_load(WORDINGS.read_text(encoding="utf-8"))
    assert wordings.keys() <= committed_catalogue().policies.keys()
    found = [one.id for said in wordings for text in wordings[said] for one in meanings.near(text)]
    assert set(found) == set(wordings)
