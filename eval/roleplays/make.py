"""Remakes every role-play recording and its truth from the written scripts: python -m eval.roleplays.make."""

import json
import sys
from pathlib import Path

from eval.roleplays.container import delay_ms, read_recording, write_recording
from eval.roleplays.mix import PER_MS, PlacedTurn, mix, place
from eval.roleplays.script import RolePlayError, Script, read_script
from eval.roleplays.truth import Count, manager_talk, non_directive, truth
from eval.roleplays.voices import speak

FOLDER = Path(__file__).parent
# Truth times are worth nothing if a codec shifts the sound under them.
MAX_DELAY_MS = 20.0
HEADER = f"{'recording':<22}{'style':<7}{'min':>5}{'kB':>6}{'manager talks':>15}{'non-directive':>15}{'delay ms':>10}"


def make(script: Script, folder: Path) -> str:
    """Write the recording and its truth into the folder; one line on what came out."""
    turns = place(script, speak)
    recording = mix(script, turns)
    path = folder / script.file_name
    write_recording(path, recording)
    heard = read_recording(path)
    late_ms = delay_ms(recording, heard)
    if abs(late_ms) > MAX_DELAY_MS:
        raise RolePlayError(f"{path.name}: comes back {late_ms:.0f} ms late, so its truth times would be wrong.")
    duration_ms = len(recording) // PER_MS
    _write_truth(path.with_suffix(".truth.json"), truth(script, turns, duration_ms))
    return _line(script, turns, duration_ms, path.stat().st_size, late_ms)


def _write_truth(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _line(script: Script, turns: tuple[PlacedTurn, ...], duration_ms: int, size: int, late_ms: float) -> str:
    return (
        f"{script.file_name:<22}{script.style:<7}{duration_ms / 60_000:>5.2f}{size / 1000:>6.0f}"
        f"{_share(manager_talk(turns)):>15}{_share(non_directive(turns)):>15}{late_ms:>10.1f}"
    )


def _share(count: Count) -> str:
    return "-" if count.share is None else f"{count.share:.2f}"


def main() -> int:
    """Remake the role-plays named on the command line, or all of them."""
    names = sys.argv[1:] or sorted(path.stem for path in (FOLDER / "scripts").glob("*.yaml"))
    print(HEADER)
    try:
        for name in names:
            print(make(read_script(FOLDER / "scripts" / f"{name}.yaml"), FOLDER), flush=True)
    except RolePlayError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
