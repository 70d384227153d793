"""Messages are cut into clauses, and each is read beside the whole."""

import importlib
from typing import Any

import pytest

from bot.nlu.clause_text import only_thanks, plain, split_clauses

late_import = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("食品经营许可要啥材料，得多少钱", ["食品经营许可要啥材料", "得多少钱"]),
        ("先查下进度，完了帮我约个人", ["查下进度", "帮我约个人"]),
        ("个体户 80平 没厨房", ["个体户", "80平", "没厨房"]),
        ("营业执照几天另外食品证多少钱", ["营业执照几天", "食品证多少钱"]),
    ],
)
def test_a_message_is_cut_at_its_joints(text: str, clauses: list[str]) -> None:
    assert split_clauses(text) == clauses


@pytest.mark.parametrize(
    "text",
    ["营业执照几天", "/inform{}", "，，，", "嗯，", "店" * 400, "一，二，三，四，五，六，七，八"],
)
def test_what_is_one_thing_or_a_story_is_not_cut(text: str) -> None:
    assert split_clauses(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("闺女，那多少钱", "那多少钱"),
        ("大妹子 几天能下来呀", "几天能下来呀"),
        ("先不约了，谢谢", "先不约了"),
        ("好的谢谢，再问下多少钱", "再问下多少钱"),
        ("明白了，谢谢，不用约了", "不用约了"),
        ("谢谢", "谢谢"),
        ("那个 我想问问 盖冷库得找谁批", "盖冷库得找谁批"),
        ("请问一下开店要啥证", "开店要啥证"),
        ("老师，我想咨询一下开饭店的事", "开饭店的事"),
        ("我想问问", "我想问问"),
        ("你问一下他们为啥不批", "你问一下他们为啥不批"),
        ("我就想打听一下开店", "我就想打听一下开店"),
        ("老师您好", "您好"),
        ("师傅证咋办", "师傅证咋办"),
        ("/inform{}", "/inform{}"),
    ],
)
def test_address_and_thanks_around_a_message_are_left_out(text: str, said: str) -> None:
    assert plain(text) == said


@pytest.fixture
def read() -> Any:
    """Reads texts as a pipeline would whose classifier calls every intent `about <text>`."""
    components = importlib.import_module("bot.nlu.clauses")
    message = importlib.import_module("rasa.shared.nlu.training_data.message").Message

    def pipeline(*texts: str) -> list[Any]:
        messages = components.ClauseSplitter().process([message({"text": text}) for text in texts])
        for one in messages:
            one.set("intent", {"name": f"about {one.get('text')}", "confidence": 0.9})
        whole: list[Any] = components.ClauseCollector().process(messages)
        return whole

    return pipeline


class TestComponents:
    """They need Rasa, whose import takes many seconds."""

    pytestmark = late_import

    def test_clauses_ride_along_and_leave_only_their_reading(self, read: Any) -> None:
        first, second = read("要啥材料，多少钱", "在吗")

        assert [clause["intent"]["name"] for clause in first.get("clauses")] == [
            "about 要啥材料",
            "about 多少钱",
        ]
        assert second.get("clauses") == []

    def test_the_reading_is_part_of_what_the_model_returns(self, read: Any) -> None:
        (whole,) = read("要啥材料，多少钱")

        assert "clauses" in whole.as_dict(only_output_properties=True)


@pytest.mark.parametrize(
    ("text", "thanks"),
    [
        ("中嘞，谢谢恁", True),
        ("要得 谢谢啦", True),
        ("好的，辛苦您了", True),
        ("你真有耐心，谢谢", True),
        ("好勒 多谢", True),
        ("谢谢您，说得很清楚", True),
        ("好，那多少钱，谢谢", False),
        ("好的", False),
        ("我要吹哨，谢谢", False),
    ],
)
def test_an_agreement_with_thanks_is_thanks(text: str, thanks: bool) -> None:
    assert only_thanks(text) is thanks
