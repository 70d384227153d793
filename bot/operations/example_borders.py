"""Do marked parts of a sentence end where words end? As the tokenizer of the pipeline splits."""

from collections.abc import Callable
from pathlib import Path

import yaml

from bot.nlu.lexicon import read_lexicon
from bot.nlu.patterns import find_patterns
from bot.nlu.spans import resolve
from bot.nlu.text import normalise
from bot.services.learning.lesson_examples import plain_text, spans

NAME_WEIGHT = 3

Borders = Callable[[str], set[int]]


def token_borders(root: Path) -> Borders:
    """Return what gives the borders of the tokens of a text; reads the lexicon of `config.yml`."""
    import jieba  # noqa: PLC0415 - most commands do without it

    from bot.nlu.words import learn  # noqa: PLC0415 - as above

    pipeline = yaml.safe_load((root / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    config = next(component for component in pipeline if "lexicon_path" in component)
    lexicon = read_lexicon(
        root / config["lexicon_path"], config["lexicon_entities"], config["skip_names"]
    )
    learn(root / config["dictionary_path"])

    def words(text: str, position: int) -> set[int]:
        split = jieba.tokenize(text)
        return {position + offset for _, first, last in split for offset in (first, last)}

    def borders(text: str) -> set[int]:
        found, folded, position = {0, len(text)}, normalise(text), 0
        for span in resolve([*find_patterns(text), *lexicon.spans(text, NAME_WEIGHT)]):
            found |= {span.start, span.end}
            found |= words(folded[position : span.start], position)
            position = span.end
        return found | words(folded[position:], position)

    return borders


def cuts_a_word(example: str, borders: Borders) -> bool:
    """Tell whether a marked part begins or ends within a token."""
    marked = spans(example)
    if not marked:
        return False
    known = borders(plain_text(example))
    return any(not {start, end} <= known for start, end, _ in marked)
