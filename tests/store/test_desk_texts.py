"""The words of the desk: what ships is whole, and a file with a hole is refused by name."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.store.desk_texts import BadDeskFile, load_desk_texts, load_desk_vocabulary
from tests.desk_cast import DATA, vocabulary

MESSAGES = (DATA / "desk" / "messages.yml").read_text(encoding="utf-8")
FIELDS = (DATA / "desk" / "fields.yml").read_text(encoding="utf-8")


def _write(folder: Path, name: str, text: str) -> Path:
    (folder / "desk").mkdir()
    (folder / "desk" / name).write_text(text, encoding="utf-8")
    return folder


def test_what_ships_names_the_agent_where_somebody_comes_or_goes() -> None:
    texts = load_desk_texts(DATA)

    assert texts.joined.format(name="韩梅梅").startswith("客服韩梅梅已接入")
    assert "已交回小二继续为您服务" in texts.handed_back


def test_what_ships_labels_every_field_in_chinese() -> None:
    vocabulary = load_desk_vocabulary(DATA)

    assert vocabulary.fields["start_business_enterprise_type"].label == "企业类型"
    assert not vocabulary.hidden & set(vocabulary.fields)
    for field in vocabulary.fields.values():
        assert not field.label.isascii(), field.slot
    for reason in ("asked", "not_understood"):
        assert reason in vocabulary.reasons


def test_a_district_slot_is_a_field_of_its_own() -> None:
    vocabulary = load_desk_vocabulary(DATA)

    assert set(vocabulary.district_slots) <= set(vocabulary.fields)


def test_every_slot_of_the_dialogue_is_labelled_or_hidden_and_no_label_is_without_a_slot() -> None:
    domain = YAML(typ="safe").load((DATA.parent / "domain.yml").read_text(encoding="utf-8"))
    ours = vocabulary()

    assert set(domain["slots"]) - set(ours.fields) - ours.hidden == set()
    assert set(ours.fields) - set(domain["slots"]) == set()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a",
        "joined: x",
        MESSAGES.replace("joined:", "joned:"),
        MESSAGES.replace("{name}", "{agent}"),
        MESSAGES.replace("{name}", "{0}"),
        MESSAGES + "extra: x\n",
        "joined: [",
    ],
)
def test_texts_with_a_hole_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadDeskFile, match=r"messages\.yml"):
        load_desk_texts(_write(tmp_path, "messages.yml", text))


@pytest.mark.parametrize(
    "text",
    [
        "groups: []",
        FIELDS.replace("kind: yes_no", "kind: maybe"),
        FIELDS.replace("kind: yes_no", "kind: choice"),
        FIELDS.replace("slot: case_number,", "slot: ticket_number,"),
        FIELDS.replace("label: 联系人", "lable: 联系人"),
    ],
)
def test_labels_with_a_hole_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadDeskFile, match=r"fields\.yml"):
        load_desk_vocabulary(_write(tmp_path, "fields.yml", text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDeskFile, match=r"messages\.yml"):
        load_desk_texts(tmp_path)
