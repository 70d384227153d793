"""Which trades a sentence names."""

import pytest

from bot.services.words.trades_named import TradesNamed
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue


@pytest.fixture(scope="module")
def trades() -> TradesNamed:
    return TradesNamed(load_catalogue(ROOT / "data" / "catalogue"))


def test_a_question_about_another_trade_is_of_others(trades: TradesNamed) -> None:
    assert trades.is_of_others("小区一楼能开打印店吗", "居民楼下能开饭店吗？")


def test_a_trade_of_the_same_bundle_is_meant_too(trades: TradesNamed) -> None:
    assert not trades.is_of_others("小区一楼能开火锅店吗", "居民楼下能开饭店吗？")


@pytest.mark.parametrize("text", ["小区一楼行不", "没证罚多少"])
def test_who_names_no_trade_may_mean_any(trades: TradesNamed, text: str) -> None:
    assert not trades.is_of_others(text, "居民楼下能开饭店吗？")


def test_a_question_that_names_no_trade_is_for_all(trades: TradesNamed) -> None:
    assert not trades.is_of_others("打印店没证罚多少", "没办执照就先开店会被罚吗？")


def test_one_of_several_trades_is_enough(trades: TradesNamed) -> None:
    assert not trades.is_of_others("饭店里捎带卖烟行不", "学校旁边能卖烟吗？")


def test_a_section_of_the_classification_is_no_trade(trades: TradesNamed) -> None:
    assert not trades.named_in("厂房要交人防费吗？")
