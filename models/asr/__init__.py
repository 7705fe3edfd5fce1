"""Speech to words: faster-whisper, else pocketsphinx."""

from models.asr.choose import Available, Choice, available, choose_recogniser, usable_devices
from models.asr.options import AsrOptions

__all__ = ["AsrOptions", "Available", "Choice", "available", "choose_recogniser", "usable_devices"]
