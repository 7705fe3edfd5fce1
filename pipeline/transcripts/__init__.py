"""Transcripts as input: files of many makers to one `Session`. docs/formats.md shows an example of each."""

from pipeline.transcripts.reading import FORMATS, read_transcript

__all__ = ["FORMATS", "read_transcript"]
