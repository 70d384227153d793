"""Pictures of pages for people to look at; no test depends on them."""

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page

FOLDER = Path(__file__).parent / "screenshots"


def keep_picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep a picture of a page; a browser that cannot make one on a busy machine costs nothing.

    Args:
        page: What is on the screen.
        name: Of the file, without its ending.
        full_page: The whole page instead of what is in the window.
    """
    FOLDER.mkdir(exist_ok=True)
    with suppress(Error):
        page.screenshot(path=FOLDER / f"{name}.png", full_page=full_page)
