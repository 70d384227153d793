from pathlib import Path

import pytest

from bot.store.catalogue.problems import CatalogueInvalid
from bot.store.matter_words import load_matter_words

FILES = {
    "situations/a.yml": "m: [店里来人检查]\n",
    "situations/b.yml": "m: [想开个店]\n",
    "cues/a.yml": "m: [床单]\n",
    "plain.yml": "m: {label: 卫生证, purpose: 开店要的}\n",
    "ideas.yml": "hotel: [宾馆, 旅店]\n",
    "off_topic.yml": "off_topic: [你好]\n",
    "plain_questions.yml": "fee: [多少钱]\n",
    "questions/a.yml": "m:\n  - question: 几天查一次？\n    said: [多久来查]\n",
    "shared_questions.yml": "谁能去？: [要本人去吗]\n",
    "service_questions.yml": "helper_free: [帮办要钱不]\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("situations", "cues", "questions"):
        (tmp_path / part).mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_situations_of_one_matter_come_from_all_files(folder: Path) -> None:
    words = load_matter_words(folder)
    assert words.situations == {"m": ("店里来人检查", "想开个店")}
    assert words.plain["m"].label == "卫生证"
    assert words.off_topic == ("你好",)
    assert words.plain_questions == {"fee": ("多少钱",)}
    assert words.questions == {"m": {"几天查一次？": ("多久来查",)}}
    assert words.shared_questions == {"谁能去？": ("要本人去吗",)}
    assert words.service_questions == {"helper_free": ("帮办要钱不",)}


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("ideas.yml", "hotel: [宾馆]\ninn: [宾馆]\n", "宾馆 stands in hotel and in inn"),
        ("cues/a.yml", "m: [床单, 床单]\n", "m has '床单' twice"),
        ("cues/a.yml", "m: [380]\n", "cues/a.yml:1"),
        ("plain.yml", "m: {label: 卫生证}\n", "'purpose' is missing"),
        (
            "questions/b.yml",
            "m:\n  - question: 几天查一次？\n    said: [多久]\n",
            "has its wordings elsewhere",
        ),
        ("situations/a.yml", "m: []]\n", "this is not YAML"),
    ],
)
def test_a_fault_names_the_file(folder: Path, name: str, text: str, fault: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueInvalid) as caught:
        load_matter_words(folder)
    assert fault in "\n".join(str(problem) for problem in caught.value.problems)


def test_a_missing_file_is_a_fault(folder: Path) -> None:
    (folder / "plain.yml").unlink()
    with pytest.raises(CatalogueInvalid):
        load_matter_words(folder)
