import numpy as np
import pytest

from bot.nlu.calibration import fit_sharpness, softmax
from bot.nlu.spans import Span, settle


def test_a_number_with_a_form_is_never_renamed_by_the_tagger() -> None:
    known, tagged = [Span(0, 18, "case_number", 9)], [Span(0, 18, "phone")]
    assert settle(known, tagged) == known


def test_a_number_that_the_tagger_overlooked_is_kept() -> None:
    known = [Span(3, 14, "phone", 6)]
    assert settle(known, [Span(0, 2, "district")]) == [Span(0, 2, "district"), *known]


def test_the_tagger_decides_what_a_name_means_where_it_stands() -> None:
    known = [Span(4, 6, "project_type", 3)]  # 着火了！车间
    assert settle(known, []) == []
    assert settle(known, [Span(4, 6, "material")]) == [Span(4, 6, "material")]


def test_probabilities_sum_to_one_and_do_not_overflow() -> None:
    assert softmax(np.asarray([1000.0, 0.0])).sum() == pytest.approx(1)


def test_scores_that_are_right_more_often_deserve_more_sharpness() -> None:
    sure = np.tile([1.0, 0.0], (20, 1))
    always, often = np.zeros(20, dtype=int), np.asarray([0] * 15 + [1] * 5)
    assert fit_sharpness(sure, always) > fit_sharpness(sure, often)
