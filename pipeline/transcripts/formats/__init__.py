"""One file for each way of writing transcripts; each holds a `FORMAT`, and being here is all it takes to be used."""
