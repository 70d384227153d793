"""Lists of values as a table of a statement: as many rows as are wanted, in one statement."""

from typing import Any

from sqlalchemy import String, Text, bindparam, column, func
from sqlalchemy.dialects.postgresql import ARRAY


def lists(**columns: Any) -> Any:
    """Return lists of values, one beside the other, as a table; `place` counts its rows from 1.

    Args:
        columns: The column of a table whose values a list of this name holds.
    """
    kinds = {name: _without_length(one.type) for name, one in columns.items()}
    values = [bindparam(name, type_=ARRAY(kind, dimensions=1)) for name, kind in kinds.items()]
    parts = [column(name, kind) for name, kind in kinds.items()]
    return func.unnest(*values).table_valued(*parts, with_ordinality="place").render_derived()


def _without_length(kind: Any) -> Any:
    # a cast to a length cuts off what is longer, and it would be somebody else's name
    return Text() if isinstance(kind, String) else kind
