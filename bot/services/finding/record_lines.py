"""Finds the lines of a matter's record that speak of what a question nothing else answers asks."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from bot.domain.facts import Faq
from bot.domain.matters import Matter
from bot.meaning import Meanings
from bot.services.reading.wording import content, normalise, without_names

SHARED = 3
"""Signs in a row that a line must share with a question: 设立大会."""

SHORTEST = 3
"""Signs that a text must say beside the name to ask a point."""

MOST = 3

NEAR = 0.37
"""How near the meaning of a line must be; tried by hand on 25 questions, see docs/nlu.md."""

NEARLY = 0.06
"""Another line this little less near is read out as well."""

_PLAIN = re.compile(r"申请(?:登记)?(?:书|表)|信息表|备案表|^(?:企业)?营业执照$|身份证明?$|^委托")
"""Lines of every record: they say nothing of a point."""

_COMMON = re.compile(
    "营业执照|经营许可|许可证|个体工商户|个体户|有限公司|不是|区别|必须|时候|经营|登记|备案|许可|执照|规定|审批|一定|应当|不得|需要|还要|"
    "合适|不行|别人|人家|自己|现在|以后|以前|有没|没有|怎么|多少|家里|地方"
)
"""Words that any record has."""


def lines_about(text: str, matter: Matter) -> list[str]:
    """Return the lines of a record that speak of what a text asks, in their order, at most three.

    Names of the matter and words that any question has do not count.
    """
    said = normalise(text)
    for name in sorted((matter.name, *matter.aliases), key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    said = content(said)
    return [line for line in _lines(matter) if shared_run(said, normalise(line)) >= SHARED][:MOST]


class RecordLines:
    """Knows which lines of a record speak of a point, by their words or else their meaning.

    Args:
        cache: Where the weights of the sentence encoder are kept; None keeps none.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._meanings = Meanings(cache)

    def about(self, text: str, matter: Matter) -> list[str]:
        """Return the lines that share words with a text, else those nearest to what it means.

        "大夫得干满几年" is near the line of the doctor's five years. Cost: about 1 ms a new line.
        """
        shared = lines_about(text, matter)
        lines = [line for line in _lines(matter) if not _PLAIN.search(line)]
        asked = without_names(text, (matter.name, *matter.aliases))
        if shared or not lines or len(content(normalise(asked))) < SHORTEST:
            return shared
        meant = self._meanings.of([asked, *lines])
        near = meant[1:] @ meant[0]
        best = float(near.max())
        return [
            line
            for line, value in zip(lines, near, strict=True)
            if best >= NEAR and value >= max(NEAR, best - NEARLY)
        ][:MOST]


def faq_by_words(text: str, matters: Iterable[Matter]) -> Faq | None:
    """Return the question whose words or answer share the longest rare run with a text.

    None where no run is as long as a word. What every matter speaks of, as a licence, is not rare.
    """
    known = list(matters)
    said = normalise(text)
    for name in sorted({n for m in known for n in (m.name, *m.aliases)}, key=len, reverse=True):
        said = said.replace(normalise(name), "\n")
    said = content(_COMMON.sub("\n", said))
    faqs = [faq for matter in known for faq in matter.faqs]
    shared = [shared_run(said, normalise(faq.question)) * 2 for faq in faqs]
    both = [
        max(own, shared_run(said, normalise(faq.answer)))
        for own, faq in zip(shared, faqs, strict=True)
    ]
    best = max(both, default=0)
    return faqs[both.index(best)] if best >= SHARED else None


def every_line(matter: Matter) -> Iterator[str]:
    """Return the lines of a record with the notes on its time limits: 含现场核查."""
    yield from _lines(matter)
    yield from filter(None, (matter.promised.note, matter.statutory.note))


def _lines(matter: Matter) -> Iterator[str]:
    yield from (material.name for material in matter.materials)
    yield from matter.conditions
    yield from matter.notes
    yield from (dependency.when for dependency in matter.depends_on_if)


ROW = 4
"""Signs in a row that the names of matters of one row share: 建设工程消防."""


def is_of_row(name: str, other: str) -> bool:
    """Tell whether two names are of one row: 消防设计审查, 消防验收备案."""
    return shared_run(name, other) >= ROW


def shared_run(one: str, other: str) -> int:
    """Return the length of the longest run of signs that two texts share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
