"""Loads the wording about matters from `data/matters`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.services.matter_words import MatterWords, PlainLabel
from bot.store.catalogue.problems import CatalogueInvalid, Findings
from bot.store.catalogue.reader import read_file

SITUATIONS_FOLDER = "situations"
PLAIN_FILE = "plain.yml"
CONCEPTS_FILE = "ideas.yml"
OFF_TOPIC_FILE = "off_topic.yml"


def load_matter_words(folder: Path) -> MatterWords:
    """Read situations, plain labels, ideas and what is off topic.

    Args:
        folder: `data/matters`.

    Raises:
        CatalogueInvalid: A file is missing or broken, a matter stands in two files, or a word in
            two ideas; the error names files and lines.
    """
    findings = Findings()
    words = MatterWords(
        situations=_situations(folder, findings),
        plain=_plain(folder, findings),
        concepts=_concepts(folder, findings),
        off_topic=_off_topic(folder, findings),
    )
    if findings.problems:
        raise CatalogueInvalid(folder, tuple(findings.problems))
    return words


def _situations(folder: Path, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    files = sorted((folder / SITUATIONS_FOLDER).glob("*.yml"))
    for path in files:
        file = read_file(folder, f"{SITUATIONS_FOLDER}/{path.name}", findings)
        for matter_id in file.keys():  # noqa: SIM118 - not a dict
            found[matter_id] = (*found.get(matter_id, ()), *file.texts(matter_id, required=True))
        file.close()
    return MappingProxyType(found)


def _plain(folder: Path, findings: Findings) -> Mapping[str, PlainLabel]:
    file = read_file(folder, PLAIN_FILE, findings)
    found = {}
    for matter_id in file.keys():  # noqa: SIM118 - not a dict
        entry = file.entry(matter_id)
        found[matter_id] = PlainLabel(entry.text("label"), entry.text("purpose"))
        entry.close()
    file.close()
    return MappingProxyType(found)


def _concepts(folder: Path, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    file = read_file(folder, CONCEPTS_FILE, findings)
    found = {name: file.texts(name, required=True) for name in file.keys()}  # noqa: SIM118
    owners: dict[str, str] = {}
    for name, words in found.items():
        for word in words:
            if owners.setdefault(word, name) != name:
                file.fault(f"{word} stands in {owners[word]} and in {name}", name)
    file.close()
    return MappingProxyType(found)


def _off_topic(folder: Path, findings: Findings) -> tuple[str, ...]:
    file = read_file(folder, OFF_TOPIC_FILE, findings)
    texts = file.texts("off_topic", required=True)
    file.close()
    return texts
