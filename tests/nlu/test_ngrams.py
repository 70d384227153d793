import numpy as np
import pytest

from bot.nlu.concepts import Concepts
from bot.nlu.ngrams import count_ngrams, learn_vocabulary, without_courtesy
from bot.nlu.spans import Span

NO_CONCEPTS = Concepts({})


def core(text: str) -> str:
    start, end = without_courtesy(text)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("你好，请问施工许可证怎么办", "施工许可证怎么办"),
        ("食品证几天能下来 谢谢", "食品证几天能下来"),
        ("你好", "你好"),
        ("谢谢", "谢谢"),
        ("好的 谢谢", "好的 谢谢"),
        ("", ""),
    ],
)
def test_courtesy_is_cut_off_only_when_a_message_remains(text: str, rest: str) -> None:
    assert core(text) == rest


def test_messages_that_differ_in_the_matter_alone_share_all_entity_signs() -> None:
    one = count_ngrams("执照怎么办", [Span(0, 2, "matter", 3)], NO_CONCEPTS)
    other = count_ngrams("施工许可证怎么办", [Span(0, 5, "matter", 3)], NO_CONCEPTS)
    assert one["e"] == other["e"]
    assert one["c"] != other["c"]


def test_homophones_share_all_syllables() -> None:
    right = count_ngrams("怎么办理", [], NO_CONCEPTS)
    typo = count_ngrams("怎么半理", [], NO_CONCEPTS)
    assert right["p"] == typo["p"]


def test_punctuation_and_white_space_do_not_count() -> None:
    assert (
        count_ngrams("多久？？", [], NO_CONCEPTS)["c"] == count_ngrams("多久", [], NO_CONCEPTS)["c"]
    )


def test_rare_ngrams_are_not_learnt_and_unknown_ones_weigh_nothing() -> None:
    counted = [count_ngrams(text, [], NO_CONCEPTS) for text in ("多久", "多久呢", "几天")]
    vocabulary = learn_vocabulary(counted, min_messages=2)
    assert "c:多久" in vocabulary.column_by_gram
    assert "c:几天" not in vocabulary.column_by_gram
    rows = vocabulary.matrix(counted)
    assert rows.shape == (3, len(vocabulary.column_by_gram))
    columns, weights = vocabulary.vector({"c": {"没见过": 1}})
    assert columns.size == 0
    assert weights.size == 0
    assert np.isfinite(rows.data).all()
