"""Hook of mkdocs: links that leave `docs/` become names of files; the site has no such pages."""

import re
from typing import Any

OUTWARD = re.compile(r"\[([^\]]+)\]\((\.\./[^)\s]+)\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return the text of a page as the site shows it."""
    depth = page.file.src_uri.count("/")
    leaving = "../" * (depth + 1)

    def name(found: "re.Match[str]") -> str:
        text, target = found.groups()
        return f"{text} (`{target[len(leaving) :]}`)" if target.startswith(leaving) else found[0]

    return OUTWARD.sub(name, markdown)
