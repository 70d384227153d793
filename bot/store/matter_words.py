"""Loads the wording about matters from `data/matters`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.services.matter_words import MatterWords, PlainLabel
from bot.store.catalogue.problems import CatalogueInvalid, Findings, Place
from bot.store.catalogue.reader import read_file

SITUATIONS_FOLDER = "situations"
CUES_FILE = "cues.yml"
PLAIN_FILE = "plain.yml"
IDEAS_FILE = "ideas.yml"
OFF_TOPIC_FILE = "off_topic.yml"


def load_matter_words(folder: Path) -> MatterWords:
    """Read situations, cues, plain labels, ideas and what is off topic.

    Args:
        folder: `data/matters`.

    Raises:
        CatalogueInvalid: A file is missing or broken, or a word stands in two ideas; the error
            names files and lines.
    """
    findings = Findings()
    words = MatterWords(
        situations=_situations(folder, findings),
        cues=_lists(folder, CUES_FILE, findings),
        plain=_plain(folder, findings),
        ideas=_ideas(folder, findings),
        off_topic=_off_topic(folder, findings),
    )
    if findings.problems:
        raise CatalogueInvalid(folder, tuple(findings.problems))
    return words


def _situations(folder: Path, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    """Return all situations; a matter may stand in several files."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / SITUATIONS_FOLDER).glob("*.yml")):
        texts = _lists(folder, f"{SITUATIONS_FOLDER}/{path.name}", findings)
        for matter_id, more in texts.items():
            found[matter_id] = (*found.get(matter_id, ()), *more)
    return MappingProxyType(found)


def _lists(folder: Path, name: str, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    file = read_file(folder, name, findings)
    keys = file.keys()
    return MappingProxyType({key: file.texts(key, required=True) for key in keys})


def _plain(folder: Path, findings: Findings) -> Mapping[str, PlainLabel]:
    file = read_file(folder, PLAIN_FILE, findings)
    found = {}
    for matter_id in file.keys():  # noqa: SIM118 - not a dict
        entry = file.entry(matter_id)
        found[matter_id] = PlainLabel(entry.text("label"), entry.text("purpose"))
        entry.close()
    return MappingProxyType(found)


def _ideas(folder: Path, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    found = _lists(folder, IDEAS_FILE, findings)
    owners: dict[str, str] = {}
    for name, words in found.items():
        for word in words:
            if owners.setdefault(word, name) != name:
                other = owners[word]
                findings.report(Place(IDEAS_FILE, 1), f"{word} stands in {other} and in {name}")
    return found


def _off_topic(folder: Path, findings: Findings) -> tuple[str, ...]:
    file = read_file(folder, OFF_TOPIC_FILE, findings)
    texts = file.texts("off_topic", required=True)
    file.close()
    return texts
