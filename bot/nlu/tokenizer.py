"""Split Chinese messages into words, with every known entity as one word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.spacy_tokenizer import POS_TAG_KEY
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import words
from bot.nlu.lexicon import Lexicon, read_lexicon
from bot.nlu.patterns import find_patterns
from bot.nlu.slips import Slips, keep_slips, slips_of
from bot.nlu.spans import Span, resolve
from bot.nlu.text import normalise, spoken_plainly

RANK_KEY = "rank"
REPAIRED = "repaired"
"""Property of a message: its text with names typed by their sound, and Cantonese, as written."""

LEXICON_RANK = 3
_LEXICON_FILE = "lexicon.json"


def known_spans(text: str, lexicon: Lexicon) -> list[Span]:
    """Return what the text holds of fixed forms and lexicon names, not overlapping, by start."""
    return resolve([*find_patterns(text), *lexicon.spans(text, LEXICON_RANK)])


def spans_of(tokens: list[Token]) -> list[Span]:
    """Return the entities that the tokenizer marked on its tokens, ordered by start."""
    return [
        Span(token.start, token.end, token.get(POS_TAG_KEY), token.get(RANK_KEY))
        for token in tokens
        if token.get(POS_TAG_KEY)
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class ChineseTokenizer(JiebaTokenizer):
    """Jieba on normalised text; known entities are single tokens that carry their tag.

    Token offsets index the message as written, token texts are normalised. A token that is an
    entity of a fixed form (a number, a day) has the entity's name as its text, so that all case
    numbers look alike to what learns from tokens.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        lexicon: Lexicon | None = None,
        slips: Slips | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource)
        self._lexicon = lexicon or Lexicon({})
        self._slips = slips or Slips()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults: no dictionary, no lexicon."""
        return {
            **JiebaTokenizer.get_default_config(),
            # folder with `<entity>.txt` and `jieba/hand.txt`
            "lexicon_path": None,
            # entities of the lexicon, in order of precedence
            "lexicon_entities": [],
            # expression of listed names that are not names; see `read_lexicon`
            "skip_names": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
    ) -> ChineseTokenizer:
        """Build the tokenizer for training, from the files of the project."""
        if config["dictionary_path"]:
            words.learn(Path(config["dictionary_path"]))
        lexicon, slips = Lexicon({}), Slips()
        if config["lexicon_path"]:
            lexicon = read_lexicon(
                Path(config["lexicon_path"]), config["lexicon_entities"], config["skip_names"]
            )
            slips = slips_of(Path(config["lexicon_path"]))
        return cls(config, model_storage, resource, lexicon, slips)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 (Rasa's signature)
        **_: Any,
    ) -> ChineseTokenizer:
        """Build the tokenizer from a trained model, which holds its own dictionaries."""
        with model_storage.read_from(resource) as folder:
            words.use(folder)
            lexicon = Lexicon.from_json((folder / _LEXICON_FILE).read_text(encoding="utf-8"))
            slips = slips_of(folder)
        return cls(config, model_storage, resource, lexicon, slips)

    def persist(self) -> None:
        """Store dictionaries and lexicon in the model."""
        with self._model_storage.write_to(self._resource) as folder:
            words.keep(folder)
            (folder / _LEXICON_FILE).write_text(self._lexicon.to_json(), encoding="utf-8")
            keep_slips(self._slips, folder)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Return a digest of the lexicon files: a changed lexicon means training again."""
        digest = hashlib.sha256()
        for key in ("dictionary_path", "lexicon_path"):
            folder = config.get(key)
            for path in sorted(Path(folder).rglob("*.txt")) if folder else []:
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of one attribute of a message, white space left out."""
        typed = message.get(attribute)
        text = self._slips.mended(typed)
        repaired = spoken_plainly(self._lexicon.repaired(text))
        if repaired != typed:
            message.set(REPAIRED, repaired, add_to_output=True)
        folded = normalise(repaired)
        tokens: list[Token] = []
        position = 0
        for span in known_spans(text, self._lexicon):
            tokens += _words(folded, position, span.start)
            fixed_form = span.rank > LEXICON_RANK
            name = span.entity if fixed_form else folded[span.start : span.end]
            mark = {POS_TAG_KEY: span.entity, RANK_KEY: span.rank}
            tokens.append(Token(name, span.start, span.end, data=mark))
            position = span.end
        tokens += _words(folded, position, len(folded))
        return tokens or [Token(text, 0, len(text), data={POS_TAG_KEY: ""})]


def _words(folded: str, start: int, end: int) -> Iterator[Token]:
    """Yield the words between two offsets."""
    for word, first, last in jieba.tokenize(folded[start:end]):
        if word.strip():
            yield Token(word, start + first, start + last, data={POS_TAG_KEY: ""})
