"""What fills the ports: recognisers, diarizers, the utterance classifier, their training and weights."""
