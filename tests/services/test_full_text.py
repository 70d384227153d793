from bot.services.finding.full_text import FullText

TEXTS = FullText(
    {"fire": "消防设计 喷淋 消防 验收", "food": "食品 经营 许可 后厨", "empty": "", "fee": "收费"}
)


def test_the_text_that_holds_the_rarest_pairs_scores_highest() -> None:
    scores = TEXTS.scores("后厨的喷淋头和食品")
    assert max(scores, key=lambda key: scores[key]) == "food"


def test_a_text_without_a_common_pair_finds_nothing() -> None:
    assert TEXTS.scores("天气") == {}
    assert TEXTS.scores("") == {}
