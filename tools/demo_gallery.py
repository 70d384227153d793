"""The gallery of the demo month: `docs/gallery.md`, made from the list of pages."""

from collections.abc import Iterator

from bot.settings import ROOT
from tools.demo_pages import (
    DESK,
    MODEL_LIFE,
    NO_DESK_PAGE,
    NO_PUBLIC_PAGE,
    PUBLIC,
    DemoPage,
    names,
)

PAGE = ROOT / "docs" / "gallery.md"
HEAD = """# Every page, in a made-up month

Made by `python -m tools.demo_pictures` (part of `make screenshots`): a new database is filled as
[`xiaoer demo`](demo.md) does, with {people} signed in
after one another, and each page of the desk and each public page is photographed at 1280 and
390 px. Everything in them is made up. A test fails when a page of the product has no picture here.
Long pages are cut. The browser's
own parts (dates, file choosers) are Chinese where it has the language (Debian: `chromium-l10n`)."""

LIFE = """
## A new model

Made by `python -m tools.model_pictures`, with the whole product running: somebody says what is not
understood, it is taught, and a supervisor presses the buttons. Both models are really trained, both
really read the evaluation sets and one conversation, and both really serve.
"""


def gallery() -> str:
    """Return the text of the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    logins = sorted({one.login for one in DESK if one.login})
    yield HEAD.format(people=", ".join(f"`{one}`" for one in logins))
    yield "\n## What applicants and everybody see\n"
    yield from (_pictures(one, one.route) for one in PUBLIC)
    yield "\n## The desk\n"
    yield from (_pictures(one, f"/desk{one.route}") for one in DESK)
    yield LIFE
    yield from (_pictures(one, f"/desk{one.route}") for one in MODEL_LIFE)
    yield "\n## Not here\n"
    yield "| address | why |\n|---|---|"
    left_out = [("/desk" + route, why) for route, why in NO_DESK_PAGE.items()]
    for route, why in (*left_out, *NO_PUBLIC_PAGE.items()):
        yield f"| `{route}` | {why} |"


def _pictures(page: DemoPage, route: str) -> str:
    who = f", as `{page.login}`" if page.login else ""
    shown = " ".join(f"![{page.name}](img/demo/{name})" for name in names(page))
    return f"### `{route}`{who}\n\n{shown}\n"
