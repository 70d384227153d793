"""Who asks where a paper itself is got is told apart from who wants to hand it in."""

import pytest

from bot.services.words.asked import asks_to_obtain


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("健康证去哪儿弄", "健康证"),
        ("健康证多少钱", "健康证"),
        ("上哪办健康证", "健康证"),
        ("那健康证几天能下来", "健康证"),
        ("检测报告找谁做", "检测报告"),
        ("无犯罪记录证明咋开", "无犯罪记录证明"),
    ],
)
def test_the_paper_itself_is_asked_for(text: str, paper: str) -> None:
    assert asks_to_obtain(text, paper)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("健康证交到哪个窗口", "健康证"),
        ("健康证没下来去哪办卫生许可", "健康证"),
        ("带着健康证去哪办", "健康证"),
        ("健康证要几个人的", "健康证"),
        ("饭店的健康证和食品证哪个先", "健康证"),
    ],
)
def test_who_hands_it_in_asks_about_something_else(text: str, paper: str) -> None:
    assert not asks_to_obtain(text, paper)
