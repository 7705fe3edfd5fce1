"""How the process keeps memory that networks have used."""

import ctypes
import logging

_LOG = logging.getLogger(__name__)
_M_MMAP_THRESHOLD = -3
"""The number glibc's malloc.h gives this parameter of `mallopt`."""
LARGE_BYTES = 1 << 20


def give_back_large_blocks() -> bool:
    """Has blocks of a megabyte and more leave the process as soon as they are free; says whether that could be set.

    A network on the processor takes and frees blocks of many megabytes, batch after batch. By default glibc keeps
    those of up to 32 MB, and where small blocks come to lie between them the kept ones fit nothing any more: memory
    grows with a recording's length, at random. C libraries without `mallopt` (macOS, Windows, musl) stay as they are.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        _LOG.debug("this C library cannot be told to give large blocks back")
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES))
