"""Fitting, on conversations held out from training, what turns raw scores into probabilities and decisions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from models.classify.classifier import EncoderClassifier, Reading, Settings
from models.classify.network import ATTRIBUTES
from models.training.augment import strip_unit
from models.training.corpus import Conversation, Example, manager_examples, rep_examples
from pipeline.codes import ATTRIBUTE_CODES, CODES, Attribute

RAW = Settings(temperature=1.0, thresholds=(0.5,) * len(ATTRIBUTES), rep_commitment=0.5)
"""Settings before anything was fitted."""


def fit_settings(raw: EncoderClassifier, held_out: Sequence[Conversation]) -> Settings:
    """Temperature and thresholds for a classifier that has `RAW` settings and has not seen the conversations.

    Each unit counts twice, as written and without case and marks.
    """
    examples = manager_examples(held_out)
    readings = raw.read([example.unit for example in examples])
    readings += raw.read([strip_unit(example.unit) for example in examples])
    temperature = fit_temperature(np.log([each.codes for each in readings]), _places([*examples, *examples]))
    thresholds = tuple(_attribute_threshold(attribute, [*examples, *examples], readings) for attribute in ATTRIBUTES)
    rep = rep_examples(held_out)
    place = ATTRIBUTES.index(Attribute.COMMITMENT)
    rep_odds = np.array([each.attributes[place] for each in raw.read([example.unit for example in rep])])
    rep_truth = np.array([Attribute.COMMITMENT in example.attributes for example in rep])
    return Settings(temperature, thresholds, best_threshold(rep_odds, rep_truth))


def fit_temperature(scores: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """The temperature that makes the true codes likeliest (Guo 2017); `scores` has shape (units, 12)."""
    units = np.arange(len(truth))

    def surprise(logarithm: float) -> float:
        return -float(log_softmax(scores / np.exp(logarithm), axis=1)[units, truth].mean())

    return round(float(np.exp(minimize_scalar(surprise, bounds=(-2.0, 2.0), method="bounded").x)), 4)


def best_threshold(probabilities: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The threshold of best F1 among 0.05, 0.10, … 0.95; ties go to the one nearest 0.5."""

    def f1(threshold: float) -> float:
        given = probabilities >= threshold
        total = given.sum() + truth.sum()
        return float(2 * (given & truth).sum() / total) if total else 0.0

    steps = [round(0.05 * step, 2) for step in range(1, 20)]
    return max(steps, key=lambda step: (round(f1(step), 6), -abs(step - 0.5)))


def _attribute_threshold(attribute: Attribute, examples: Sequence[Example], readings: Sequence[Reading]) -> float:
    place = ATTRIBUTES.index(attribute)
    pairs = [
        (reading.attributes[place], attribute in example.attributes)
        for example, reading in zip(examples, readings, strict=True)
        if example.code in ATTRIBUTE_CODES[attribute]
    ]
    return best_threshold(np.array([odds for odds, _ in pairs]), np.array([truth for _, truth in pairs], dtype=bool))


def _places(examples: Sequence[Example]) -> NDArray[np.int64]:
    return np.array([CODES.index(example.code) for example in examples if example.code])
