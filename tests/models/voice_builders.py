"""Vectors as the voice encoder makes them."""

import numpy as np


def voices(centres: int, each: int, spread: float, seed: int = 0) -> np.ndarray:
    """`each` vectors of length 1 around each of some random directions that never point apart, as the encoder's."""
    random = np.random.default_rng(seed)
    middles = np.abs(random.standard_normal((centres, 64)))
    cloud = np.repeat(middles, each, axis=0) + spread * random.standard_normal((centres * each, 64))
    return (cloud / np.linalg.norm(cloud, axis=1, keepdims=True)).astype(np.float32)
