"""Which question of the catalogue somebody asks in words of their own."""

from collections.abc import Iterator

import pytest

from bot.domain.matters import Matter
from bot.services.finding.question_finder import QuestionFinder
from bot.store.matter_words import load_policy_questions
from tests.catalogue_files import DATA, MODELS, committed_catalogue, committed_matter_words


@pytest.fixture(scope="module")
def finder() -> QuestionFinder:
    of_policies = load_policy_questions(DATA / "policy").first
    return QuestionFinder(committed_catalogue(), committed_matter_words(), MODELS, of_policies)


def _matter(matter_id: str) -> Matter:
    return committed_catalogue().matter(matter_id)


@pytest.mark.parametrize(
    ("text", "matter_id", "part"),
    [
        ("税没交齐能不能把店注销", "exit-individual", "欠税"),
        ("老法人跑了不肯签字咋弄", "chg-legalrep", "不签字"),
        ("我们从来没欠过工资，这笔保证金还得交不", "prj-wage-guarantee", "免"),
        ("环评批了以后好几年没动工还作数吗", "prj-eia", "几年"),
    ],
)
def test_a_question_is_found_in_other_words(
    finder: QuestionFinder, text: str, matter_id: str, part: str
) -> None:
    asked = finder.among(text, [_matter(matter_id)])
    assert asked is not None
    assert asked.matter.id == matter_id
    found = [faq for faq in (asked.faq, asked.close) if faq is not None]
    assert any(part in f"{faq.question}{faq.answer}" for faq in found)


def test_a_question_in_the_words_of_the_catalogue_fits_wholly(finder: QuestionFinder) -> None:
    asked = finder.among("眼镜店卖隐形眼镜要什么证", [_matter("lic-device-3")])
    assert asked is not None
    assert asked.score >= 1.0


@pytest.mark.parametrize("text", ["要啥材料", "几天能办好", "在哪办", "今天天气咋样", "", "好的"])
def test_what_asks_none_of_them_finds_none(finder: QuestionFinder, text: str) -> None:
    matters = [_matter(i) for i in ("chg-legalrep", "prj-eia", "exit-individual", "lic-tobacco")]
    assert [finder.among(text, [m]) for m in matters] == [None] * len(matters)


def test_where_no_matter_is_meant_nothing_is_found(finder: QuestionFinder) -> None:
    assert finder.among("多久内要办", []) is None


def test_every_wording_belongs_to_a_question_of_the_catalogue_and_stands_once() -> None:
    known = {(m.id, f.question) for m in committed_catalogue().matters.values() for f in m.faqs}
    worded = dict(_wordings())
    assert set(worded) == known
    said = [text for texts in worded.values() for text in texts]
    assert len(said) == len(set(said))


def _wordings() -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for matter_id, questions in committed_matter_words().questions.items():
        for question, said in questions.items():
            yield (matter_id, question), said
