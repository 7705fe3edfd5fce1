"""Turns into units: sentences by their marks, and by a trained boundary model where there are none."""

from models.units.splitter import TrainedSplitter, load_splitter

__all__ = ["TrainedSplitter", "load_splitter"]
