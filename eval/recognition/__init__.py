"""How many words are recognised, and how many of them are given to the right speaker."""
