"""What was released becomes training data, what must not be trained is named."""

from pathlib import Path

import pytest
import yaml
from sqlalchemy.engine import Engine

from bot.domain.learning import LessonKind, LessonState
from bot.domain.people import Role
from bot.operations.example_borders import cuts_a_word, token_borders
from bot.operations.fingerprint import fingerprint, learnt_files, model_path
from bot.operations.learning_export import export
from bot.operations.training import rasa_command
from bot.services.learning.lessons import Proposal, Vocabulary, decide, propose
from bot.services.ports import OpenUnitOfWork
from bot.settings import ROOT
from bot.store.learnt_words import with_learnt
from bot.store.matter_words import load_matter_words
from bot.store.unit_of_work import unit_of_work_factory
from tests.desk_cast import DATA, NOW, Cast, catalogue
from tests.learning_factories import not_understood

WORDS = Vocabulary(
    {"ask_materials", "ask_fee", "stop"}, set(catalogue().matters), {"matter", "industry"}, {}
)


@pytest.fixture
def store(sqlite_engine: Engine) -> OpenUnitOfWork:
    return unit_of_work_factory(sqlite_engine)


def release(store: OpenUnitOfWork, kind: LessonKind, target: str, *examples: str) -> int:
    """Propose and release examples; returns the lesson."""
    cast = Cast(store)
    with store() as unit:
        agents = {one.login: one for one in unit.people.agents()}
    editor = agents.get("editor") or cast.agent("editor", "周编辑", Role.EDITOR)
    second = agents.get("second") or cast.agent("second", "吴编辑", Role.EDITOR)
    not_understood(store, examples[0], now=NOW)
    with store() as unit:
        (message,) = unit.misunderstood.undecided(5)
    proposal = Proposal([message.id], kind, target, "\n".join(examples))
    lesson = propose(store, agent=editor, proposal=proposal, vocabulary=WORDS, now=NOW)
    decide(store, agent=second, lesson_id=lesson, to=LessonState.RELEASED, reason="", now=NOW)
    return lesson


def test_released_sentences_are_written_as_rasa_reads_them(
    store: OpenUnitOfWork, tmp_path: Path
) -> None:
    release(store, LessonKind.INTENT, "ask_materials", "[奶茶店](industry)那个本本要拿啥去换")
    release(store, LessonKind.OUT_OF_SCOPE, "", "你们这给牛打疫苗针不打呀")
    done = export(store, ROOT, DATA, tmp_path)

    (file,) = learnt_files(tmp_path)
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert content == {
        "version": "3.1",
        "nlu": [
            {"intent": "ask_materials", "examples": "- [奶茶店](industry)那个本本要拿啥去换\n"},
            {"intent": "out_of_scope", "examples": "- 你们这给牛打疫苗针不打呀\n"},
        ],
    }
    assert (done.count, done.left_out) == (2, [])
    assert str(file) in rasa_command(ROOT, tmp_path / "x.tar.gz", learnt_files(tmp_path))
    assert model_path(ROOT, learnt=[file]) != model_path(ROOT)
    assert fingerprint(ROOT, learnt=[]) == fingerprint(ROOT)


def test_what_was_withdrawn_is_gone_from_the_next_export(
    store: OpenUnitOfWork, tmp_path: Path
) -> None:
    lesson = release(store, LessonKind.INTENT, "stop", "俺先不弄这一出了哈回头再唠")
    export(store, ROOT, DATA, tmp_path)
    with store() as unit:
        leader = unit.people.agents()[0]
    decide(store, agent=leader, lesson_id=lesson, to=LessonState.WITHDRAWN, reason="错了", now=NOW)
    export(store, ROOT, DATA, tmp_path)

    assert learnt_files(tmp_path) == []


def test_a_sentence_of_another_intent_and_a_cut_word_are_left_out_and_named(
    store: OpenUnitOfWork, tmp_path: Path
) -> None:
    release(store, LessonKind.INTENT, "stop", "转人工")
    release(store, LessonKind.INTENT, "ask_fee", "营业[执照](matter)拿一张多少来着哈")
    release(store, LessonKind.INTENT, "ask_materials", "那啥那啥到底要啥来着哈", "多出来一句哈哈呀")
    release(store, LessonKind.INTENT, "stop", "那啥那啥到底要啥来着哈")
    done = export(store, ROOT, DATA, tmp_path)

    assert done.intents == {"ask_materials": ["那啥那啥到底要啥来着哈", "多出来一句哈哈呀"]}
    assert [one.split("（")[1] for one in done.left_out] == [
        "已经是另一个意图 request_agent 的例句）",
        "标注把一个词切开了）",
        "已经是另一个意图 ask_materials 的例句）",
    ]


def test_ways_to_say_a_matter_join_the_product_s_own(store: OpenUnitOfWork, tmp_path: Path) -> None:
    matter = next(iter(catalogue().matters))
    release(store, LessonKind.MATTER, matter, "那个管喝奶茶的红本本")
    export(store, ROOT, DATA, tmp_path)
    own = load_matter_words(DATA / "matters")
    learnt = with_learnt(own, tmp_path, catalogue())

    assert learnt.situations[matter] == (*own.situations.get(matter, ()), "那个管喝奶茶的红本本")
    assert learnt_files(tmp_path) == []
    assert with_learnt(own, tmp_path / "nowhere", catalogue()) is own


def test_a_mark_that_ends_within_a_word_is_seen() -> None:
    borders = token_borders(ROOT)
    assert cuts_a_word("营业[执照](matter)几天下来", borders)
    assert not cuts_a_word("[营业执照](matter)几天下来", borders)
    assert not cuts_a_word("几天下来", borders)
