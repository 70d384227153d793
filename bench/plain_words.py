"""Walk plain ways of asking over the names of the catalogue, and count what is not answered.

Usage: python -m bench.plain_words [--each 4] [--seed 1] [--report]

Authors of dialogues do not write the plainest sentences, and a rule that is in the way of one
stands in the way of a whole row. Every way of `plain_words.yml` is said with a few names, each in a
conversation of its own; what is counted is judged by the names of the responses alone, so a row of
answers may still be wrong: read it with `--report`.
"""

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from bot.domain.catalogue import Catalogue
from bot.operations.dialogue_checks import Outcome
from bot.operations.dialogue_talk import Applicant, Inspector
from bot.operations.stack import running_stack
from bot.settings import ROOT
from bot.store.catalogue.loader import load_catalogue

WAYS = Path(__file__).with_suffix(".yml")
PLACES = ("冠县", "莘县", "东阿", "临清", "高唐", "阳谷", "茌平", "东昌府")
LONGEST = 12
"""Signs of a name that people would say."""

ASKED_BACK = frozenset(
    {
        "utter_common_suggest_matters",
        "utter_matters_ask_name",
        "utter_matters_ask_which",
        "utter_matters_none",
    }
)
REFUSED = frozenset({"utter_common_not_understood", "utter_common_out_of_scope"})
MISSING = frozenset({"utter_matters_not_recorded", "utter_plan_not_recorded"})
GUESSED = frozenset({"utter_matters_guessed", "utter_matters_guessed_only"})
KINDS = ("answered", "form begun", "guessed", "not recorded", "asked back", "refused")


def kind_of(outcome: Outcome) -> str:
    """Return what became of a sentence, one of `KINDS`."""
    said = {response.name for response in outcome.responses}
    told = (
        ("refused", said & REFUSED),
        ("asked back", said & ASKED_BACK),
        ("not recorded", said & MISSING),
        ("guessed", said & GUESSED),
        ("form begun", outcome.form),
    )
    return next((kind for kind, hit in told if hit), "answered")


def sentences(
    ways: Mapping[str, Sequence[str]],
    names: Mapping[str, Sequence[str]],
    each: int,
    chance: random.Random,
) -> Iterator[tuple[str, str, str]]:
    """Yield kind of name, way and sentence; of each way as many as `each` or there are names."""
    for group, known in names.items():
        for way in ways[group]:
            for name in chance.sample(known, min(each, len(known))):
                yield group, way, way.format(x=name, place=chance.choice(PLACES))


def names_of(catalogue: Catalogue, more: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the names that people say of trades, matters, policies, buildings and changes."""
    return {
        "trades": _said(name for one in catalogue.industries.values() for name in one.aliases),
        "matters": _said(name for one in catalogue.matters.values() for name in one.aliases),
        "policies": _said(name for one in catalogue.policies.values() for name in one.aliases),
        **{group: list(found) for group, found in more.items()},
    }


def _said(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if 1 < len(name) <= LONGEST})


def table(counts: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: what became of the sentences of each kind."""
    yield f"| asked of | {' | '.join(KINDS)} |"
    yield "|---|" + "---|" * len(KINDS)
    for group, found in counts.items():
        yield f"| {group} | {' | '.join(str(found[kind]) for kind in KINDS)} |"


def main() -> None:
    """Run it and print the table, with `--report` every sentence and its answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report", action="store_true")
    told = parser.parse_args()
    ways = YAML(typ="safe").load(WAYS)
    names = names_of(load_catalogue(ROOT / "data" / "catalogue"), ways.pop("names"))
    walked = sentences(ways, names, told.each, random.Random(told.seed))  # noqa: S311
    counts: dict[str, Counter[str]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder)) as stack,
        Inspector(stack) as inspector,
    ):
        for group, _, sentence in walked:
            with Applicant(stack.url) as person:
                page = person.say(sentence)
                outcome = inspector.outcome(person.conversation_id, page)
            kind = kind_of(outcome)
            counts.setdefault(group, Counter())[kind] += 1
            if told.report:
                print(f"{kind}\t{sentence}\t{' '.join(outcome.texts)[:120]!r}", flush=True)
    print("\n".join(table(counts)))


if __name__ == "__main__":
    main()
