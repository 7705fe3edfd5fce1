"""How well recordings are heard: who speaks when, how fast, in how much memory."""
