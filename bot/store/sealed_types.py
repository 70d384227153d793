"""Column types of personal data: sealed on the way in, opened on the way out.

The keys hang on the engine's dialect (`bot.store.engine.open_engine`), so that tables stay free of
secrets. Without keys nothing can be written or read; an empty value is the same with and without.
"""

import json
from typing import Any

from sqlalchemy import LargeBinary, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.domain.errors import BotError
from bot.sealing import DataKeys

HASH_LENGTH = 22


class NoDataKeys(BotError):
    """Personal data is written or read through an engine that was opened without keys."""


class Sealed(TypeDecorator[str]):
    """A text.

    Args:
        place: "table.column"; a value sealed for another place does not open.
        length: What the column was declared with before; SQLite never minded the length.
    """

    impl = Text
    cache_ok = True

    def __init__(self, place: str, length: int | None = None) -> None:
        super().__init__()
        self.place = place
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type in the database; a new one would mean to copy the table on SQLite."""
        kept = self.length is not None and dialect.name == "sqlite"
        declared: TypeEngine[Any] = String(self.length) if kept else Text()
        return dialect.type_descriptor(declared)  # type: ignore[arg-type, no-any-return]  # takes instances too

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal a value."""
        return value and keys_of(dialect).seal(value, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open a value."""
        return value and keys_of(dialect).open(value, self.place)


class SealedJson(TypeDecorator[Any]):
    """JSON; see `Sealed`."""

    impl = Text
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write compact UTF-8 JSON, sealed; None stays NULL."""
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return keys_of(dialect).seal(text, self.place)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the JSON back."""
        return None if value is None else json.loads(keys_of(dialect).open(value, self.place))


class SealedBytes(TypeDecorator[bytes]):
    """The content of a file; see `Sealed`."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Seal a value."""
        return value and keys_of(dialect).seal_bytes(value, self.place)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Open a value."""
        return value and keys_of(dialect).open_bytes(value, self.place)


class KeyedHash(TypeDecorator[str]):
    """The keyed hash of a value that is sealed beside it: equal values are found, not read.

    Written and compared with the value itself; what comes out is the hash.

    Args:
        place: "table.column" of the value.
        length: Signs of base64 that are kept, 6 bits each.
    """

    impl = String
    cache_ok = True

    def __init__(self, place: str, length: int = HASH_LENGTH) -> None:
        super().__init__(length)
        self.place = place
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Hash a value."""
        return value and keys_of(dialect).hash(value, self.place)[: self.length]


def keys_of(dialect: Dialect) -> DataKeys:
    """Return the keys an engine was opened with; raises `NoDataKeys`."""
    keys = getattr(dialect, "data_keys", None)
    if not isinstance(keys, DataKeys):
        raise NoDataKeys("open the engine with the keys of personal data")
    return keys
