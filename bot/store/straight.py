"""Runs the statements of a message's path on PostgreSQL by way of the driver alone.

SQLAlchemy builds some twenty objects for each execution: a context, values with their processors
looked up anew, a result with its own notes on columns. On a hub whose caches are cold between two
messages that is more than what the statement itself takes. Here all of it is found out once a
statement: its text, which values need work, and what makes a row of what comes.

Whoever listens to SQLAlchemy's events hears of these statements too, and errors are SQLAlchemy's.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection, Dialect

from bot.store.one_journey import JourneyConnection
from bot.store.prepared import run_prepared, text_of

_KEPT = "_straight"
Work = Callable[[Any], Any]
_NAMED: Any = namedtuple  # noqa: PYI024 - its names are known when the first row comes


def rows_of(connection: Connection, statement: Any, values: Mapping[str, Any]) -> Sequence[Any]:
    """Run a statement that was built once and marked by `often`; returns its rows.

    Args:
        connection: In an open transaction.
        statement: Gives rows, and needs no value that Python makes for a column.
        values: By name; more than it needs do no harm.

    Raises:
        DBAPIError: As SQLAlchemy's own way.
    """
    if connection.dialect.name != "postgresql":
        return connection.execute(statement, values).all()
    return Straight.of(statement, connection.dialect).run(connection, values)


def whole(
    connection: Connection, parts: Sequence[tuple[Any, Mapping[str, Any]]]
) -> Sequence[Any] | None:
    """Run statements as a whole transaction, in one journey; returns the rows of the last.

    It is committed when this returns, whatever becomes of the transaction that the caller opened:
    nothing must have been done in it, and nothing of what follows may depend on being undone with
    it.

    Args:
        connection: In a transaction in which nothing has been done yet.
        parts: Statements as `rows_of` takes them, each with its values.

    Returns:
        None, with nothing done, where a transaction is open in the database or cannot go as one.

    Raises:
        DBAPIError: As SQLAlchemy's own way.
    """
    raw: Any = getattr(connection.connection, "dbapi_connection", None)
    if not isinstance(raw, JourneyConnection) or not raw.is_idle:
        return None
    dialect = connection.dialect
    return _run_whole(connection, [(Straight.of(one, dialect), more) for one, more in parts])


def _run_whole(
    connection: Connection, parts: Sequence[tuple["Straight", Mapping[str, Any]]]
) -> Sequence[Any]:
    cursor: Any = connection.connection.cursor()
    try:
        texts = [one.text_with(connection, cursor, values) for one, values in parts]
        cursor.execute_whole(texts)
        return parts[-1][0].read(cursor, connection.dialect)
    except connection.dialect.dbapi.Error as error:  # type: ignore[attr-defined]
        connection._handle_dbapi_exception(error, parts[0][0].text, {}, cursor, None)  # type: ignore[attr-defined]  # noqa: SLF001
        raise AssertionError("unreachable") from error
    finally:
        cursor.close()


class Straight:
    """What is known of one statement on one dialect."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        self._statement = statement  # kept, so that nothing else gets its id
        compiled = statement.compile(dialect=dialect)
        assert not compiled.post_compile_params, "a list is written into the text each time"
        assert not getattr(compiled, "insert_prefetch", ()), "SQLAlchemy makes a value of this"
        self.text = str(compiled)
        work = compiled._bind_processors  # noqa: SLF001 - the one place that lists them
        fixed = compiled.construct_params(_check=False)
        self._asked = [
            (name, work.get(name)) for bind, name in compiled.bind_names.items() if bind.required
        ]
        self._fixed = {
            name: work[name](value) if name in work else value
            for name, value in fixed.items()
            if name not in dict(self._asked)
        }
        # those of a statement within it are listed as well
        self._types = {column[0]: column[3] for column in compiled._result_columns}  # noqa: SLF001
        self._make: Callable[[Sequence[Any]], Any] | None = None
        self._works: Sequence[tuple[int, Work]] = ()

    @classmethod
    def of(cls, statement: Any, dialect: Any) -> "Straight":
        """Return what is known of a statement, found out once."""
        kept: dict[int, Straight] = dialect.__dict__.setdefault(_KEPT, {})
        found = kept.get(id(statement))
        if found is None:
            found = kept[id(statement)] = cls(statement, dialect)
        return found

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any]:
        """Run the statement; see `rows_of`."""
        given = self.given(values)
        cursor: Any = connection.connection.cursor()
        try:
            self._tell(connection, cursor, given)
            run_prepared(cursor, self.text, given, connection.info)
            return self.read(cursor, connection.dialect)
        except connection.dialect.dbapi.Error as error:  # type: ignore[attr-defined]
            connection._handle_dbapi_exception(error, self.text, given, cursor, None)  # type: ignore[attr-defined]  # noqa: SLF001
            raise AssertionError("unreachable") from error
        finally:
            cursor.close()

    def text_with(self, connection: Connection, cursor: Any, values: Mapping[str, Any]) -> bytes:
        """Return the statement with values in it; see `whole`."""
        given = self.given(values)
        self._tell(connection, cursor, given)
        return text_of(cursor, self.text, given, connection.info)

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values as the driver takes them."""
        given = dict(self._fixed)
        for name, work in self._asked:
            given[name] = values[name] if work is None else work(values[name])
        return given

    def _tell(self, connection: Any, cursor: Any, given: Mapping[str, Any]) -> None:
        if connection._has_events or connection.engine._has_events:  # noqa: SLF001
            listeners = connection.dispatch.before_cursor_execute
            for listen in listeners:
                listen(connection, cursor, self.text, given, None, False)

    def read(self, cursor: Any, dialect: Dialect) -> Sequence[Any]:
        """Return the rows that a cursor holds."""
        if self._make is None:
            self._works = _works(cursor.description, self._types, dialect)
            names = [column.name for column in cursor.description]
            self._make = _NAMED("Row", names)._make
        make, works, found = self._make, self._works, []
        for raw in cursor.fetchall():
            row = list(raw)
            for place, work in works:
                row[place] = work(row[place])
            found.append(make(row))
        return found


def _works(
    described: Sequence[Any], types: Mapping[str, Any], dialect: Dialect
) -> Sequence[tuple[int, Work]]:
    """Return what is to be done with which columns of a row."""
    both = [
        (place, types[one.name]._cached_result_processor(dialect, one.type_code))  # noqa: SLF001
        for place, one in enumerate(described)
    ]
    return [(place, work) for place, work in both if work is not None]
