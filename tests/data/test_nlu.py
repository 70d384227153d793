"""Linters of the training data."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

import jieba
import pytest
from ruamel.yaml import YAML

from bench.nlu import Utterance, parse_example, read_utterances
from bot.nlu import words
from bot.nlu.lexicon import read_lexicon
from bot.nlu.patterns import find_patterns
from bot.nlu.spans import resolve
from bot.nlu.text import normalise

ROOT = Path(__file__).parents[2]
FEWEST_EXAMPLES = 60
LARGEST_FAMILY = 8
"""Examples of one intent that may differ from each other in one word or entity only.

Measured on the data written by hand: the largest family of 47 intents has 6 (怎么申请).
"""
FEWEST_SHARED_SIGNS = 4
"""What is shared by less (…吗, …多少钱) is no template but the language."""
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
    "live_plan": {"mark_done", "remind_plan", "show_plan"},
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
    assert set(domain["entities"]) == ENTITIES | {"case_act", "choice", "paper"}
    assert domain["intents"] == sorted(domain["intents"])
    assert domain["entities"] == sorted(domain["entities"])


def test_every_entity_is_used() -> None:
    assert {entity for e in examples() for _, _, entity in e.entities} == ENTITIES


def scarce(found: list[Utterance]) -> dict[str, int]:
    """Return the intents with too few examples, and how many they have."""
    counts = Counter(example.intent for example in found)
    return {intent: n for intent, n in counts.items() if n < FEWEST_EXAMPLES}


def test_no_intent_has_too_few_examples() -> None:
    assert scarce(examples()) == {}


def test_the_linter_sees_an_intent_with_too_few_examples() -> None:
    few = [Utterance(f"第{n}句", "stop", frozenset()) for n in range(FEWEST_EXAMPLES - 1)]
    assert scarce(few) == {"stop": FEWEST_EXAMPLES - 1}


def repeated(found: list[Utterance]) -> dict[str, list[str]]:
    """Return each text that occurs more than once, with the intents it is given to.

    Script, width, case, punctuation and white space do not tell two texts apart.
    """
    owners: dict[str, list[str]] = defaultdict(list)
    for example in found:
        owners[key(example.text)].append(example.intent)
    return {text: intents for text, intents in owners.items() if len(intents) > 1}


def test_no_example_occurs_twice() -> None:
    assert repeated(examples()) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("施工许可证怎么办", "施工许可證怎麼辦"),
        ("转人工", "转人工！"),
        ("OK谢谢", "ｏｋ 谢谢"),
        ("在吗", "在吗"),
    ],
)
def test_the_linter_sees_a_text_under_two_intents(one: str, other: str) -> None:
    planted = [Utterance(one, "greet", frozenset()), Utterance(other, "stop", frozenset())]
    assert list(repeated(planted).values()) == [["greet", "stop"]]


def test_the_linter_does_not_take_different_texts_for_one() -> None:
    planted = [Utterance("不办了", "stop", frozenset()), Utterance("不办", "deny", frozenset())]
    assert repeated(planted) == {}


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
    pipeline = YAML(typ="safe").load(ROOT / "config.yml")["pipeline"]
    config = next(component for component in pipeline if "lexicon_path" in component)
    lexicon = read_lexicon(
        ROOT / config["lexicon_path"], config["lexicon_entities"], config["skip_names"]
    )
    words.learn(ROOT / config["dictionary_path"])

    def borders(text: str) -> set[int]:
        found, position = {0, len(text)}, 0
        folded = normalise(text)
        for span in resolve([*find_patterns(text), *lexicon.spans(text, 3)]):
            found |= {span.start, span.end}
            split = jieba.tokenize(folded[position : span.start])
            found |= {position + offset for _, first, last in split for offset in (first, last)}
            position = span.end
        split = jieba.tokenize(folded[position:])
        return found | {position + offset for _, first, last in split for offset in (first, last)}

    return borders


def off_border(found: list[Utterance], split: Callable[[str], set[int]]) -> list[tuple[str, str]]:
    """Return text and entity wherever an entity cuts a token in two."""
    return [
        (example.text, example.text[start:end])
        for example in found
        for start, end, _ in example.entities
        if not {start, end} <= split(example.text)
    ]


def test_entity_borders_fall_on_token_borders(tokens: Callable[[str], set[int]]) -> None:
    assert off_border(examples(), tokens) == []


def test_the_linter_sees_a_border_inside_a_token(tokens: Callable[[str], set[int]]) -> None:
    planted = parse_example("营业[执照](matter)几天下来", "ask_time_limit")
    assert off_border([planted], tokens) == [("营业执照几天下来", "执照")]


def families(found: list[Utterance], split: Callable[[str], set[int]]) -> dict[str, int]:
    """Return for each frame with one gap how many different fillings the examples have.

    An entity counts as one word. Cost: O(examples x words).

    Args:
        found: Examples of one intent.
        split: Gives the token borders of a text.
    """
    fillings: dict[str, set[str]] = defaultdict(set)
    for example in found:
        words = _words(example, split(example.text))
        for place, word in enumerate(words):
            before, after = "".join(words[:place]), "".join(words[place + 1 :])
            if len(before) + len(after) >= FEWEST_SHARED_SIGNS:
                fillings[f"{before}_{after}"].add(word)
    return {frame: len(words) for frame, words in fillings.items()}


def _words(example: Utterance, borders: set[int]) -> list[str]:
    """Return the words of an example, each entity as one, without punctuation."""
    inside = {i for start, end, _ in example.entities for i in range(start + 1, end)}
    outer = {end for span in example.entities for end in span[:2]}
    cuts = sorted((borders | outer) - inside)
    words = (normalise(example.text)[a:b] for a, b in pairwise(cuts))
    return [word for word in words if not SILENCE.fullmatch(word)]


def stretched(found: list[Utterance], split: Callable[[str], set[int]]) -> dict[str, int]:
    """Return the frames that were filled in more often than people would."""
    return {f: n for f, n in families(found, split).items() if n > LARGEST_FAMILY}


def test_no_template_is_stretched_by_one_word(tokens: Callable[[str], set[int]]) -> None:
    worst = {intent: stretched(found, tokens) for intent, found in by_intent().items()}
    assert {intent: frames for intent, frames in worst.items() if frames} == {}


def test_the_linter_sees_a_template_stretched_by_one_word(
    tokens: Callable[[str], set[int]],
) -> None:
    words = ("火车", "房价", "感冒", "律师", "西瓜", "篮球", "小狗", "电影", "手机", "音乐")
    planted = [Utterance(f"请问{w}的事找谁问", "out_of_scope", frozenset()) for w in words]
    assert stretched(planted, tokens) == {"请问_的事找谁问": len(words)}
    assert stretched(planted[:LARGEST_FAMILY], tokens) == {}


def test_the_linter_sees_a_template_stretched_by_one_entity(
    tokens: Callable[[str], set[int]],
) -> None:
    shops = ["火锅店", "羊肉汤馆", "药店", "书店", "网吧", "奶茶店", "理发店", "铝制品厂", "托育园"]
    lines = [f"我打算租间门面开[{shop}](industry)" for shop in shops]
    planted = [parse_example(line, "start_business") for line in lines]
    assert stretched(planted, tokens) == {"我打算租间门面开_": len(shops)}


def test_no_held_out_utterance_is_in_the_training_data() -> None:
    trained = {key(example.text): example.intent for example in examples()}
    for name in ("heldout.yml", "heldout5.yml", "development.yml"):
        held = [u for u in read_utterances(ROOT / "tests" / "nlu" / name) if len(u.text) > 6]
        assert [u.text for u in held if key(u.text) in trained] == [], name
    for name in ("heldout6.jsonl", "heldout7.jsonl", "heldout8.jsonl"):
        lines = (ROOT / "tests" / "nlu" / name).read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
        assert [text for text in texts if len(text) > 6 and key(text) in trained] == [], name


def test_entities_of_one_example_do_not_overlap() -> None:
    for example in examples():
        for one, other in combinations(sorted(example.entities), 2):
            assert one[1] <= other[0], example.text
