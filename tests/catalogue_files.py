"""The committed catalogue and a lookup over it, loaded once for all tests."""

from functools import lru_cache
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.services.finding.lookup import Lookup
from bot.services.finding.matter_resolver import MatterResolver
from bot.services.reading.matching import Synonyms
from bot.services.words.matter import MatterWords
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms
from bot.store.matter_words import load_matter_words

DATA = Path(__file__).parent.parent / "data"
CATALOGUE = DATA / "catalogue"
LEXICON = DATA / "lexicon"
MODELS = DATA.parent / "models"
"""What finds matters and questions is trained once and shared with the application."""


@lru_cache(maxsize=1)
def committed_catalogue() -> Catalogue:
    return load_catalogue(CATALOGUE)


@lru_cache(maxsize=1)
def committed_synonyms() -> Synonyms:
    return load_synonyms(LEXICON / "synonyms.yml")


@lru_cache(maxsize=1)
def committed_lookup() -> Lookup:
    return Lookup(committed_catalogue(), committed_synonyms())


@lru_cache(maxsize=1)
def committed_matter_words() -> MatterWords:
    return load_matter_words(DATA / "matters")


@lru_cache(maxsize=1)
def committed_resolver() -> MatterResolver:
    return MatterResolver(committed_catalogue(), committed_matter_words(), MODELS)
