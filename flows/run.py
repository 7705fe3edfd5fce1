"""One recording, transcript or session file to its scored session, doing only what has not been done."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from flows.code import Coder, Named, code_session
from flows.hear import Ears, Hearing, hear
from flows.inputs import Kind, kind_of
from flows.keys import digest
from flows.settings import Settings
from pipeline.audio import file_digest
from pipeline.rubric import Rubric
from pipeline.scoring import ScoringOptions, score
from pipeline.session_file import is_session_file, read_session
from pipeline.transcripts import read_transcript
from pipeline.values import Scored, Session


@dataclass(frozen=True, slots=True)
class Job:
    """Everything besides the file that decides a result."""

    settings: Settings
    rubric: Rubric
    coder: Coder
    ears: Ears | None
