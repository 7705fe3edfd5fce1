"""Three simple coders that the classifier has to beat."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.classify.classifier import has_bfloat16
from models.training.corpus import Example
from pipeline.codes import CODES, Code
from pipeline.ports import UnitInContext

_RULES: tuple[tuple[Code, re.Pattern[str]], ...] = tuple(
    (code, re.compile(pattern, re.I))
    for code, pattern in (
        (Code.LEADING_QUESTION, r"^(don't you|shouldn't you|wouldn't (it|you)|have you thought|why not)\b"),
        (Code.OPEN_QUESTION, r"^(what|how|why|tell me|walk me|help me understand|can you tell me)\b"),
        (Code.CLOSED_QUESTION, r"\?\W*$|^(did|do|does|is|are|was|were|have|has|can|will|when|who|which)\b"),
        (Code.REFLECTION, r"^(so you|so he|so she|so they|it sounds like|sounds like|you're saying|you feel)\b"),
        (Code.DIRECTIVE_ADVICE, r"\b(you (need|have|ought) to|you should|let's|make sure|i'd|if i were you|try)\b"),
        (Code.PRAISE, r"\b(great|good job|well done|nice|love[d]?|liked|brilliant|excellent|proud)\b"),
        (Code.JUDGMENT, r"\b(sloppy|lazy|weak|terrible|poor|never|wrong|bad|mess|useless)\b"),
        (Code.SUPPORT, r"\b(i believe|must have been|your call|up to you|sorry|i trust|i can help)\b"),
        (Code.TEACHING, r"\b(because|usually|always|when i was|the reason|people|customers|buyers)\b"),
        (Code.OBSERVATION, r"^(you|when you)\b"),
    )
)


class Coder(Protocol):
    """Gives units probabilities of the twelve codes."""

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        """Shape (units, 12), in the order of `CODES`."""
        ...


class RuleCoder:
    """Question marks and key words, the first rule that fits; at most three words that fit none are a backchannel."""

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        return np.array([[float(code is _by_rule(unit.text)) for code in CODES] for unit in units])


class WordCoder:
    """TF-IDF of words and word pairs of the unit and of the previous turn, with logistic regression."""

    def __init__(self, examples: Sequence[Example]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self._own = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"[\w']+|\?")
        self._previous = TfidfVectorizer(min_df=3, sublinear_tf=True)
        self._own.fit([example.unit.text for example in examples])
        self._previous.fit([example.unit.previous for example in examples])
        self._model = LogisticRegression(C=10, max_iter=500)
        self._model.fit(self._features([example.unit for example in examples]), _places(examples))

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        return np.asarray(self._model.predict_proba(self._features(units)))

    def _features(self, units: Sequence[UnitInContext]) -> object:
        from scipy.sparse import hstack

        own = self._own.transform([unit.text for unit in units])
        return hstack([own, 0.3 * self._previous.transform([unit.previous for unit in units])]).tocsr()


class FrozenCoder:
    """The published encoder's sentence vectors of unit and previous turn, with logistic regression."""

    def __init__(self, examples: Sequence[Example], encoder_folder: Path) -> None:
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        self._encoder = SentenceEncoder(encoder_folder)
        self._model = make_pipeline(StandardScaler(), LogisticRegression(C=0.02, max_iter=200))
        self._model.fit(self._features([example.unit for example in examples]), _places(examples))

    def probabilities(self, units: Sequence[UnitInContext]) -> NDArray[np.float64]:
        return np.asarray(self._model.predict_proba(self._features(units)))

    def _features(self, units: Sequence[UnitInContext]) -> NDArray[np.float32]:
        own = self._encoder.vectors([unit.text for unit in units])
        return np.concatenate([own, self._encoder.vectors([unit.previous for unit in units])], axis=1)


class SentenceEncoder:
    """The published encoder as it comes: means of its last layer, length one."""

    def __init__(self, encoder_folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        self._tokenizer = AutoTokenizer.from_pretrained(str(encoder_folder))
        self._model = AutoModel.from_pretrained(str(encoder_folder)).eval()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (texts, 384); at least one text."""
        different = sorted(set(texts), key=lambda text: (len(text), text))
        found: dict[str, NDArray[np.float32]] = {}
        for start in range(0, len(different), 64):
            group = different[start : start + 64]
            found |= zip(group, self._means(group), strict=True)
        return np.stack([found[text] for text in texts])

    def _means(self, texts: list[str]) -> NDArray[np.float32]:
        import torch

        read = self._tokenizer(texts, padding=True, truncation=True, max_length=64, return_tensors="pt")
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16("cpu")):
            hidden = self._model(**read).last_hidden_state.float()
        mask = read["attention_mask"].unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return np.asarray(torch.nn.functional.normalize(mean, dim=-1).numpy())


def _by_rule(text: str) -> Code:
    for code, pattern in _RULES:
        if pattern.search(text):
            return code
    return Code.BACKCHANNEL if len(text.split()) <= 3 else Code.OTHER


def _places(examples: Sequence[Example]) -> list[int]:
    return [CODES.index(example.code) for example in examples if example.code]
