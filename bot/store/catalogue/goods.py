"""Reads goods.yml, and checks what its entries name."""

from collections.abc import Iterator

from bot.domain.catalogue import Catalogue
from bot.domain.goods import Goods, GoodsAnswer
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.problems import Findings
from bot.store.catalogue.reader import Entry


def read_goods(file: Entry, findings: Findings) -> Iterator[Goods]:
    """Yield the kinds of goods in their order."""
    defaults = Defaults().of(file)
    for entry in file.entries("goods", required=True):
        kind = Goods(
            id=entry.text("id"),
            name=entry.text("name"),
            words=entry.texts("words"),
            matter_id=entry.text("matter", "") or None,
            answers=tuple(_read_answer(one) for one in entry.entries("answers")),
            text=entry.text("text", ""),
            provenance=read_provenance(entry, defaults) if entry.has("text") else None,
        )
        entry.close()
        if findings.register("goods", kind.id, entry.place):
            yield kind
    file.close()


def _read_answer(entry: Entry) -> GoodsAnswer:
    answer = GoodsAnswer(entry.text("of"), entry.text("question"), entry.text("beside", "") or None)
    entry.close()
    return answer


def check_goods(catalogue: Catalogue, findings: Findings) -> None:
    """Report unknown matters and questions, and kinds that tell nothing."""
    known = catalogue.matters
    for kind in catalogue.goods.values():
        place = findings.place_of("goods", kind.id)
        if (kind.matter_id is None) != bool(kind.text):
            findings.report(place, "it has either a matter or a text")
        named = (
            kind.matter_id,
            *(id_ for one in kind.answers for id_ in (one.matter_id, one.beside)),
        )
        for matter_id in named:
            if matter_id is not None and matter_id not in known:
                findings.report(place, f"there is no matter {matter_id!r}")
        for one in kind.answers:
            faqs = known[one.matter_id].faqs if one.matter_id in known else ()
            if one.question not in {faq.question for faq in faqs}:
                findings.report(place, f"{one.matter_id!r} has no question {one.question!r}")
