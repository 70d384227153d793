"""Trains with one reading of the data, and copies and compares sentences at a tenth of the cost.

Stock Rasa reads all files of sentences for its validation, again for the training and twice more
for the domain. It copies every sentence with `copy.deepcopy` each time it puts two parts together,
and reckons its fingerprint anew each time, because it sets the intent to what it is already. The
archive of the model is packed as tight as can be, which takes ten seconds for 5 % of its size.
"""

import copy
import tarfile
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.importers import utils
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, RESPONSE
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe.tarsafe import TarSafe

from bot.nlu import train
from bot.nlu.levers.lever import Lever, Replaced

YAML = {".yml", ".yaml"}
QUICKLY = 1
"""How tight gzip packs: the least of its nine levels."""

_STOCK_IMPORTER = TrainingDataImporter.load_from_config
_STOCK_SENTENCES = utils.training_data_from_paths
_PLAIN = (str, int, float, bool, type(None))


@lru_cache(maxsize=1)
def _importer(config: str, domain: str | None, paths: tuple[str, ...]) -> TrainingDataImporter:
    return _STOCK_IMPORTER(config, domain, list(paths))


def importer_of(
    config_path: str,
    domain_path: str | None = None,
    training_data_paths: list[str] | None = None,
    args: dict[str, Any] | None = None,
) -> TrainingDataImporter:
    """Return the importer that read the same files in this process before, or stock's.

    Stock hands `args` to importers that a configuration names; with those, nothing is shared.
    """
    if "importers" in Path(config_path).read_text(encoding="utf-8"):
        return _STOCK_IMPORTER(config_path, domain_path, training_data_paths, args)
    return _importer(config_path, domain_path, tuple(training_data_paths or ()))


@lru_cache(maxsize=1)
def _sentences(paths: tuple[str, ...]) -> TrainingData:
    return _STOCK_SENTENCES(paths, "en")


def sentences(paths: Iterable[str], language: str) -> TrainingData:
    """Return the sentences of files, read once; whoever asks copies them (`TrainingData.merge`).

    Files of YAML mean the same in every language.
    """
    wanted = tuple(paths)
    if all(Path(path).suffix in YAML for path in wanted):
        return _sentences(wanted)
    return _STOCK_SENTENCES(wanted, language)


def copied(message: Message, memo: dict[int, Any]) -> Message:
    """Return what `copy.deepcopy` returns; O(entries), most of which are plain values."""
    made = object.__new__(type(message))
    memo[id(message)] = made
    made.__dict__.update({name: _copied(part, memo) for name, part in message.__dict__.items()})
    return made


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict and all(type(key) is str for key in value):
        return {key: _copied(part, memo) for key, part in value.items()}
    if kind is list:
        return [_copied(part, memo) for part in value]
    return copy.deepcopy(value, memo)


def sanitized(examples: list[Message]) -> list[Message]:
    """Return what stock returns; a sentence in which nothing changes keeps its fingerprint."""
    for example in examples:
        for name in (INTENT, RESPONSE):
            value = example.get(name)
            if value and value != value.strip():
                example.set(name, value.strip())
    return list(OrderedDict.fromkeys(examples))


class _Quickly:
    """Packs archives quickly; reading them is as ever."""

    @classmethod
    def gzopen(cls, name: Any, mode: str = "r", fileobj: Any = None, **kwargs: Any) -> Any:
        kwargs.setdefault("compresslevel", QUICKLY)
        return tarfile.TarFile.gzopen.__func__(cls, name, mode, fileobj, **kwargs)  # type: ignore[attr-defined]


def _pull() -> None:
    TrainingDataImporter.load_from_config = staticmethod(importer_of)  # type: ignore[method-assign]
    utils.training_data_from_paths = sentences
    Message.__deepcopy__ = copied  # type: ignore[attr-defined]
    TrainingData.sanitize_examples = staticmethod(sanitized)  # type: ignore[method-assign]
    TarSafe.gzopen = _Quickly.__dict__["gzopen"]  # type: ignore[method-assign]


LEVER = Lever(
    train.NAME,
    _pull,
    (
        Replaced(TrainingDataImporter.load_from_config, "321eb10428b4b5c4"),
        Replaced(TrainingDataImporter.load_from_dict, "ac6427124b1b4717"),
        Replaced(utils.training_data_from_paths, "3ccd1a740d724c29"),
        Replaced(Message.__init__, "4d879f2c2af4f35c"),
        Replaced(Message.fingerprint, "536c1aa81c5c3e23"),
        Replaced(TrainingData.merge, "2d2b549626bdc8b8"),
        Replaced(TrainingData.sanitize_examples, "bcc9bfd75168b03c"),
        Replaced(LocalModelStorage.create_model_package, "e96cb887a21d4199"),
        Replaced(TarSafe.open, "7d290249dc32603f"),
    ),
)
