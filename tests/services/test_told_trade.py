"""Which trade somebody means who tells a story and names none."""

from pathlib import Path

import pytest

from bot.services.finding.lookup import Lookup
from bot.services.finding.told_trade import ToldTradeFinder
from bot.services.finding.trade_finder import names_of_trades
from bot.store.opening_stories import load_opening_stories
from tests.catalogue_files import MODELS, committed_catalogue

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def finder() -> ToldTradeFinder:
    return ToldTradeFinder(committed_catalogue(), load_opening_stories(DATA), MODELS)


# none of these stands among the stories that are learnt
@pytest.mark.parametrize(
    ("story", "trade"),
    [
        ("闺女学的兽医 回来想给村里的猫猫狗狗打针看病", "宠物医院"),
        ("院子挨着湖 周末老有城里人来 拾掇出五间屋给他们住一宿", "民宿"),
        ("我妈蒸的馒头街坊天天来要 干脆支个铺子卖吧", "馒头店"),
        ("手里有两台挖掘机 光给亲戚干活了 想接外头的活", "挖掘机租赁"),
    ],
)
def test_the_trade_of_a_story_is_among_the_first(
    finder: ToldTradeFinder, story: str, trade: str
) -> None:
    wanted = Lookup(committed_catalogue()).find_trade(trade)
    assert wanted in [one.key for one in finder.near(story)]


def test_a_sure_trade_is_the_first_of_those_that_are_near(finder: ToldTradeFinder) -> None:
    stories = [one for texts in load_opening_stories(DATA).values() for one in texts][:60]
    sure = [(finder.sure(story), finder.near(story)) for story in stories]
    assert sum(key is not None for key, _ in sure) > len(stories) / 2
    assert all(near[0].key == key for key, near in sure if key is not None)


def test_a_stranger_is_near_no_trade_for_sure(finder: ToldTradeFinder) -> None:
    assert finder.sure("那个谁昨天不是说了吗") is None


def test_every_story_names_a_trade_of_the_catalogue() -> None:
    known = {name for names in names_of_trades(committed_catalogue()).values() for name in names}
    assert set(load_opening_stories(DATA)) <= known


def test_stories_are_read_by_their_trade_and_without_marks(tmp_path: Path) -> None:
    (tmp_path / "start_business").mkdir()
    (tmp_path / "start_business" / "nlu.yml").write_text(
        "nlu:\n- intent: start_business\n  examples: |\n    - 开个店\n"
        "- intent: start_business\n  metadata:\n    trade: 民宿\n  examples: |\n"
        "    - 在[东阿](district)有个院想让人住\n    - 空房收拾收拾\n"
        "- intent: inform\n  examples: |\n    - 三个人\n",
        encoding="utf-8",
    )
    told = load_opening_stories(tmp_path)
    assert told == {"民宿": ("在东阿有个院想让人住", "空房收拾收拾")}
