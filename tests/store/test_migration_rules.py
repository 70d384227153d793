"""Migrations only add, or say from which release on they are safe; code lives with what it may."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.domain.schema_steps import Phase, SchemaStep, Standing, release_number
from bot.operations.doctor import check_database
from bot.operations.serve import NotServed, require_schema
from bot.readiness import check_database as database_part
from bot.settings import Settings
from bot.store import migrate
from bot.store.demo import DemoRepository
from bot.store.engine import open_engine
from tests.clocks import StillClock
from tools.migration_rules import Judged, judge

OLD = "0.1.0"
NEWER = '''"""A migration of a later release."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None
{phase}


def upgrade() -> None:
    {body}


def downgrade() -> None:
    pass
'''
ADD = 'op.add_column("demo_marks", sa.Column("note", sa.String(20)))'
HARMFUL = {
    'op.add_column("demo_marks", sa.Column("n", sa.Integer(), nullable=False))': "NOT NULL",
    'op.drop_column("demo_marks", "filled_at")': "gone",
    'op.alter_column("agents", "name", new_column_name="called")': "alter_column",
    'op.create_index("u", "agents", ["called"], unique=True)': "unique u",
    "op.execute(\"UPDATE tickets SET state = 'open' WHERE 1 = 0\")": "tickets.state is rewritten",
    'op.execute("DELETE FROM tickets")': "rows of tickets are deleted",
}


@pytest.fixture(scope="module")
def current(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at our newest schema."""
    path = tmp_path_factory.mktemp("schema") / "current.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate.upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def engine(current: Path, tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{shutil.copyfile(current, tmp_path / 'own.db')}")
    yield opened
    opened.dispose()


def later(folder: Path, *bodies: tuple[str, str]) -> Path:
    """Return a copy of our migrations with some more: (phase, body)."""
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = migrate.steps()[-1].revision
    for at, (phase, body) in enumerate(bodies):
        revision = f"9{at:03}"
        made = NEWER.format(revision=revision, before=before, phase=phase, body=body)
        (folder / "versions" / f"{revision}_later.py").write_text(made)
        before = revision
    return folder


EXPAND, CONTRACT = 'phase = "expand"', 'phase = "contract"\nsafe_from = "{}"'
DROP = 'op.drop_index("ix_tickets_conversation_id", table_name="tickets")'


def test_every_migration_only_adds_or_says_from_which_release_it_is_safe() -> None:
    assert [problem for one in judge() for problem in one.problems] == []


def test_what_older_code_cannot_live_with_is_found_and_must_be_a_contract(tmp_path: Path) -> None:
    bodies = [(EXPAND, ADD), *((EXPAND, body) for body in HARMFUL)]

    judged = judge(later(tmp_path / "m", *bodies))[-len(bodies) :]

    assert list(judged[0].problems) == []
    for one, words in zip(judged[1:], HARMFUL.values(), strict=True):
        assert words in " ".join(one.problems)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("", "phase must be one of"),
        ('phase = "contract"', "from which release"),
        ('phase = "contract"\nsafe_from = "soon"', "from which release"),
        ('phase = "expand"\nsafe_from = "0.1.0"', "no safe_from"),
        ('phase = "expand"\nharmless = {"x is gone": "why"}', "it does not"),
    ],
)
def test_a_migration_that_says_too_little_of_itself_is_refused(
    phase: str, words: str, tmp_path: Path
) -> None:
    script = migrate.steps(later(tmp_path / "m", (phase, "pass")))[-1]

    assert words in " ".join(Judged(script).problems)


@pytest.mark.parametrize(
    ("bodies", "wanted"),
    [
        ([(EXPAND, ADD)], Standing.AHEAD),
        ([(EXPAND, ADD), (CONTRACT.format("0.1.0"), DROP)], Standing.AHEAD),
        ([(CONTRACT.format("0.2.0"), DROP), (EXPAND, ADD)], Standing.BEYOND),
    ],
)
def test_older_code_goes_on_over_a_newer_schema_exactly_when_it_lives_with_it(
    engine: Engine, tmp_path: Path, bodies: Sequence[tuple[str, str]], wanted: Standing
) -> None:
    migrate.upgrade(engine, folder=later(tmp_path / "m", *bodies))

    assert migrate.standing(engine, release=OLD) is wanted


def test_an_older_program_leaves_an_expanded_schema_as_it_is_and_works_on_it(
    engine: Engine, tmp_path: Path
) -> None:
    migrate.upgrade(engine, folder=later(tmp_path / "m", (EXPAND, ADD)))

    migrate.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT note FROM demo_marks")).all() == []
        assert migrate.standing(engine) is Standing.AHEAD
    assert database_part(engine).ok


def test_the_way_back_forgets_what_was_undone(engine: Engine) -> None:
    assert migrate.standing(engine) is Standing.CURRENT
    before = migrate.steps()[-2].revision

    migrate.downgrade(engine, before)

    assert migrate.standing(engine) is Standing.BEHIND
    assert [one.revision for one in migrate.missing(engine)] == [migrate.steps()[-1].revision]


def test_a_part_is_not_served_on_an_older_schema_and_doctor_names_the_same_command(
    tmp_path: Path,
) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'old.db'}", state_dir=tmp_path, rasa_token="t" * 40
    )
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine, "0019")
    engine.dispose()

    with pytest.raises(NotServed, match="xiaoer db upgrade"):
        require_schema(settings)

    (finding,) = check_database(settings, tmp_path, StillClock()())
    assert "xiaoer db upgrade" in finding.remedy


def test_a_release_is_compared_by_its_numbers() -> None:
    step = SchemaStep("1", Phase.CONTRACT, "0.9.0")

    assert step.is_safe_for("0.10")
    assert not step.is_safe_for("0.8.7")
    with pytest.raises(ValueError, match="soon"):
        release_number("soon")


def test_taking_a_demo_away_leaves_what_the_schema_remembers(
    engine: Engine, tmp_path: Path
) -> None:
    migrate.upgrade(engine, folder=later(tmp_path / "m", (EXPAND, ADD)))

    with engine.begin() as connection:
        DemoRepository(connection).clear()

    assert migrate.standing(engine) is Standing.AHEAD
