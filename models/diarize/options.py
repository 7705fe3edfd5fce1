"""What a run says of its diarizer."""

RESEMBLYZER = "resemblyzer"
PYANNOTE = "pyannote"

BY_VOICE = "resemblyzer-spectral-5"
"""Names the way voices are told apart; raised when results change, so that stored recordings are heard again."""
