import numpy as np
import pytest

from bot.nlu.calibration import fit_sharpness, softmax
from bot.nlu.spans import Span, settle

RIVALS = frozenset({"matter", "material"})


def test_the_context_decides_between_rivals_on_the_same_stretch() -> None:
    known, tagged = [Span(0, 4, "matter", 3)], [Span(0, 4, "material")]
    assert settle(known, tagged, RIVALS) == [Span(0, 4, "material", 3)]


def test_a_fixed_form_is_never_renamed_by_the_tagger() -> None:
    known, tagged = [Span(0, 18, "case_number", 9)], [Span(0, 18, "phone")]
    assert settle(known, tagged, RIVALS) == known


def test_a_company_name_swallows_the_names_inside_it() -> None:
    known = [Span(0, 2, "district", 3), Span(4, 8, "enterprise_type", 3)]
    settled = settle(known, [Span(0, 8, "company_name")], RIVALS)
    assert [(s.start, s.end, s.entity) for s in settled] == [(0, 8, "company_name")]


def test_a_tagged_span_that_cuts_a_name_loses() -> None:
    known = [Span(2, 6, "matter", 3)]
    assert settle(known, [Span(0, 4, "industry")], RIVALS) == known


def test_what_only_the_tagger_finds_is_kept() -> None:
    settled = settle([], [Span(3, 5, "service_mode")], RIVALS)
    assert [(s.start, s.end, s.entity) for s in settled] == [(3, 5, "service_mode")]


def test_probabilities_sum_to_one_and_do_not_overflow() -> None:
    assert softmax(np.asarray([1000.0, 0.0])).sum() == pytest.approx(1)


def test_scores_that_are_right_more_often_deserve_more_sharpness() -> None:
    sure = np.tile([1.0, 0.0], (20, 1))
    always, often = np.zeros(20, dtype=int), np.asarray([0] * 15 + [1] * 5)
    assert fit_sharpness(sure, always) > fit_sharpness(sure, often)
