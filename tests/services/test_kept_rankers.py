"""Many small models in one file: kept, read back, learnt anew when the file is broken."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from bot.services.kept_rankers import kept_rankers, load
from bot.services.linear_ranker import Example, LinearRanker, train_few
from bot.services.matter_features import FeatureReader

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
    assert [path.name for path in tmp_path.iterdir()] == ["kind-f2.npz"]


def test_a_broken_file_is_learnt_anew(tmp_path: Path) -> None:
    path = tmp_path / "kind-f1.npz"
    path.write_bytes(b"no model")
    assert load(path) is None
    assert set(kept_rankers(tmp_path, "kind", "f1", _learn)) == set(TEXTS)
    assert load(path) is not None


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    assert set(kept_rankers(None, "kind", "f1", _learn)) == set(TEXTS)
    assert list(tmp_path.iterdir()) == []
