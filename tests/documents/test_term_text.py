"""What is said about terms: one answer with its source, or the difference of two."""

from dataclasses import replace

from bot.documents.term_text import difference_answers, term_answers
from tests.catalogue_files import committed_catalogue

TERMS = committed_catalogue().terms


def test_a_meaning_says_its_word_and_its_source() -> None:
    (made,) = term_answers([TERMS["working-day"]])
    assert made.text.startswith("工作日")
    assert made.source.startswith("依据：行政许可法§82")


def test_a_text_without_its_word_begins_with_it() -> None:
    silent = replace(TERMS["working-day"], text="不含周末。")
    assert term_answers([silent])[0].text == "工作日：不含周末。"


def test_a_difference_is_found_from_both_sides() -> None:
    one, other = TERMS["subscribed-capital"], TERMS["paid-in-capital"]
    assert difference_answers([one, other]) == difference_answers([other, one])
    assert "真正交到公司的钱" in difference_answers([one, other])[0].text


def test_two_names_of_one_term_mean_the_same() -> None:
    assert difference_answers([TERMS["joint-drawing-review"]])[0].text.startswith("说的是一回事")


def test_terms_that_nothing_holds_against_each_other_are_each_explained() -> None:
    made = difference_answers([TERMS["working-day"], TERMS["review"]])
    assert [one.text for one in made] == [TERMS["working-day"].text, TERMS["review"].text]
    both = difference_answers(
        [TERMS["licence-act"], TERMS["filing-act"], TERMS["registration-act"]]
    )
    assert len(both) == 1
    assert both[0].text.count("\n") == 2
