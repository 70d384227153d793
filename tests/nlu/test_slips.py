from pathlib import Path

import pytest

from bot.nlu.slips import Slips, keep_slips, read_slips, slips_of
from bot.settings import ROOT


@pytest.fixture(scope="module")
def slips() -> Slips:
    return slips_of(ROOT / "data" / "lexicon")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("个体户想注肖", "个体户想注销"),
        ("职照丢了", "执照丢了"),
        ("法票咋开", "发票咋开"),
        ("带款利息谁出", "贷款利息谁出"),
        ("被案要几天", "备案要几天"),
        ("關店要註肖嗎", "關店要注销嗎"),
        ("公司歇业要不要公试", "公司歇业要不要公示"),
    ],
)
def test_a_word_typed_by_its_sound_is_put_right(slips: Slips, typed: str, meant: str) -> None:
    assert slips.mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "公账私账混着用要连带吧",  # a word that no dictionary holds
        "招拍挂要多久",
        "俺不能主销售",  # a sign belongs to its neighbour
        "这个公式咋算",  # a word
        "俺办不了",  # a sign with a say
        "开公司",
        "",
    ],
)
def test_what_is_no_slip_stays(slips: Slips, text: str) -> None:
    assert slips.mended(text) == text


def test_of_two_words_that_sound_so_none_is_guessed() -> None:
    two = Slips(("公式", "公示"))

    assert two.mended("公失") == "公失"


def test_a_model_keeps_the_list(tmp_path: Path) -> None:
    slips = read_slips(["# words", "", "注销", "not 公账 招拍"])

    keep_slips(slips, tmp_path)

    assert slips_of(tmp_path) == slips


def test_without_a_list_nothing_is_put_right(tmp_path: Path) -> None:
    assert slips_of(tmp_path).mended("注肖") == "注肖"
