from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.documents.seal_file import SealUnusable
from bot.operations.catalogue import check
from bot.operations.doctor import check_documents, check_seal
from bot.operations.findings import Level
from bot.operations.seal import describe_seal, init_seal
from bot.settings import Settings
from tests.data_copies import copied_data
from tests.operations.consoles import recording_display

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=timezone.utc)


def settings(folder: Path, **changes: str) -> Settings:
    return Settings(state_dir=folder, **changes)  # type: ignore[arg-type]


def test_the_test_seal_is_made_and_said_to_be_one(tmp_path: Path) -> None:
    assert "没有法律效力" in init_seal(settings(tmp_path), NOW)
    text = "\n".join(describe_seal(settings(tmp_path)))
    assert "小二测试印章" in text
    assert "2029-11-22" in text


def test_with_a_seal_of_ones_own_the_command_says_which_one_is_used(tmp_path: Path) -> None:
    own = settings(tmp_path, seal_p12="/etc/city.p12")
    assert "/etc/city.p12" in init_seal(own, NOW)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SealUnusable, match=r"nowhere\.p12"):
        list(describe_seal(settings(tmp_path, seal_p12=str(tmp_path / "nowhere.p12"))))


def test_the_doctor_looks_at_the_seal(tmp_path: Path) -> None:
    (finding,) = check_seal(settings(tmp_path), tmp_path, NOW)
    assert finding.level is Level.WARN
    init_seal(settings(tmp_path), NOW)
    (finding,) = check_seal(settings(tmp_path), tmp_path, NOW)
    assert finding.level is Level.OK
    late = datetime(2029, 10, 1, tzinfo=timezone.utc)
    (finding,) = check_seal(settings(tmp_path), tmp_path, late)
    assert finding.level is Level.WARN


def test_the_check_of_the_catalogue_names_file_and_field_of_a_broken_template(
    tmp_path: Path,
) -> None:
    data = copied_data(tmp_path)
    display, written = recording_display()
    assert check(Settings(data_dir=data), display)
    notice = data / "documents" / "notice.html"
    notice.write_text(notice.read_text("utf-8") + "{{ notice.moon }}", encoding="utf-8")
    assert not check(Settings(data_dir=data), display)
    assert "documents/notice.html" in written.getvalue()
    assert "moon" in written.getvalue()


def test_the_doctor_finds_a_broken_template(tmp_path: Path) -> None:
    data = copied_data(tmp_path)
    fine = Settings(data_dir=data)
    assert [f.level for f in check_documents(fine, tmp_path, NOW)] == [Level.OK]
    notice = data / "documents" / "notice.html"
    notice.write_text(notice.read_text("utf-8") + "{{ notice.moon }}", encoding="utf-8")
    (finding,) = check_documents(fine, tmp_path, NOW)
    assert finding.level is Level.FAIL
    assert "notice.html" in finding.text
    assert "moon" in finding.text
