import re
from pathlib import Path

from sqlalchemy import Column, LargeBinary, Text
from sqlalchemy.engine import Engine
from sqlalchemy.types import TypeDecorator

from bot.store.personal import IMPERSONAL, PERSONAL
from bot.store.personal_text import lines
from bot.store.sealed_types import KeyedHash, NoDataKeys, Sealed, SealedBytes, SealedJson, keys_of
from bot.store.tables import METADATA

PAGE = Path(__file__).resolve().parents[2] / "docs" / "personal-data.md"
PERSONS = re.compile(
    r"name|phone|mobile|mail|contact|person|credential|identity|address|signer|proof|external_id"
    r"|text|comment|note|remark|reason|said|words|login|business|device"
)
"""Names of columns that make one ask whether a person's detail is in them."""

NAMED_OTHERWISE = re.compile(r"^(id|.*_id|.*_by|.*_at|.*_on|is_.*|.*_digest|.*_count)$")
SEALED = (Sealed, SealedJson, SealedBytes)


def columns() -> dict[str, Column]:
    return {f"{t.name}.{c.name}": c for t in METADATA.sorted_tables for c in t.columns}


def looks_personal(column: Column) -> bool:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, (Text, LargeBinary)) or column.name == "external_id":
        return True
    if NAMED_OTHERWISE.match(column.name):
        return False
    return isinstance(getattr(kind, "length", None), int) and bool(PERSONS.search(column.name))


def test_every_column_that_looks_personal_is_declared() -> None:
    undeclared = {
        name
        for name, column in columns().items()
        if looks_personal(column) and name not in PERSONAL and name not in IMPERSONAL
    }

    assert undeclared - SHARED_IDS == set(), "say in bot/store/personal.py what they hold"


SHARED_IDS = {"messages.external_id", "hot_members.subject"}
"""An id of one message, of no person."""


def test_a_new_column_that_looks_personal_is_noticed() -> None:
    assert looks_personal(Column("spouse_name", Text()))
    assert looks_personal(Column("memo", Text()))


def test_what_is_declared_exists_once() -> None:
    assert set(PERSONAL) | set(IMPERSONAL) <= set(columns())
    assert set(PERSONAL).isdisjoint(IMPERSONAL)


def test_a_personal_column_is_sealed_or_says_why_not() -> None:
    for name, declared in PERSONAL.items():
        kind = columns()[name].type
        is_sealed = isinstance(kind, (*SEALED, KeyedHash))
        assert is_sealed == (declared.plain == ""), name


def test_every_sealed_column_is_bound_to_its_own_place() -> None:
    for name, column in columns().items():
        if isinstance(column.type, SEALED):
            assert column.type.place == name
            assert name in PERSONAL


def test_the_page_of_personal_data_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == "\n".join(lines()) + "\n"


def test_no_table_can_be_read_through_an_engine_without_keys(engine: Engine) -> None:
    """So that a forgotten key is an error at once and not a plain text in the database."""
    keys, engine.dialect.data_keys = keys_of(engine.dialect), None
    try:
        for kind in (Sealed("a.b"), SealedJson("a.b"), SealedBytes("a.b"), KeyedHash("a.b")):
            value = b"x" if isinstance(kind, SealedBytes) else "x"
            try:
                kind.process_bind_param(value, engine.dialect)
            except NoDataKeys:
                continue
            raise AssertionError(kind)
    finally:
        engine.dialect.data_keys = keys
