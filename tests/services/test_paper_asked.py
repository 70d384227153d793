"""Questions whether one paper has to be brought."""

import pytest

from bot.services.words.paper_asked import paper_brought, paper_needed, plain_paper


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("房产证要不要带", "房产证"),
        ("健康证得交不", "健康证"),
        ("那合同也得带吗", "合同"),
        ("要不要带公章", "公章"),
        ("委托书是不是要准备", "委托书"),
        ("我不带仓库，安全评价报告也得交？", "安全评价报告"),
    ],
)
def test_it_is_asked_whether_a_paper_is_brought(text: str, paper: str) -> None:
    assert paper_brought(text) == paper


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("照片呢", "照片"),
        ("检测报告要不要", "检测报告"),
        ("身份证复印件用不用", "身份证复印件"),
        ("要不要房产证", "房产证"),
    ],
)
def test_it_is_asked_whether_a_paper_is_needed(text: str, paper: str) -> None:
    assert paper_needed(text) == paper
    assert paper_brought(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "要啥证",
        "得带哪些证",
        "图纸要交几份",
        "施工图要审吗",
        "没有房产证要不要紧",
        "这种还要审图不",
    ],
)
def test_other_questions_name_no_paper(text: str) -> None:
    assert paper_brought(text) is None
    assert paper_needed(text) is None


def test_a_copy_is_the_paper_itself() -> None:
    assert plain_paper("营业执照复印件") == "营业执照"
    assert plain_paper("原件") == "原件"
