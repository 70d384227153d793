"""The page of readers is as the code, and each reader says what it takes."""

from tools.readers_page import PAGE, page


def test_the_page_is_as_the_code() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m tools.readers_page`"


def test_every_reader_says_what_it_takes() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| `")]
    assert len(rows) > 50
    assert [row for row in rows if row.rstrip(" |").endswith("`")] == []
