"""The tokenizer needs Rasa, whose import takes many seconds: marked `model`."""

import importlib
from typing import Any

import pytest

from bot.nlu.lexicon import Lexicon

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture
def tokens() -> Any:
    module = importlib.import_module("bot.nlu.tokenizer")
    message = importlib.import_module("rasa.shared.nlu.training_data.message").Message
    defaults = module.ChineseTokenizer.get_default_config()
    lexicon = Lexicon({"施工许可证": ("matter",)})
    tokenizer = module.ChineseTokenizer(defaults, None, None, lexicon)

    def split(text: str) -> list[tuple[str, int, int, str]]:
        found = tokenizer.tokenize(message({"text": text}), "text")
        return [(t.text, t.start, t.end, t.get("pos")) for t in found]

    return split


def test_a_known_name_is_one_token_with_its_tag_at_its_place_in_the_message(tokens: Any) -> None:
    assert ("施工许可证", 1, 6, "matter") in tokens("辦施工許可證要啥")


def test_a_number_is_one_token_that_looks_like_every_other_of_its_kind(tokens: Any) -> None:
    assert tokens("查371500202611230017")[-1] == ("case_number", 1, 19, "case_number")


def test_white_space_makes_no_token(tokens: Any) -> None:
    assert all(text.strip() for text, *_ in tokens("多久 能办"))
