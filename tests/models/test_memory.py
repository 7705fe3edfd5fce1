"""Large blocks given back to the system."""

import subprocess
import sys

import pytest

from models.memory import give_back_large_blocks

# Once a block of 16 MB was free, glibc keeps later ones up to that size unless told otherwise.
_BLOCKS = """
import resource
import sys
import numpy as np
from models.memory import give_back_large_blocks

def resident_mb():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20

if sys.argv[1] == "given back":
    assert give_back_large_blocks()
np.ones(16 << 20, np.uint8)
before = resident_mb()
np.ones(12 << 20, np.uint8)
print(resident_mb() - before)
"""


@pytest.mark.skipif(not give_back_large_blocks(), reason="this C library has no mallopt to set")
def test_a_large_block_leaves_the_process_when_it_is_free() -> None:
    kept, given_back = (
        float(subprocess.run([sys.executable, "-c", _BLOCKS, how], check=True, capture_output=True, text=True).stdout)
        for how in ("kept", "given back")
    )
    assert given_back < 4 < 11 < kept
