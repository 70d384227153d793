"""Which trade somebody means who tells a story and names none."""

from pathlib import Path

import pytest

from bot.services.finding.lookup import Lookup
from bot.services.finding.told_trade import ToldTradeFinder
from bot.services.finding.told_wish import ToldWishFinder
from bot.services.finding.trade_finder import names_of_trades
from bot.store.opening_stories import load_opening_stories
from tests.catalogue_files import MODELS, committed_catalogue

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def finder() -> ToldTradeFinder:
    return ToldTradeFinder(committed_catalogue(), load_opening_stories(DATA).opens, MODELS)


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
    stories = [one for texts in load_opening_stories(DATA).opens.values() for one in texts][:60]
    sure = [(finder.sure(story), finder.near(story)) for story in stories]
    assert sum(key is not None for key, _ in sure) > len(stories) / 2
    assert all(near[0].key == key for key, near in sure if key is not None)


def test_a_stranger_is_near_no_trade_for_sure(finder: ToldTradeFinder) -> None:
    assert finder.sure("那个谁昨天不是说了吗") is None


def test_every_story_names_a_trade_of_the_catalogue() -> None:
    known = {name for names in names_of_trades(committed_catalogue()).values() for name in names}
    assert set(load_opening_stories(DATA).opens) <= known


def test_stories_are_read_by_trade_and_by_intent(tmp_path: Path) -> None:
    (tmp_path / "start_business").mkdir()
    (tmp_path / "start_business" / "told.yml").write_text(
        "opens:\n  民宿:\n    - 有个院想让人住\n    - 空房收拾收拾\n"
        "wants:\n  chitchat:\n    - 天真热\n",
        encoding="utf-8",
    )
    told = load_opening_stories(tmp_path)
    assert told.opens == {"民宿": ("有个院想让人住", "空房收拾收拾")}
    assert told.wants == {"chitchat": ("天真热",)}
    assert told.by_intent == {
        "chitchat": ("天真热",),
        "start_business": ("有个院想让人住", "空房收拾收拾"),
    }


@pytest.fixture(scope="module")
def wishes() -> ToldWishFinder:
    stories = load_opening_stories(DATA)
    return ToldWishFinder(stories.by_intent, MODELS)


# none of these stands among the stories that are learnt
@pytest.mark.parametrize(
    "story",
    [
        "闺女学的兽医 回来想给村里的猫猫狗狗打针看病",
        "我妈蒸的馒头街坊天天来要 干脆支个铺子卖吧",
        "对象手巧会做头发 光在家给邻居剪 想租个小屋",
    ],
)
def test_a_wish_for_a_business_is_heard(wishes: ToldWishFinder, story: str) -> None:
    assert wishes.wish(story) == "start_business"


@pytest.mark.parametrize(
    "story",
    [
        "孩子发烧三天了 去哪个医院挂号好",
        "隔壁卖包子的两口子又吵架了 吵得我一宿没睡",
        "给大厂送了半年货 钱一分没见着",
        "昨天去大厅办事 窗口的人爱答不理的",
    ],
)
def test_no_wish_is_heard_in_other_stories(wishes: ToldWishFinder, story: str) -> None:
    assert wishes.wish(story) is None
