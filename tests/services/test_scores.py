import pytest

from bot.services.learning import scores
from bot.services.learning.scores import Understood


def test_accuracy_counts_the_fallback_as_wrong() -> None:
    assert scores.accuracy(["greet", "stop"], ["greet", "nlu_fallback"]) == 0.5


def test_nothing_to_measure_is_zero_and_no_error() -> None:
    assert scores.accuracy([], []) == 0.0
    assert scores.macro_f1([], []) == 0.0
    assert scores.entity_score([], []).f1 == 0.0


def test_macro_f1_gives_a_rare_intent_the_weight_of_a_frequent_one() -> None:
    gold = ["greet"] * 9 + ["stop"]
    assert scores.macro_f1(gold, ["greet"] * 10) == pytest.approx((2 * 9 / 19 + 0) / 2)


def test_out_of_scope_taken_for_a_service_is_a_false_accept() -> None:
    gold = ["out_of_scope", "out_of_scope", "out_of_scope", "greet"]
    answers = ["ask_fee", "nlu_fallback", "out_of_scope", "ask_fee"]
    assert scores.false_accepts(gold, answers) == pytest.approx(1 / 3)


def test_a_service_answered_with_a_refusal_is_a_false_refusal() -> None:
    gold = ["ask_fee", "ask_fee", "ask_fee", "out_of_scope"]
    answers = ["out_of_scope", "nlu_fallback", "ask_fee", "out_of_scope"]
    assert scores.false_refusals(gold, answers) == pytest.approx(2 / 3)


def test_an_entity_is_right_only_with_its_exact_text_and_name() -> None:
    gold = [[("district", "临清"), ("date", "明天")]]
    answers = [[("district", "临清市"), ("date", "明天"), ("time", "明天")]]
    score = scores.entity_score(gold, answers)
    assert (score.precision, score.recall) == (pytest.approx(1 / 3), 0.5)


def test_the_same_entity_twice_must_be_found_twice() -> None:
    score = scores.entity_score([[("date", "明天"), ("date", "明天")]], [[("date", "明天")]])
    assert score.recall == 0.5


def test_confusions_come_with_examples_most_frequent_first() -> None:
    gold = [Understood("a", "stop"), Understood("b", "stop"), Understood("c", "deny")]
    answers = [Understood("a", "deny"), Understood("b", "deny"), Understood("c", "skip")]
    found = scores.confusions(gold, answers)
    assert [(c.intent, c.answered, c.count, c.examples) for c in found] == [
        ("stop", "deny", 2, ("a", "b")),
        ("deny", "skip", 1, ("c",)),
    ]


def test_a_second_accepted_matter_counts_as_a_hit() -> None:
    gold = [{"a", "b"}, {"c"}]
    assert scores.hits_within(gold, [["b"], ["x", "c"]], 1) == 0.5
    assert scores.hits_within(gold, [["b"], ["x", "c"]], 3) == 1.0
