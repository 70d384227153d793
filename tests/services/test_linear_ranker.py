from pathlib import Path

import numpy as np

from bot.services.finding.linear_ranker import Example, LinearRanker, load, save, train
from bot.services.finding.matter_features import FeatureReader

READER = FeatureReader({"hotel": ("宾馆", "旅店", "客栈"), "linen": ("床单", "毛巾")})
TAUGHT = [
    ("宾馆的床单要查", (0,)),
    ("旅店毛巾要检测", (0,)),
    ("买了货车跑运输", (1,)),
    ("货车拉货要证", (1,)),
    ("今天天气", ()),
    ("天气真好", ()),
]


def model() -> LinearRanker:
    return train([Example(READER.read(text), labels) for text, labels in TAUGHT], 2, 0.5)


def test_an_unseen_text_finds_its_class() -> None:
    scores = model().scores(READER.read("大货车拉货"))
    assert int(np.argmax(scores)) == 1


def test_a_word_never_seen_counts_by_its_idea() -> None:
    assert int(np.argmax(model().scores(READER.read("客栈")))) == 0


def test_what_belongs_to_no_class_scores_low_everywhere() -> None:
    known = model().scores(READER.read("买了货车"))
    none = model().scores(READER.read("天气真好啊"))
    assert none.max() < 0.3 < known.max()


def test_a_text_without_a_known_feature_scores_zero() -> None:
    assert not model().scores(READER.read("qqq")).any()


def test_a_stored_model_answers_like_the_trained_one(tmp_path: Path) -> None:
    trained = model()
    save(trained, tmp_path / "deep" / "m.npz")
    stored = load(tmp_path / "deep" / "m.npz")
    assert stored is not None
    features = READER.read("宾馆毛巾")
    assert np.array_equal(stored.scores(features), trained.scores(features))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["m.npz"]


def test_a_broken_or_missing_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 not a model")
    assert load(tmp_path / "bad.npz") is None
    assert load(tmp_path / "none.npz") is None
