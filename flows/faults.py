"""What is told of a fault of asktell's own."""

import traceback
from pathlib import Path


def fault_line(path: Path, error: Exception) -> str:
    """One line that names the file and where the fault happened; the error's own message could hold words."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    bug = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
    return f"{path}: failed on a fault of asktell's own ({bug}). Please report it."
