"""The page `docs/permissions.md`, made from the matrix and the table of routes.

Usage: python -m bot.desk.access_text > docs/permissions.md
"""

import sys
from collections.abc import Iterator

from bot.desk.access import ACCESS, OPEN
from bot.domain.permissions import MATRIX, Permission, Role

HEAD = """# Who may do what at the desk

Made by `python -m bot.desk.access_text > docs/permissions.md` from the matrix in
`bot/domain/permissions.py` and the table of routes in `bot/desk/access.py`. A test fails when this
page is behind, when a route has no line in the table, and when the running desk answers a role
otherwise than the matrix says.

A route that is not in the table answers 403 to everybody. To add one, add one line to `ACCESS`; for
something new that one does, a `Permission` and its row in `MATRIX`. What a permission opens is
narrowed further by department in `bot/services/{application,case}_rights.py` ("of all": not only
the own department's).
"""


def permissions_page() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *_matrix(), "", "## Addresses", "", *_routes(), ""])


def _matrix() -> Iterator[str]:
    yield "## The matrix"
    yield ""
    yield "| may | " + " | ".join(role.value for role in Role) + " |"
    yield "|---" * (len(Role) + 1) + "|"
    for permission in Permission:
        marks = ("●" if role in MATRIX[permission] else "" for role in Role)
        yield f"| {permission.value.replace('_', ' ')} | " + " | ".join(marks) + " |"


def _routes() -> Iterator[str]:
    yield "| method | address under `/desk` | needs |"
    yield "|---|---|---|"
    for (method, path), needs in sorted(ACCESS.items(), key=lambda one: (one[0][1], one[0][0])):
        words = "open to all" if needs is OPEN else needs.value.replace("_", " ")
        yield f"| {method} | `{path}` | {words} |"


if __name__ == "__main__":
    sys.stdout.write(permissions_page())
