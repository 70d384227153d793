"""Reads which certificate somebody wants to have issued: 你这能开纳税证明不."""

import re

_NAME = "(?P<name>[\\u4e00-\\u9fff]{2,6}?证明)"
_WANTED = re.compile(
    f"(?:能|可以|会|给|想|要|咋|怎么|去哪|上哪|在哪)(?:不能|我|俺|在这|直接|帮我|给我|里|儿)?"
    f"(?:开具?|出具?|打印?|拿)(?:一?[个张份下])?(?:[我俺]的?)?{_NAME}"
)
_ONLY_NAMED = re.compile(
    f"(?:那|还有|对了|[，, ])*{_NAME}(?:呢|也(?:没有|不能|不行)?吗?|能开[不吗])[?？]?"
)


def certificate_wanted(text: str) -> str | None:
    """Return the certificate that is to be issued, None for none."""
    found = _WANTED.search(text)
    return found["name"] if found else None


def certificate_named(text: str) -> str | None:
    """Return the certificate that a text names and asks nothing else of: 那社保证明呢."""
    found = _ONLY_NAMED.fullmatch(text.strip())
    return found["name"] if found else None
