from pathlib import Path

import pytest

from bot.store.plan_news import BadPlanNews, load_plan_news, rules_fingerprint
from tests.plan_factories import LIVE

FILE = LIVE / "news.yml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quiet_from", "quiet_form"),
        ("{name}", "{who}"),
        ('"21:00"', '"25:00"'),
        ("show_title: 看方案", ""),
        ("due: |-", "due: ["),
    ],
)
def test_words_with_holes_are_refused(tmp_path: Path, old: str, new: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "news.yml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadPlanNews, match=r"news\.yml"):
        load_plan_news(file)


def test_missing_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlanNews):
        load_plan_news(tmp_path / "nothing.yml")


def test_a_changed_calendar_or_catalogue_changes_the_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "calendar").mkdir()
    (tmp_path / "catalogue" / "matters").mkdir(parents=True)
    fact = tmp_path / "catalogue" / "matters" / "a.yml"
    fact.write_text("days: 1", encoding="utf-8")
    seen = {rules_fingerprint(tmp_path)}
    fact.write_text("days: 2", encoding="utf-8")
    seen.add(rules_fingerprint(tmp_path))
    (tmp_path / "calendar" / "2027.yml").write_text("year: 2027", encoding="utf-8")
    seen.add(rules_fingerprint(tmp_path))
    assert len(seen) == 3
    assert rules_fingerprint(tmp_path) in seen
