"""Training with the lever learns from the same sentences as stock Rasa does."""

import copy
import inspect
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe.tarsafe import TarSafe

from bot.nlu.levers.training import LEVER
from bot.nlu.train import can_do_without_tensorflow
from bot.settings import ROOT

pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}")  # Rasa's check of YAML, and what it imports
    for kind in ("DeprecationWarning", "PendingDeprecationWarning", "ResourceWarning")
]

PLACES = (
    (TrainingDataImporter, "load_from_config"),
    (utils, "training_data_from_paths"),
    (TrainingData, "sanitize_examples"),
)
PACKED_QUICKLY = 4
"""What gzip writes as the ninth byte of a file that was packed at its quickest level."""

FILES = {
    "config.yml": "recipe: default.v1\nassistant_id: a\nlanguage: zh\npipeline: []\npolicies: []\n",
    "domain.yml": 'version: "3.1"\nintents: [greet, book]\nentities: [day]\n',
    "data/nlu.yml": (
        'version: "3.1"\nnlu:\n'
        "- intent: greet\n  examples: |\n    - 你好\n    - 在吗\n    - 你好\n"
        "- intent: book\n  examples: |\n    - 约[周三](day)\n"
        '    - 约[后天]{"entity": "day", "value": "明后天"}\n'
    ),
    "data/rules.yml": (
        'version: "3.1"\nrules:\n- rule: a greeting\n  steps:\n'
        "  - intent: greet\n  - action: action_listen\n"
    ),
}


@pytest.fixture
def pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lever, until the test ends."""
    for owner, name in PLACES:
        monkeypatch.setattr(owner, name, inspect.getattr_static(owner, name))
    monkeypatch.setattr(Message, "__deepcopy__", None, raising=False)
    monkeypatch.setattr(TarSafe, "gzopen", inspect.getattr_static(TarSafe, "gzopen"))
    LEVER.pull()


def importer(folder: Path) -> TrainingDataImporter:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    paths = [str(folder / name) for name in FILES if name.startswith("data/")]
    return TrainingDataImporter.load_from_config(
        str(folder / "config.yml"), str(folder / "domain.yml"), paths
    )


def message(intent: str) -> Message:
    made = Message.build(
        "约周三", intent, [{"entity": "day", "value": "周三", "start": 1, "end": 3}]
    )
    made.add_features(Features(np.ones((1, 3)), "sequence", "text", "test"))
    return made


def test_rasa_is_what_the_lever_was_written_for() -> None:
    assert LEVER.fits


def test_the_data_are_those_of_stock(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    stock = importer(tmp_path)
    sentences, domain = stock.get_nlu_data(language=None), stock.get_domain()
    request.getfixturevalue("pulled")
    ours = importer(tmp_path)

    assert ours.get_nlu_data(language=None).fingerprint() == sentences.fingerprint()
    assert ours.get_domain().as_dict() == domain.as_dict()
    assert len(sentences.intent_examples) == 4, "one of five stands twice"


def test_a_file_is_read_once_for_validation_and_training(
    tmp_path: Path, pulled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    stock = loading.load_data

    def counted(resource_name: str, language: str | None = "en") -> TrainingData:
        read.append(resource_name)
        return stock(resource_name, language)

    monkeypatch.setattr(loading, "load_data", counted)
    validated, trained = importer(tmp_path), importer(tmp_path)
    validated.get_nlu_data()
    validated.get_domain()
    trained.get_nlu_data(language=None)

    assert read == [str(tmp_path / "data" / "nlu.yml")]


def test_what_one_changes_of_the_sentences_nobody_else_sees(tmp_path: Path, pulled: None) -> None:
    ours = importer(tmp_path)
    ours.get_nlu_data().training_examples[0].set("text", "changed")

    texts = {one.get("text") for one in ours.get_nlu_data(language=None).training_examples}
    assert "changed" not in texts


def test_a_copy_is_equal_and_shares_nothing_that_can_change(pulled: None) -> None:
    first = message("book")
    second = copy.deepcopy([first])[0]
    assert second == first
    assert second.fingerprint() == first.fingerprint()
    second.get("entities")[0]["value"] = "周四"
    second.features[0].features[0, 0] = 7.0
    second.output_properties.add("day")

    assert first.get("entities")[0]["value"] == "周三"
    assert first.features[0].features[0, 0] == 1.0
    assert "day" not in first.output_properties


def test_examples_are_cleaned_as_by_stock(request: pytest.FixtureRequest) -> None:
    stock = TrainingData.sanitize_examples([message(" book "), message("book"), message("greet")])
    request.getfixturevalue("pulled")
    ours = TrainingData.sanitize_examples([message(" book "), message("book"), message("greet")])

    assert [one.fingerprint() for one in ours] == [one.fingerprint() for one in stock]
    assert [one.get("intent") for one in ours] == ["book", "greet"]


def test_a_model_is_packed_quickly_and_read_as_ever(tmp_path: Path, pulled: None) -> None:
    (tmp_path / "part").write_bytes(b"weights" * 1_000)
    with TarSafe.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "part", arcname="part")

    assert (tmp_path / "model.tar.gz").read_bytes()[8] == PACKED_QUICKLY
    with TarSafe.open(tmp_path / "model.tar.gz", "r:gz") as archive:
        content = archive.extractfile("part")
        assert content is not None
        assert content.read() == b"weights" * 1_000


def test_tensorflow_is_left_out_of_a_training_whose_parts_need_none(tmp_path: Path) -> None:
    other = tmp_path / "config.yml"
    other.write_text("pipeline:\n- name: DIETClassifier\n", encoding="utf-8")

    assert can_do_without_tensorflow(["train", "--config", str(ROOT / "config.yml")])
    assert not can_do_without_tensorflow(["train", "--config", str(other)])
    assert not can_do_without_tensorflow(["train"])
