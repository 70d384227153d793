"""Reads the flat XML of callbacks with a parser that knows no document types and no entities."""

from collections.abc import Mapping
from xml.parsers import expat

MOST_ELEMENTS = 200
DEEPEST = 6
VALUE_DEPTH = 2


class BadXml(ValueError):
    """It is no XML, or uses what no callback needs."""


class _Reader:
    """Collects the texts of the elements right under the root."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._count = 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        self._count += 1
        if len(self._path) > DEEPEST or self._count > MOST_ELEMENTS:
            raise BadXml("too many elements")
        self._text = []

    def text(self, text: str) -> None:
        if len(self._path) == VALUE_DEPTH:
            self._text.append(text)

    def end(self, name: str) -> None:
        if len(self._path) == VALUE_DEPTH:
            self.fields.setdefault(name, "".join(self._text))
        self._path.pop()


def _refuse(*_arguments: object) -> int:
    raise BadXml("document types and entities are refused")


def read_fields(body: bytes | str) -> dict[str, str]:
    """Return the elements under the root by name, the first of each name.

    Raises:
        BadXml: Not XML, too many elements, or a document type (entities need one).
    """
    reader, parser = _Reader(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, UnicodeError, ValueError) as error:
        raise BadXml(str(error)) from error
    return reader.fields
