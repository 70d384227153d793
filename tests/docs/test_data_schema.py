"""The reference of the data schema is that of the tables, and says what each column means."""

from sqlalchemy import Column, Integer, Table

from bot.store.personal import IMPERSONAL, PERSONAL
from bot.store.tables import METADATA
from tools.schema_page import PAGE, areas, lines, meaning, words


def test_the_reference_is_made_from_the_tables_of_today() -> None:
    written = PAGE.read_text(encoding="utf-8").splitlines()
    made = "\n".join(lines()).splitlines()
    assert written == made, "run python -m tools.schema_page > docs/data-schema.md"


def test_every_table_stands_in_one_area() -> None:
    named = [name for _, names in areas() for name in names]
    assert sorted(named) == sorted(METADATA.tables)


def test_every_column_says_what_it_means() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if not meaning(table.name, column)
    ]
    assert silent == [], "a comment beside the column, or a line in tools/schema_words.yml"


def test_a_column_that_nobody_describes_has_no_meaning() -> None:
    made = Table("tried", METADATA.__class__(), Column("zzz", Integer), Column("id", Integer))
    assert [meaning("tried", column) for column in made.columns] == ["", "number of the row"]


def test_no_word_is_kept_for_a_column_that_is_gone() -> None:
    columns = [(table.name, column.name) for table in METADATA.sorted_tables for column in table.c]
    known = {name for _, name in columns} | {f"{table}.{name}" for table, name in columns}
    assert set(words()) - known == set()


def test_personal_columns_are_marked_and_no_other() -> None:
    rows = [line for line in lines() if line.startswith("| `") and "kept as" in line]
    assert len(rows) == len(PERSONAL)
    assert not set(PERSONAL) & set(IMPERSONAL)
