"""Many small models in one file: kept, read back, learnt anew when the file is broken."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from bot.one_at_a_time import one_at_a_time
from bot.services.finding.kept_ranker import kept
from bot.services.finding.kept_rankers import kept_rankers, load, save
from bot.services.finding.linear_ranker import Example, LinearRanker, train_few
from bot.services.finding.matter_features import FeatureReader

READER = FeatureReader({})
TEXTS = {"搬家": ("先搬还是先改", "搬完再改行不"), "注销": ("欠税能注销吗", "欠着税能销不")}


def _learn() -> Mapping[str, LinearRanker]:
    return {
        key: train_few([Example(READER.read(text), (0,)) for text in said], 1, 0.6)
        for key, said in TEXTS.items()
    }


def _refuse() -> Mapping[str, LinearRanker]:
    pytest.fail("learnt again although a file fits")


def test_models_are_learnt_once_and_read_back_as_they_were(tmp_path: Path) -> None:
    first = kept_rankers(tmp_path, "kind", "f1", _learn)
    again = kept_rankers(tmp_path, "kind", "f1", _refuse)
    assert list(again) == list(first) == list(TEXTS)
    for key in TEXTS:
        features = READER.read(TEXTS[key][0])
        assert np.array_equal(again[key].scores(features), first[key].scores(features))
        assert float(again[key].scores(features)[0]) > 0.5


def test_a_new_fingerprint_replaces_the_file_of_the_old_one(tmp_path: Path) -> None:
    kept_rankers(tmp_path, "kind", "f1", _learn)
    kept_rankers(tmp_path, "kind", "f2", _learn)
    assert [path.name for path in tmp_path.glob("*.npz")] == ["kind-f2.npz"]


def test_a_broken_file_is_learnt_anew(tmp_path: Path) -> None:
    path = tmp_path / "kind-f1.npz"
    path.write_bytes(b"no model")
    assert load(path) is None
    assert set(kept_rankers(tmp_path, "kind", "f1", _learn)) == set(TEXTS)
    assert load(path) is not None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    assert set(kept_rankers(None, "kind", "f1", _learn)) == set(TEXTS)
    assert list(tmp_path.iterdir()) == []


def test_who_comes_while_another_process_learns_waits_and_reads_what_that_learnt(
    tmp_path: Path,
) -> None:
    path, looked = tmp_path / "kind-f1.npz", Event()

    def look(at: Path) -> Mapping[str, LinearRanker] | None:
        found = load(at)
        looked.set()
        return found

    with ThreadPoolExecutor(1) as pool:
        with one_at_a_time(tmp_path / "kind.lock"):
            late = pool.submit(kept, path, "kind", _refuse, look, save)
            assert looked.wait(10), "it did not look for the file"
            save(_learn(), path)
        assert set(late.result(10)) == set(TEXTS)
