"""The model of many classes solves the same equations as a direct solution does."""

import numpy as np

from bot.meaning import Meanings
from bot.services.finding.linear_ranker import Example
from bot.services.finding.matter_features import FeatureReader
from bot.services.finding.ranker_of_many import MEANING, train_many
from tests.catalogue_files import MODELS

PENALTY = 2.0
TEXTS = [
    (f"{who}{what}{end}", number)
    for number, what in enumerate(("执照丢了咋补", "公章要不要备案", "注销要公示几天"))
    for who in ("我", "俺", "我们公司", "老板", "那家店")
    for end in ("", "啊", "呢")
]


def test_it_scores_as_the_direct_solution_does() -> None:
    reader, meanings = FeatureReader({}), Meanings(MODELS).of([text for text, _ in TEXTS])
    examples = [
        Example(reader.read(text), (number,), meaning=meaning)
        for (text, number), meaning in zip(TEXTS, meanings, strict=True)
    ]
    model = train_many(examples, 3, PENALTY)

    middle = meanings.mean(axis=0)
    rows = np.zeros((len(TEXTS), len(model.vocabulary.columns)), dtype=np.float64)
    for row, example in enumerate(examples):
        columns, values = model.vocabulary.vector(example.features)
        rows[row, columns] = values
    both = np.hstack([rows, MEANING * (meanings - middle)])
    goals = np.eye(3)[[number for _, number in TEXTS]]
    kernel = both @ both.T
    expected = kernel @ np.linalg.solve(kernel + PENALTY * np.eye(len(TEXTS)), goals)
    scored = [
        model.scores(example.features, meaning)
        for example, meaning in zip(examples, meanings, strict=True)
    ]
    np.testing.assert_allclose(np.stack(scored), expected, atol=0.02)
    assert [int(one.argmax()) for one in scored] == [number for _, number in TEXTS]
