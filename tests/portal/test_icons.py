"""Every page names its icon: a browser that finds none asks for one that does not exist."""

from bot.portal.pages import HERE

FRAMED = {"widget_off.html", "widget_refused.html"}
"""Shown inside a frame of another site, which has the tab."""


def test_every_page_with_a_tab_of_its_own_names_its_icon() -> None:
    heads = {
        one.name: text
        for one in (HERE / "templates").glob("*.html")
        if "<head>" in (text := one.read_text(encoding="utf-8")) and one.name not in FRAMED
    }

    assert len(heads) > len(FRAMED)
    assert [name for name, text in heads.items() if 'rel="icon"' not in text] == []


def test_the_icon_exists() -> None:
    assert (HERE / "static" / "icon.svg").is_file()
