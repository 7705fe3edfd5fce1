"""Who speaks when."""

from models.diarize.values import Diarization
from models.diarize.voices import VoiceDiarizer

__all__ = ["Diarization", "VoiceDiarizer"]
