"""Make scores into probabilities that come true as often as they say."""

import numpy as np
from scipy.optimize import minimize_scalar

_SHARPEST = 20.0


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return probabilities along the last axis, same shape as `scores`."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True))


def fit_sharpness(scores: np.ndarray, answers: np.ndarray) -> float:
    """Find the factor on the scores that makes their softmax most likely to be right.

    Args:
        scores: Scores of messages the model had not seen, (n_messages, n_intents).
        answers: Column of the right intent, (n_messages,) int.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks" (temperature scaling).
    """
    rows = np.arange(len(answers))

    def loss(sharpness: float) -> float:
        return float(-np.log(softmax(sharpness * scores)[rows, answers] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.1, _SHARPEST), method="bounded").x)
