"""Linters of the training data."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import jieba
import pytest
from ruamel.yaml import YAML

from bench.nlu import Utterance, read_utterances
from bot.nlu.lexicon import read_lexicon
from bot.nlu.patterns import find_patterns
from bot.nlu.spans import resolve
from bot.nlu.text import normalise

ROOT = Path(__file__).parents[2]
FEWEST_EXAMPLES = 12
SILENCE = re.compile(r"[\s,，。!！?？.、~…]+")
INTENTS_BY_SKILL = {
    "booking": {
        "book_appointment",
        "cancel_appointment",
        "change_appointment",
        "query_appointment",
    },
    "apply": {"apply_online"},
    "cases": {"follow_case", "query_case", "urge_case"},
    "common": {
        "abuse",
        "affirm",
        "ask_capabilities",
        "ask_privacy",
        "ask_why",
        "bot_challenge",
        "chitchat",
        "deny",
        "emergency",
        "go_back",
        "goodbye",
        "greet",
        "inform",
        "out_of_scope",
        "repeat",
        "skip",
        "stop",
        "thank",
    },
    "feedback": {"complain", "suggest"},
    "handover": {"request_agent"},
    "matters": {
        "ask_deferral",
        "ask_eligibility",
        "ask_fee",
        "ask_legal_basis",
        "ask_materials",
        "ask_office_hours",
        "ask_place",
        "ask_procedure",
        "ask_time_limit",
        "dispute_answer",
    },
    "plan_project": {"plan_project"},
    "policy": {"apply_policy", "match_policy", "search_policy"},
    "review": {"rate_service"},
    "start_business": {"start_business"},
    "whistle": {"blow_whistle", "query_ticket"},
}
ENTITIES = {
    "case_number",
    "company_name",
    "credit_code",
    "date",
    "district",
    "enterprise_type",
    "id_number",
    "industry",
    "material",
    "matter",
    "phone",
    "project_type",
    "rating",
    "service_mode",
    "ticket_number",
    "time",
}


@lru_cache(maxsize=1)
def examples_by_skill() -> dict[str, list[Utterance]]:
    files = sorted((ROOT / "data").glob("*/nlu.yml"))
    return {path.parent.name: list(read_utterances(path)) for path in files}


def examples() -> list[Utterance]:
    return [example for found in examples_by_skill().values() for example in found]


def key(text: str) -> str:
    """Return the text without what does not tell two examples apart."""
    return SILENCE.sub("", normalise(text)) or text


def by_intent() -> dict[str, list[Utterance]]:
    grouped: dict[str, list[Utterance]] = defaultdict(list)
    for example in examples():
        grouped[example.intent].append(example)
    return grouped


def test_each_skill_holds_exactly_its_own_intents() -> None:
    found = {skill: {e.intent for e in found} for skill, found in examples_by_skill().items()}
    assert found == INTENTS_BY_SKILL


def test_the_domain_names_every_intent_and_entity_in_alphabetical_order() -> None:
    domain = YAML(typ="safe").load(ROOT / "domain.yml")
    contract = set().union(*INTENTS_BY_SKILL.values())
    assert contract <= set(domain["intents"])
    # what pressed buttons carry; nobody types it
    assert set(domain["entities"]) == ENTITIES | {"case_act", "choice"}
    assert domain["intents"] == sorted(domain["intents"])
    assert domain["entities"] == sorted(domain["entities"])


def test_every_entity_is_used() -> None:
    assert {entity for e in examples() for _, _, entity in e.entities} == ENTITIES


def test_no_intent_has_too_few_examples() -> None:
    counts = Counter(example.intent for example in examples())
    assert {i: n for i, n in counts.items() if n < FEWEST_EXAMPLES} == {}


def test_no_example_occurs_twice() -> None:
    counts = Counter(key(example.text) for example in examples())
    assert [text for text, number in counts.items() if number > 1] == []


def test_no_chinese_intent_is_filled_up_with_english() -> None:
    latin = {
        intent: sum(not re.search(r"[\u4e00-\u9fff]", e.text) for e in found) / len(found)
        for intent, found in by_intent().items()
    }
    numbers = {"inform", "query_ticket", "query_case"}
    assert {i: share for i, share in latin.items() if share > 0.2 and i not in numbers} == {}


def test_examples_are_not_stretched_from_one_template() -> None:
    """Examples that share all but one short stretch are few within an intent."""
    stretched = {}
    for intent, found in by_intent().items():
        if intent == "inform":
            continue
        frames = Counter(_frame(example) for example in found if example.entities)
        worst = frames.most_common(1)
        if worst and worst[0][1] > max(6, len(found) // 12):
            stretched[intent] = worst[0]
    assert {i: w for i, w in stretched.items() if not re.fullmatch(r"(<\w+>)+", w[0])} == {}


def _frame(example: Utterance) -> str:
    """Return the example with its entities blanked out."""
    frame, position = "", 0
    for start, end, entity in sorted(example.entities):
        frame += example.text[position:start] + f"<{entity}>"
        position = end
    return frame + example.text[position:]


@pytest.fixture(scope="module")
def tokens() -> Callable[[str], set[int]]:
    """Split as the tokenizer of the pipeline does, without importing Rasa."""
    config = YAML(typ="safe").load(ROOT / "config.yml")["pipeline"][0]
    lexicon = read_lexicon(
        ROOT / config["lexicon_path"], config["lexicon_entities"], config["skip_names"]
    )
    for dictionary in sorted((ROOT / config["dictionary_path"]).glob("*.txt")):
        with dictionary.open("rb") as words:
            jieba.load_userdict(words)

    def borders(text: str) -> set[int]:
        found, position = {0, len(text)}, 0
        folded = normalise(text)
        for span in resolve([*find_patterns(text), *lexicon.spans(text, 3)]):
            found |= {span.start, span.end}
            words = jieba.tokenize(folded[position : span.start])
            found |= {position + offset for _, first, last in words for offset in (first, last)}
            position = span.end
        words = jieba.tokenize(folded[position:])
        return found | {position + offset for _, first, last in words for offset in (first, last)}

    return borders


def test_entity_borders_fall_on_token_borders(tokens: Callable[[str], set[int]]) -> None:
    off = [
        (example.text, example.text[start:end])
        for example in examples()
        for start, end, _ in example.entities
        if not {start, end} <= tokens(example.text)
    ]
    assert off == []


def test_no_held_out_utterance_is_in_the_training_data() -> None:
    trained = {key(example.text): example.intent for example in examples()}
    for name in ("heldout.yml", "heldout5.yml", "development.yml"):
        held = [u for u in read_utterances(ROOT / "tests" / "nlu" / name) if len(u.text) > 6]
        assert [u.text for u in held if key(u.text) in trained] == [], name


def test_entities_of_one_example_do_not_overlap() -> None:
    for example in examples():
        for one, other in combinations(sorted(example.entities), 2):
            assert one[1] <= other[0], example.text
