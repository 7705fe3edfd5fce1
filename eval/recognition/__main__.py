"""`python -m eval.recognition`: word errors on recordings with known words, with and without the speakers."""

import argparse
import sys
from pathlib import Path

from eval.recognition.bare import side_by_side
from eval.recognition.report import bare_text, percent, stages_text, table_text
from eval.recognition.run import ROLEPLAYS, measure, spoken_in
from eval.recognition.stages import Stages
from models.asr import AsrOptions, choose_recogniser
from models.diarize import VoiceDiarizer
from pipeline.audio import decode

INTRODUCTION = Path(__file__).parent / "introduction.md"


def main() -> None:
    """Reads the command line, measures and prints Markdown on standard output."""
    parser = argparse.ArgumentParser(prog="python -m eval.recognition", description=__doc__)
    parser.add_argument("--asr", default="pocketsphinx", help="size, folder, hub id or pocketsphinx")
    parser.add_argument("--device", default="auto", choices=["auto", "cpu", "cuda"])
    parser.add_argument("--vocabulary", type=Path, help="file of domain words")
    parser.add_argument("--recordings", type=Path, default=ROLEPLAYS, help="folder with recordings and *.truth.json")
    parser.add_argument("--only", help="measure only recordings whose name holds this")
    parser.add_argument("--bare", type=Path, help="a recording: compare with the bare faster-whisper call instead")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of that comparison")
    parser.add_argument("--report", type=Path, help="Markdown file to write")
    chosen = parser.parse_args()
    if chosen.bare:
        print(bare_text(side_by_side(chosen.asr, decode(chosen.bare).audio, chosen.rounds)))
        return
    choice = choose_recogniser(AsrOptions(chosen.asr, chosen.device, chosen.vocabulary))
    recordings = [each for each in spoken_in(chosen.recordings) if not chosen.only or chosen.only in each.name]
    outcomes = []
    stages = Stages()
    for outcome in measure(recordings, choice.recogniser, VoiceDiarizer(), stages):
        outcomes.append(outcome)
        print(outcome.name, percent(outcome.words.wer), percent(outcome.by_speaker.wer), file=sys.stderr, flush=True)
    title = f"{choice.recogniser.engine} {choice.recogniser.model}"
    text = "\n\n".join([table_text(title, outcomes), stages_text(stages, sum(outcome.audio_s for outcome in outcomes))])
    print(text)
    if chosen.report:
        chosen.report.write_text(INTRODUCTION.read_text("utf-8") + "\n" + text + "\n", "utf-8")


if __name__ == "__main__":
    main()
