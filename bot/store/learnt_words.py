"""What people released as situations of a matter; the operator's file, beside `data/matters`."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import yaml

from bot.domain.catalogue import Catalogue
from bot.services.words.matter import MatterWords

SITUATIONS = Path("learning") / "matters" / "situations.yml"
"""Below the state folder; not with the training data of Rasa, which is given whole files."""


def with_learnt(words: MatterWords, state: Path, catalogue: Catalogue) -> MatterWords:
    """Return the wording together with what was learnt here.

    Matters that the catalogue no longer has, and situations that the product has by now, are left
    out; without the file nothing changes.
    """
    path = state / SITUATIONS
    if not path.exists():
        return words
    learnt = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    known = {text for texts in words.situations.values() for text in texts}
    found = dict(words.situations)
    for matter_id, texts in learnt.items():
        new = tuple(text for text in dict.fromkeys(texts) if text not in known)
        if matter_id in catalogue.matters and new:
            found[matter_id] = (*found.get(matter_id, ()), *new)
    return replace(words, situations=MappingProxyType(found))
