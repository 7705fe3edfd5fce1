"""Who speaks when."""

from models.diarize.choose import choose_diarizer, weights_here
from models.diarize.voices import VoiceDiarizer
from pipeline.ports import Diarization

__all__ = ["Diarization", "VoiceDiarizer", "choose_diarizer", "weights_here"]
