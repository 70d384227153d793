"""Which policy a question is about, and what goes on with the last, in words that stand nowhere."""

import pytest

from bot.services.policies.finder import PolicyFinder
from bot.store.matter_words import load_policy_questions
from tests.catalogue_files import DATA, MODELS, committed_catalogue, committed_matter_words

MEANT, GOES_ON = 0.35, 0.12


@pytest.fixture(scope="module")
def finder() -> PolicyFinder:
    asked = load_policy_questions(DATA / "policy")
    return PolicyFinder(committed_catalogue(), asked, committed_matter_words(), MODELS)


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("高企认定下来所得税按几个点", "tax-hightech-15"),
        ("残保金三十人以下的公司交不交", "fee-disabled-fund"),
        ("创业担保贷款个人最高能贷多少", "loan-guarantee"),
        ("机关欠我们货款多少天内必须付", "pay-sme"),
    ],
)
def test_it_is_found_in_other_words(finder: PolicyFinder, text: str, policy: str) -> None:
    asked = finder.asked(text)
    assert asked is not None
    assert (asked.policy.id, asked.score >= MEANT) == (policy, True)


@pytest.mark.parametrize("text", ["食品证几天能下来", "我要投诉窗口", "帮我写个起诉状", "今天真冷"])
def test_what_is_about_something_else_fits_none(finder: PolicyFinder, text: str) -> None:
    asked = finder.asked(text)
    assert asked is not None
    assert asked.score < MEANT


@pytest.mark.parametrize("text", ["到哪年截止", "需要啥材料不", "个人能拿多少", "自动给还是得申请"])
def test_short_questions_go_on_with_the_last(finder: PolicyFinder, text: str) -> None:
    assert finder.goes_on(text) >= GOES_ON


def test_every_policy_has_questions() -> None:
    asked = load_policy_questions(DATA / "policy")
    assert set(asked.first) == set(committed_catalogue().policies)
    texts = [text for said in (*asked.first.values(), *asked.points.values()) for text in said]
    assert len(texts) == len(set(texts))
    assert not set(texts) & set(asked.none)
