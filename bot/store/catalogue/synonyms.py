"""Reads data/lexicon/synonyms.yml."""

from pathlib import Path

from bot.services.reading.matching import Synonyms
from bot.store.catalogue.problems import CatalogueInvalid, Findings
from bot.store.catalogue.reader import read_file


def load_synonyms(path: Path) -> Synonyms:
    """Return groups of words that mean the same.

    Args:
        path: The file `synonyms.yml`.

    Raises:
        CatalogueInvalid: The file is missing, broken, or a group has fewer than two words.
    """
    findings = Findings()
    file = read_file(path.parent, path.name, findings)
    synonyms = Synonyms(
        matters=file.groups("matters"),
        materials=file.groups("materials"),
        policies=file.groups("policies"),
    )
    for group in (*synonyms.matters, *synonyms.materials, *synonyms.policies):
        if len(set(group)) < 2:  # noqa: PLR2004 - one word has no synonym
            file.fault(f"the group {list(group)} needs two different words")
    file.close()
    if findings.problems:
        raise CatalogueInvalid(path, tuple(findings.problems))
    return synonyms
