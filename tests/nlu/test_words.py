"""A model's dictionary says what jieba's own says, and a start without phrases reads each sign."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jieba
import pytest

from bot.nlu import signs_alone, words

SENTENCES = ("开个面馆要办哪些手续呀", "施工许可证几天能下来", "乾隆年间的事儿", "abc123的发票", "")
HIGHEST_SIGN = 0xA000
READ = """
import json, sys
from pypinyin import lazy_pinyin
json.dump([lazy_pinyin(chr(at)) for at in range(0x20, {highest})], sys.stdout)
"""


@pytest.fixture(autouse=True)
def _own_dictionary() -> Iterator[None]:
    yield
    jieba.dt.initialized = False  # the next test finds jieba as it comes


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    lists, model = tmp_path / "lists", tmp_path / "model"
    lists.mkdir()
    model.mkdir()
    (lists / "hand.txt").write_text("东昌府区 20000 district\n小二帮办 9 n\n", encoding="utf-8")
    words.learn(lists)
    words.keep(model)
    return model


def test_a_model_knows_each_word_as_often_as_jieba_did_when_it_was_trained(kept: Path) -> None:
    known, total = dict(jieba.dt.FREQ), jieba.dt.total
    split = [list(jieba.tokenize(sentence)) for sentence in SENTENCES]

    words.use(kept)
    for file in kept.iterdir():  # Rasa unpacks a model into a folder that it throws away
        file.unlink()

    assert dict(jieba.dt.FREQ) == known
    assert jieba.dt.total == total
    assert [list(jieba.tokenize(sentence)) for sentence in SENTENCES] == split
    assert jieba.get_FREQ("小二帮办") == 9


def test_what_is_no_word_is_none_whatever_it_is_made_of(kept: Path) -> None:
    words.use(kept)

    for stranger in ("", "\ud83d", "\x00", "没有这个词儿呀"):
        assert stranger not in jieba.dt.FREQ
        assert jieba.get_FREQ(stranger) is None


def test_who_trains_after_a_model_was_loaded_has_a_dictionary_that_takes_words(
    kept: Path, tmp_path: Path
) -> None:
    words.use(kept)
    words.learn(tmp_path / "lists")

    assert jieba.get_FREQ("东昌府区") == 20000
    jieba.add_word("后来的词", 7)
    assert jieba.get_FREQ("后来的词") == 7


def test_each_sign_is_read_the_same_without_the_list_of_phrases() -> None:
    environ: dict[str, str] = {}
    signs_alone.use(environ)
    read = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", READ.format(highest=HIGHEST_SIGN)],
                env={**os.environ, **more},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for more in ({}, environ)
    ]

    assert environ
    assert read[0] == read[1]


def test_an_operators_own_wish_stands() -> None:
    wished = dict.fromkeys(signs_alone.SETTINGS, "")
    signs_alone.use(wished)

    assert set(wished.values()) == {""}
