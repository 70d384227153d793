"""Loads which names are the same document, and checks them against the catalogue."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.catalogue import Catalogue
from bot.domain.errors import BotError
from bot.services.plans.paper_kinds import PaperKind, PaperKinds, Provider


class BadPaperKinds(BotError):
    """The file is missing, has other keys, or names what the catalogue does not hold."""


def load_paper_kinds(file: Path, catalogue: Catalogue) -> PaperKinds:
    """Read `data/live_plan/papers.yml`.

    Raises:
        BadPaperKinds: See there; the message names the file and every name that is wrong.
    """
    try:
        content: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        kinds = tuple(_kind(entry) for entry in content["kinds"])
        providers = tuple(
            Provider(entry["id"], entry["title"], tuple(entry["words"]))
            for entry in content["providers"]
        )
        generic = frozenset(content["generic"])
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadPaperKinds(f"{file}: {error!r}") from error
    wrong = list(_wrong(kinds, generic, catalogue))
    if wrong or not providers:
        raise BadPaperKinds(f"{file}: {'; '.join(wrong) or 'no providers'}")
    return PaperKinds(kinds, generic, providers)


def load_step_words(file: Path, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Read `data/live_plan/steps.yml`: what people call the steps, by matter id.

    Raises:
        BadPaperKinds: See there; the message names the file.
    """
    try:
        content: dict[str, Any] = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        found = {matter_id: tuple(map(str, words)) for matter_id, words in content.items()}
    except (OSError, YAMLError, AttributeError, TypeError) as error:
        raise BadPaperKinds(f"{file}: {error!r}") from error
    unknown = sorted(found.keys() - catalogue.matters.keys())
    if unknown:
        raise BadPaperKinds(f"{file}: the catalogue has no matters {unknown}")
    return found


def _kind(entry: dict[str, Any]) -> PaperKind:
    lists = {"words": "words", "is": "names", "part_of": "part_of", "made_by": "made_by"}
    unknown = entry.keys() - lists - {"id", "name"}
    if unknown:
        raise ValueError(f"{entry['id']}: unknown keys {sorted(unknown)}")
    values = {name: tuple(entry.get(key) or ()) for key, name in lists.items()}
    return PaperKind(str(entry["id"]), str(entry["name"]), **values)


def _wrong(
    kinds: tuple[PaperKind, ...], generic: frozenset[str], catalogue: Catalogue
) -> Iterator[str]:
    known = {paper.name for matter in catalogue.matters.values() for paper in matter.materials}
    alone = Counter(name for kind in kinds for name in (*kind.names, *generic))
    for kind in kinds:
        for name in (*kind.names, *kind.part_of):
            if name not in known:
                yield f"{kind.id}: the catalogue has no document {name}"
        for matter_id in kind.made_by:
            if matter_id not in catalogue.matters:
                yield f"{kind.id}: the catalogue has no matter {matter_id}"
        for name in kind.names:
            if sum(name in other.names for other in kinds) > 1 or name in generic:
                yield f"{name} is two documents"
        for name in kind.part_of:
            if alone[name] or sum(name in other.part_of for other in kinds) == 1:
                yield f"{kind.id}: {name} is not several documents"
    yield from (f"the catalogue has no form {name}" for name in generic - known)
