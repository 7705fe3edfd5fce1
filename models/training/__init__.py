"""How the utterance models are trained: the corpus, its augmentation, the fitting and the recipe."""
