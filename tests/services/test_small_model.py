"""The small model of texts: learns once, is kept, and is made anew when it is taught otherwise."""

from pathlib import Path

from bot.services.finding.small_model import SmallModel, Taught

TRADES = (
    Taught("理发店", (0,)),
    Taught("剪头发", (0,)),
    Taught("饭店", (1,)),
    Taught("小饭馆", (1,)),
)


def _model(cache: Path, *more: Taught) -> SmallModel:
    return SmallModel("few", lambda: (*TRADES, *more), 1.0, cache)


def test_the_class_that_was_taught_scores_best(tmp_path: Path) -> None:
    assert int(_model(tmp_path).scores("开个饭馆").argmax()) == 1


def test_a_model_that_was_kept_scores_the_same(tmp_path: Path) -> None:
    first = _model(tmp_path).scores("理发")
    assert _model(tmp_path).scores("理发").tolist() == first.tolist()
    assert len(list(tmp_path.glob("few-*.npz"))) == 1


def test_what_is_taught_anew_is_learnt_anew(tmp_path: Path) -> None:
    _model(tmp_path).prepare()
    (before,) = tmp_path.glob("few-*.npz")
    _model(tmp_path, Taught("网吧", (2,))).prepare()
    (after,) = tmp_path.glob("few-*.npz")
    assert before != after
