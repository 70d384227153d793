"""Which question was missed is learnt from what dialogues expect to be said."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.questions.second_reading import LIKELY
from bot.bootstrap import App
from bot.domain.facts import Faq
from bot.operations.dialogue_checks import Outcome, Response
from bot.operations.errors import OperationFailed
from bot.services.finding.second_reading import ANSWER
from bot.settings import ROOT
from tools.second_reading import (
    OWN_RESPONSE,
    THRESHOLDS,
    Message,
    Missed,
    answered_of,
    figures,
    fitted,
    labelled,
    lines,
    main,
    matrix,
    message_of,
    messages_of,
    names_of,
    weights_of,
)
from tools.typed_messages import BUTTON, Exchange, Typed, turn_of, without

TEXT = "开美容店，卫生检测报告还没出来，卫生许可能先办下来吗"
MATTER, QUESTION = "lic-public-health", "没有检测报告能先拿证吗？"
BEGUN = Response("utter_start_business_start", "好嘞", action="action_start_business")
READ = {
    TEXT: {
        "intent": "start_business",
        "confidence": 0.8,
        "ranking": [["start_business", 0.8], ["ask_eligibility", 0.1]],
        "entities": [{"entity": "industry", "value": "美容店", "start": 1, "end": 4}],
    },
    "谢谢": {"intent": "thank", "confidence": 1.0, "ranking": [["thank", 1.0]], "entities": []},
}


def _faq(app: App, question: str = QUESTION) -> Faq:
    return next(faq for faq in app.catalogue.matter(MATTER).faqs if faq.question == question)


def _typed(expected: dict[str, Any], *said: Response, text: str = TEXT) -> Typed:
    outcome = Outcome(texts=[one.text for one in said], responses=said)
    return Typed("a.yml", text, expected, outcome)


@pytest.mark.parametrize(
    ("expected", "said", "is_right", "is_missed", "mends"),
    [
        ({"says": ["告知承诺"]}, "好嘞", True, True, True),
        ({"says": [["先发证", "容缺"], "/承诺.{1,4}撤销/"]}, "好嘞", True, True, True),
        ({"says_any": ["容缺", "告知承诺"]}, "好嘞", True, True, True),
        ({"says": ["告知承诺"]}, "可用告知承诺", True, False, False),
        ({"says": ["告知承诺", "好嘞"]}, "好嘞", False, False, False),
        ({"says": ["三十天"]}, "好嘞", False, False, False),
        ({"says": ["告知承诺"], "says_not": ["撤销"]}, "好嘞", False, False, False),
        ({"says": ["告知承诺"], "says_not": ["好嘞"]}, "好嘞", True, True, False),
        ({"says": ["告知承诺"], "form": "booking_form"}, "好嘞", True, True, False),
        ({"says_not": ["好嘞"]}, "好嘞", False, False, False),
        ({"asks": "x"}, "好嘞", False, False, False),
    ],
)
def test_a_question_was_missed_where_it_says_what_was_not_said(
    application: App,
    expected: dict[str, Any],
    said: str,
    is_right: bool,
    is_missed: bool,
    mends: bool,
) -> None:
    found = labelled(expected, Outcome(texts=[said]), _faq(application))

    assert (found.is_right, found.is_missed, found.mends) == (is_right, is_missed, mends)


def test_a_message_has_the_features_of_the_product(application: App) -> None:
    made = message_of(_typed({"says": ["告知承诺"]}, BEGUN), READ)

    assert made is not None
    missed = [one for one in made.missed if one.is_missed]
    assert len(missed) == 1
    features = missed[0].features
    assert features["started"] == 1.0
    assert features["begins"] == 0.8
    assert features["names_trade"] == 1.0
    assert features["own"] > 0.2
    weights = yaml.safe_load((ROOT / "data/common/second_reading.yml").read_text("utf-8"))
    assert weights.keys() - {"bias"} <= features.keys()
    total = weights["bias"] + sum(weights.get(name, 0.0) * v for name, v in features.items())
    assert 1 / (1 + math.exp(-total)) >= LIKELY


def test_what_was_said_is_no_question_that_was_missed(application: App) -> None:
    answer = f"{QUESTION}\n{_faq(application).answer}"
    made = message_of(_typed({"says": ["告知承诺"]}, Response(ANSWER, answer, answer)), READ)
    unsaid = message_of(_typed({"says": ["告知承诺"]}, BEGUN), READ)

    assert made is not None
    assert unsaid is not None
    assert any(one.is_right for one in unsaid.missed)
    assert not any(one.is_right for one in made.missed)


@pytest.mark.usefixtures("application")
def test_a_text_that_is_a_wording_of_the_question_teaches_nothing() -> None:
    read = {QUESTION: {**READ[TEXT], "entities": []}}
    made = message_of(_typed({"says": ["告知承诺"]}, BEGUN, text=QUESTION), read)

    assert made is not None
    assert not any(one.is_right for one in made.missed)


@pytest.mark.usefixtures("application")
def test_what_expects_nothing_and_what_gets_nothing_are_left_out() -> None:
    typed = [_typed({}, BEGUN), _typed({"says": ["不客气"]}, BEGUN, text="谢谢")]

    assert messages_of(typed, READ) == []


@pytest.mark.usefixtures("application")
def test_what_stood_in_the_answer_before_is_not_shown_again() -> None:
    typed = _typed({"says": ["告知承诺"]}, BEGUN)
    said = Response(ANSWER, "选择告知承诺方式可先发证后核查，承诺不实的撤销许可。")
    before = (Exchange("谢谢", [said]),)
    made = message_of(Typed("a", TEXT, typed.expected, typed.outcome, before=before), READ)

    assert made is not None
    assert [one.was_said for one in made.missed if one.is_right] == [True]


def test_the_turn_stands_where_it_was_typed(application: App) -> None:
    typed = Typed(
        "a.yml",
        TEXT,
        {},
        Outcome(),
        slots={"matter_id": MATTER, "focus": "matter", "requested_slot": "case_number"},
        form="case_form",
        before=(Exchange("谢谢", [BEGUN]), Exchange(BUTTON)),
    )
    turn = turn_of(typed, READ)

    assert (turn.loop, turn.requested, turn.text) == ("case_form", "case_number", TEXT)
    assert [event["event"] for event in turn.events] == ["user", "bot", "user", "user"]
    assert turn.slots["matter_id"] in application.catalogue.matters


def test_only_what_the_first_action_said_was_answered() -> None:
    asks = Response("utter_start_business_ask_name", "叫啥", action="start_business_form")
    said = Response(ANSWER, "依据在后", "不收费", BEGUN.action)

    assert answered_of([BEGUN, said, asks]).responses == (BEGUN.name, ANSWER)
    assert answered_of([BEGUN, said, asks]).text == "\n不收费"
    assert answered_of([]).responses == ()


def test_a_second_reading_counts_as_unsaid() -> None:
    own = Response(OWN_RESPONSE, "也可能")
    outcome = Outcome(texts=["好嘞", "也可能"], responses=[BEGUN, own])

    left = without(outcome, {OWN_RESPONSE})
    assert (list(left.texts), list(left.responses)) == (["好嘞"], [BEGUN])


def _made_up(file: str) -> list[Message]:
    """Return messages whose right question fits by 0.9, and others that fit less."""
    right = Missed({"own": 0.9, "a:b": 0.1}, is_right=True, is_missed=True, mends=True)
    wrong = [Missed({"own": own, "a:b": 0.1}) for own in (0.1, 0.2, 0.3)]
    return [Message(file, (right, *wrong)), Message(file, tuple(wrong)), Message(file, ())]


def test_weights_are_of_features_as_they_are() -> None:
    messages = _made_up("a") * 20
    names = names_of(messages)
    model = fitted(messages, names)
    weights = weights_of(model, names)
    rows = messages[0].missed
    features = matrix(rows, names)

    assert features.shape == (4, 2)
    judged = [
        1 / (1 + math.exp(-weights["bias"] - sum(weights[n] * row.features[n] for n in names)))
        for row in rows
    ]
    assert judged == pytest.approx(model.predict_proba(features)[:, 1].tolist())
    assert judged[0] > max(judged[1:])


def test_the_file_of_weights_is_sorted_and_short() -> None:
    made = list(lines({"b": 0.0049, "a:b": -0.4, "bias": -6.0876, "a": 0.005}, 12))

    assert made[2:] == ["bias: -6.088", "a: 0.005", '"a:b": -0.400']
    assert made[1] == "# By tools/second_reading.py from 12 messages of dialogues."
    committed = (ROOT / "data/common/second_reading.yml").read_text("utf-8").splitlines()
    assert made[0] == committed[0]


def test_figures_are_of_files_that_were_not_learnt() -> None:
    found = figures([message for file in "abcdefgh" for message in _made_up(file) * 9])

    assert (found["messages"], found["files"]) == (216, 8)
    shown = found["by_threshold"]
    assert list(shown) == [str(one) for one in THRESHOLDS]
    assert shown["0.1"]["right"] == shown["0.1"]["mended"] == 72


def test_where_nothing_was_missed_nothing_is_learnt() -> None:
    with pytest.raises(OperationFailed, match="nothing to learn"):
        fitted([Message("a", (Missed({"own": 0.3}),))], ["own"])
    with pytest.raises(OperationFailed, match="two files"):
        figures(_made_up("a"))


# several, so that one that the product learns to answer at once does not end the test
MISSED = {
    "公司撑不住了打算注销 还欠供货商八万没给": "资不抵债",
    "股东意见不合 我占40 能自己把公司注销不": "持有10%以上",
    "个体户开了几年了 想把执照销了 执照早找不着了": "无法缴回",
    "可我这个体户确实有两年没报过了 网上查显示经营异常": "不能走简易注销",
}
FITTING = ("own", "own_squared", "whole", "matter", "both", "of_all", "joined")
"""Features of how well a question fits."""

DIALOGUES = [
    *(
        {"name": text, "steps": [{"user": text, "says": [said]}, {"user": "谢谢"}]}
        for text, said in MISSED.items()
    ),
    {
        "name": "A plain question",
        "steps": [
            {"user": "食品经营许可证去哪办", "says_any": ["窗口", "大厅"]},
            {"user": "谢谢"},
        ],
    },
]


@pytest.mark.long
@pytest.mark.thorough
@pytest.mark.model
def test_dialogues_become_weights_and_figures(
    application: App,
    trained_model: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [tmp_path / name for name in ("a.yml", "b.yml")]
    for file in files:
        file.write_text(yaml.safe_dump(DIALOGUES, allow_unicode=True), encoding="utf-8")

    main([str(file) for file in files])
    printed = capsys.readouterr().out
    counted = re.search(r"from (\d+) messages of dialogues\.", printed)
    assert counted is not None
    learnt_from = int(counted[1])
    assert len(files) < learnt_from <= len(files) * len(DIALOGUES)
    weights = yaml.safe_load(printed)
    assert weights["bias"] < 0
    # they go together, so that one alone may weigh less than nothing
    assert sum(weights.get(name, 0.0) for name in FITTING) > 0

    main(["--figures", *map(str, files)])
    found = json.loads(capsys.readouterr().out)
    assert (found["messages"], found["files"]) == (learnt_from, 2)
    assert found["by_threshold"]["0.04"]["mended"] >= len(files)
