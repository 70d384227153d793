"""Loads the wording about matters from `data/matters`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from bot.services.policies.finder import PolicyQuestions
from bot.services.words.matter import MatterWords, PlainLabel
from bot.store.catalogue.problems import CatalogueInvalid, Findings, Place
from bot.store.catalogue.reader import read_file
from bot.store.read_once import read_once

SITUATIONS_FOLDER = "situations"
CUES_FOLDER = "cues"
PLAIN_FILE = "plain.yml"
IDEAS_FILE = "ideas.yml"
OFF_TOPIC_FILE = "off_topic.yml"
PLAIN_QUESTIONS_FILE = "plain_questions.yml"
QUESTIONS_FOLDER = "questions"
BESIDE_FOLDER = "beside"
SHARED_QUESTIONS_FILE = "shared_questions.yml"
SERVICE_QUESTIONS_FILE = "service_questions.yml"


POLICY_QUESTIONS_FILE = "questions.yml"


@read_once
def load_policy_questions(folder: Path) -> PolicyQuestions:
    """Read how people ask about policies.

    Args:
        folder: `data/policy`.

    Raises:
        CatalogueInvalid: The file is missing or broken; the error names file and lines.
    """
    findings = Findings()
    file = read_file(folder, POLICY_QUESTIONS_FILE, findings)
    first, points = file.entry("first"), file.entry("points")
    asked = PolicyQuestions(
        first={key: first.texts(key, required=True) for key in first.keys()},  # noqa: SIM118
        points={key: points.texts(key, required=True) for key in points.keys()},  # noqa: SIM118
        none=file.texts("none", required=True),
    )
    if findings.problems:
        raise CatalogueInvalid(folder, tuple(findings.problems))
    return asked


@read_once
def load_matter_words(folder: Path) -> MatterWords:
    """Read situations, cues, plain labels, ideas, what is off topic, and how questions are asked.

    Args:
        folder: `data/matters`.

    Raises:
        CatalogueInvalid: A file is missing or broken, or a word stands in two ideas; the error
            names files and lines.
    """
    findings = Findings()
    words = MatterWords(
        situations=_folder(folder, SITUATIONS_FOLDER, findings),
        cues=_folder(folder, CUES_FOLDER, findings),
        plain=_plain(folder, findings),
        ideas=_ideas(folder, findings),
        off_topic=_off_topic(folder, findings),
        plain_questions=_lists(folder, PLAIN_QUESTIONS_FILE, findings),
        questions=_questions(folder, findings),
        beside=_beside(folder, findings),
        shared_questions=_lists(folder, SHARED_QUESTIONS_FILE, findings),
        service_questions=_lists(folder, SERVICE_QUESTIONS_FILE, findings),
    )
    if findings.problems:
        raise CatalogueInvalid(folder, tuple(findings.problems))
    return words


def _folder(folder: Path, part: str, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of all files of a subfolder; a matter may stand in several."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / part).glob("*.yml")):
        for matter_id, more in _lists(folder, f"{part}/{path.name}", findings).items():
            found[matter_id] = (*found.get(matter_id, ()), *more)
    if not found:
        findings.report(Place(part, 1), "there is no file with entries in this folder")
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


def _questions(folder: Path, findings: Findings) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the wordings of all files by matter and question; a question stands once."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted((folder / QUESTIONS_FOLDER).glob("*.yml")):
        file = read_file(folder, f"{QUESTIONS_FOLDER}/{path.name}", findings)
        for matter_id in file.keys():  # noqa: SIM118 - not a dict
            for entry in file.entries(matter_id, required=True):
                question = entry.text("question")
                if question in found.setdefault(matter_id, {}):
                    entry.fault("this question of the matter has its wordings elsewhere")
                found[matter_id][question] = entry.texts("said", required=True)
                entry.close()
    return MappingProxyType(found)


def _beside(folder: Path, findings: Findings) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what no question of a matter answers, by matter and topic; a matter stands once."""
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted((folder / BESIDE_FOLDER).glob("*.yml")):
        file = read_file(folder, f"{BESIDE_FOLDER}/{path.name}", findings)
        for matter_id in file.keys():  # noqa: SIM118 - not a dict
            entry = file.entry(matter_id)
            if matter_id in found:
                entry.fault("what is asked beside this matter stands elsewhere")
            topics = entry.keys()
            found[matter_id] = {topic: entry.texts(topic, required=True) for topic in topics}
            entry.close()
    return found
