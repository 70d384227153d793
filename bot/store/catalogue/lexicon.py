"""Writes the word lists that language understanding needs, from the catalogue.

`python -m bot.store.catalogue.lexicon data/catalogue data/lexicon` writes a jieba dictionary and
one list for each entity. The same catalogue always gives the same bytes, so that a test can tell
when the committed lists are stale.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.catalogue import Catalogue
from bot.domain.places import Division
from bot.services.reading.matching import Synonyms
from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.synonyms import load_synonyms

_EMBEDDED = ("enterprise_type", "industry", "district")
_MAX_TOKEN = 12
_MAX_DOCUMENT = 10
_SHORT_PHRASE = 4
_BRACKETS = re.compile(r"[（(【“\"][^）)】”\"]*[）)】”\"]|——.*")
_QUESTION = re.compile(
    "吗|怎么|什么|啥|多少|几个|能不能|是不是|有没有|我|没有|要多久|[？?，,。/、%≤≥]"
)
_VERB = re.compile(
    "^(想|给|卖|跑|搞|办|开|注册|成立|认定|拿|换|改|加|接|拉|装|做|签|补|招|升|转|企业建|民企建|在|用)"
)
_ERRAND = re.compile("^(办个(?!体|独)|办(?!学|公|电|事|个|理|照|厂|门|幼)|代(?=注册|办))")
_TRADE_OPENING = re.compile("^(开办|开个|举办|开|办|卖)")
_NO_TRADE = re.compile("^(上|建|落地|网上)")
_DOCUMENT = re.compile(
    "(证|书|表|合同|协议|证明|报告|批复|执照|章程|图|图纸|函|意见|文件|名册|名录|清单|决议|"
    "发票|凭证|许可|公告|账单|保函|方案|说明|制度)$"
)
_JOINTS = re.compile("[、/及和与或；;，,：:]|等")


def lookups(catalogue: Catalogue, synonyms: Synonyms) -> dict[str, list[str]]:
    """Return what people may say for each entity, sorted; nothing that reads like a question."""
    matters = catalogue.matters.values()
    kinds = catalogue.project_types.values()
    lists = {
        "matter": _errands(_plain((x.name, *x.aliases) for x in matters)),
        "enterprise_type": _plain(
            (x.name, *x.aliases) for x in catalogue.enterprise_types.values()
        ),
        "industry": _trades(catalogue),
        "project_type": _plain((x.name, *x.aliases) for x in kinds),
        "district": _plain((x.name, *x.aliases) for x in catalogue.districts.values()),
        "material": _documents(catalogue, synonyms),
    }
    return {entity: sorted(set(words)) for entity, words in lists.items()}


def tokens(lists: dict[str, list[str]], catalogue: Catalogue) -> list[str]:
    """Return the words that jieba must not cut, sorted.

    A phrase with an enterprise type, a trade or a district inside (开火锅店, 个体户注销) is left to
    be cut, or the inner word could never be found as an entity.
    """
    towns = {
        town.name
        for district in catalogue.districts.values()
        if isinstance(district, Division)
        for town in district.towns
    }
    words = {word for entity in lists.values() for word in entity} | towns
    broken = {word for word in words if _holds_another(word, lists)}
    names = set(lists["project_type"])
    return sorted(word for word in words - broken if _is_token(word, is_name=word in names))


def _holds_another(word: str, lists: dict[str, list[str]]) -> bool:
    others = (kind for kind in _EMBEDDED if word not in lists[kind])
    return any(len(part) > 1 and part in word for kind in others for part in lists[kind])


def write(catalogue: Catalogue, synonyms: Synonyms, folder: Path) -> dict[str, str]:
    """Write all lists below a folder.

    Returns:
        The text written by path relative to the folder.
    """
    texts = render(catalogue, synonyms)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return texts


def render(catalogue: Catalogue, synonyms: Synonyms) -> dict[str, str]:
    """Return the text of every list by its path relative to the lexicon's folder."""
    lists = lookups(catalogue, synonyms)
    texts = {f"{entity}.txt": _lines(words) for entity, words in lists.items()}
    return {"jieba/catalogue.txt": _lines(tokens(lists, catalogue)), **texts}


def _lines(words: Iterable[str]) -> str:
    return "".join(f"{word}\n" for word in words)


def _plain(entries: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for names in entries:
        for name in names:
            bare = _BRACKETS.sub("", name).strip()
            if bare and len(bare) <= _MAX_TOKEN and not _QUESTION.search(bare):
                yield bare


def _errands(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield phrase
        thing = _ERRAND.sub("", phrase)
        if thing != phrase and len(thing) > 1:
            yield thing


def _trades(catalogue: Catalogue) -> Iterator[str]:
    for industry in catalogue.industries.values():
        for part in (*industry.name.split("、"), *industry.aliases):
            yield from _plain([(part,)])
    bundles = catalogue.one_things.values()
    for phrase in _plain(x.aliases for x in bundles):
        thing = _TRADE_OPENING.sub("", phrase)
        if len(thing) > 1 and not _NO_TRADE.match(phrase):
            yield thing


def _documents(catalogue: Catalogue, synonyms: Synonyms) -> Iterator[str]:
    names = (item.name for matter in catalogue.matters.values() for item in matter.materials)
    for name in names:
        for part in _JOINTS.split(_BRACKETS.sub("", name)):
            is_short = 1 < len(part) <= _MAX_DOCUMENT
            if is_short and "的" not in part and _DOCUMENT.search(part):
                yield part
    for group in synonyms.materials:
        yield from (word for word in group if word.isalnum())


def _is_token(word: str, *, is_name: bool) -> bool:
    is_wordlike = re.fullmatch(r"[\w]+", word) is not None and not word.isdigit()
    is_phrase = not is_name and len(word) > _SHORT_PHRASE and _VERB.match(word)
    return 1 < len(word) <= _MAX_TOKEN and is_wordlike and not is_phrase


def main(arguments: list[str]) -> int:
    """Write the lists: arguments are the catalogue's folder and the lexicon's folder."""
    if len(arguments) != 2:  # noqa: PLR2004 - two folders
        sys.stderr.write("usage: python -m bot.store.catalogue.lexicon CATALOGUE LEXICON\n")
        return 2
    catalogue, folder = load_catalogue(Path(arguments[0])), Path(arguments[1])
    for name, text in write(catalogue, load_synonyms(folder / "synonyms.yml"), folder).items():
        sys.stdout.write(f"{name}: {text.count(chr(10))} words\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
