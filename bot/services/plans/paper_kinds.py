"""Which names in the catalogue are the same document, and in which group a document is shown."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.matters import Material
from bot.services.reading.wording import normalise

BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True)
class PaperKind:
    """One document and its names.

    Attributes:
        id: Stable key.
        name: As shown in the list.
        words: What people call it.
        names: Names in the catalogue that are just this document.
        part_of: Names in the catalogue that are several documents, this one among them.
        made_by: Ids of the matters whose result it is.
    """

    id: str
    name: str
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """A group of the list; `words` stand in the catalogue's wording of who provides it."""

    id: str
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One document that a name of the catalogue stands for; `kind` is None for one of its own."""

    key: str
    name: str
    kind: PaperKind | None = None


@dataclass(frozen=True)
class PaperKinds:
    """Everything in `data/live_plan/papers.yml`.

    Attributes:
        generic: Names of forms that every matter has one of.
        providers: In the order to be tried; the last one takes the rest.
    """

    kinds: tuple[PaperKind, ...]
    generic: frozenset[str]
    providers: tuple[Provider, ...]

    def parts(self, name: str, matter_id: str, matter_name: str) -> tuple[Part, ...]:
        """Return the documents that a name on a matter's list stands for; at least one."""
        kinds = self._by_name.get(name)
        if kinds:
            return tuple(Part(kind.id, kind.name, kind) for kind in kinds)
        if name in self.generic:
            short = BRACKETS.sub("", matter_name)
            return (Part(_key(f"{matter_id}:{name}"), f"{short}：{name}"),)
        return (Part(_key(normalise(BRACKETS.sub("", name)) or name), name),)

    def wanted(self, paper: str, materials: Sequence[Material]) -> tuple[Material, ...]:
        """Return the lines of a list that ask for what people call so: 房产证.

        Args:
            paper: As it was said, without 复印件 and the like.
            materials: The list of one matter.
        """
        said = normalise(paper)
        ids = {kind.id for kind in self.kinds if said in map(normalise, (kind.name, *kind.words))}
        return tuple(one for one in materials if self._is(one, said, ids))

    def _is(self, material: Material, said: str, ids: Collection[str]) -> bool:
        name = normalise(material.name)
        # 健康证 stands as 健康证明 in the lists
        spelt = f"{said}明" if said.endswith("证") else said
        kinds = self._by_name.get(material.name, ())
        return said in name or spelt in name or any(kind.id in ids for kind in kinds)

    def provider(self, wording: str) -> Provider:
        """Return the group of a document by the catalogue's wording of who provides it."""
        named = (p for p in self.providers if any(word in wording for word in p.words))
        return next(named, self.providers[-1])

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[PaperKind, ...]]:
        found: dict[str, list[PaperKind]] = {}
        for kind in self.kinds:
            for name in (*kind.names, *kind.part_of):
                found.setdefault(name, []).append(kind)
        return {name: tuple(kinds) for name, kinds in found.items()}


def _key(text: str) -> str:
    return "p" + hashlib.sha256(text.encode()).hexdigest()[:10]
