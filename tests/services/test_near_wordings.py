"""How near a text lies to what was taught of a matter."""

from pathlib import Path

import pytest

from bot.meaning import Meanings
from bot.sentence_layers import Floats
from bot.services.finding.near_wordings import NearWordings, Wordings
from tests.catalogue_files import MODELS

TAUGHT = {
    "lost": Wordings(
        (("执照丢了怎么补", 0), ("补办执照要登报吗", 1), ("要不要在报纸上声明", 1)),
        ("食品证几天能下来",),
    ),
    "bare": Wordings((("几天能办好", 0),), ()),
}


@pytest.fixture(params=["kept", "not kept"])
def near(request: pytest.FixtureRequest, tmp_path: Path) -> NearWordings:
    return NearWordings(TAUGHT, tmp_path if request.param == "kept" else None, "one")


def _meaning(text: str) -> Floats:
    found: Floats = Meanings(MODELS).of([text])[0]
    return found


def test_a_taught_wording_is_as_near_as_can_be_to_its_question_only(near: NearWordings) -> None:
    found = near.near("lost", _meaning("要不要在报纸上声明"))
    assert found.asking.shape == (2,)
    assert found.asking[1] == pytest.approx(1.0, abs=0.01)
    assert found.asking[0] < 0.8
    assert found.beside < 0.8


def test_a_sentence_beside_all_questions_is_told(near: NearWordings) -> None:
    assert near.near("lost", _meaning("食品证几天能下来")).beside == pytest.approx(1.0, abs=0.01)
    assert near.near("bare", _meaning("食品证几天能下来")).beside == 0


def test_what_was_kept_is_read_again_and_not_taken_for_other_sentences(tmp_path: Path) -> None:
    first = NearWordings(TAUGHT, tmp_path, "one")
    first.prepare()
    again = NearWordings(TAUGHT, tmp_path, "one").near("bare", _meaning("几天能办好"))
    assert again.asking[0] == pytest.approx(1.0, abs=0.01)
    other = {"bare": Wordings((("在哪办", 0),), ())}
    changed = NearWordings(other, tmp_path, "two").near("bare", _meaning("几天能办好"))
    assert changed.asking[0] < 0.8


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    first = NearWordings(TAUGHT, tmp_path, "one")
    first.prepare()
    stored = next(tmp_path.glob("wordings-*.npz"))
    stored.write_bytes(b"broken")
    again = NearWordings(TAUGHT, tmp_path, "one").near("bare", _meaning("几天能办好"))
    assert again.asking[0] == pytest.approx(1.0, abs=0.01)
