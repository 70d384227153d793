import re
from pathlib import Path

import pytest

from bot.store.catalogue.lexicon import lookups, main, render, tokens
from bot.store.catalogue.problems import CatalogueInvalid
from bot.store.catalogue.synonyms import load_synonyms
from tests.catalogue_files import (
    CATALOGUE,
    LEXICON,
    committed_catalogue,
    committed_synonyms,
)

STALE = "run: python -m bot.store.catalogue.lexicon data/catalogue data/lexicon"


def test_the_committed_lists_are_those_of_the_catalogue() -> None:
    for name, text in render(committed_catalogue(), committed_synonyms()).items():
        assert (LEXICON / name).read_text(encoding="utf-8") == text, f"{name} is stale; {STALE}"


def test_there_is_a_list_for_each_entity_that_the_catalogue_knows() -> None:
    lists = lookups(committed_catalogue(), committed_synonyms())

    entities = {"matter", "enterprise_type", "industry", "project_type", "district", "material"}
    assert lists.keys() == entities
    assert all(lists.values())


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("matter", ["营业执照", "施工许可", "卫生证", "开票", "食品经营许可证", "环评"]),
        ("enterprise_type", ["有限公司", "个体户", "分公司", "合伙企业", "合作社"]),
        ("industry", ["火锅店", "药店", "化工", "物流", "KTV"]),
        ("project_type", ["工业厂房", "住宅", "市政道路", "标准地", "小型低风险"]),
        ("district", ["东昌", "茌平", "开发区", "高新区", "度假区", "临清市"]),
        ("material", ["房产证", "身份证", "租赁合同", "环评批复", "营业执照"]),
    ],
)
def test_a_list_has_the_words_that_people_use(entity: str, words: list[str]) -> None:
    found = lookups(committed_catalogue(), committed_synonyms())[entity]

    assert set(words) <= set(found)


def test_no_list_has_questions_or_repetitions() -> None:
    for entity, words in lookups(committed_catalogue(), committed_synonyms()).items():
        assert words == sorted(set(words)), entity
        assert not [word for word in words if re.search("[吗？?，,]|怎么|什么", word)], entity


def test_jieba_is_given_no_phrase_that_hides_another_entity() -> None:
    catalogue = committed_catalogue()
    words = set(tokens(lookups(catalogue, committed_synonyms()), catalogue))

    assert {"火锅店", "个体户", "营业执照", "食品经营许可证", "阎楼镇", "有限合伙"} <= words
    assert not {"开火锅店", "个体户注销", "注册公司", "奶茶店办证"} & words
    assert all(1 < len(word) <= 12 for word in words)


def test_the_generator_writes_the_same_bytes_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (LEXICON / "synonyms.yml").read_text(encoding="utf-8")
    (tmp_path / "synonyms.yml").write_text(text, encoding="utf-8")

    assert main([str(CATALOGUE), str(tmp_path)]) == 0
    assert "matter.txt: " in capsys.readouterr().out
    for name in render(committed_catalogue(), committed_synonyms()):
        assert (tmp_path / name).read_bytes() == (LEXICON / name).read_bytes()


def test_the_generator_explains_itself_when_called_wrongly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_group_of_one_word_is_no_synonym(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.yml"
    file.write_text("materials:\n  - [房产证]\npolicies: []\n", encoding="utf-8")

    with pytest.raises(CatalogueInvalid, match="needs two different words"):
        load_synonyms(file)
