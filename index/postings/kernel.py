"""Says who does the inner loops of a ranking: the C of ``_kernel.c``, or NumPy.

The C is built where On Record is installed with a C compiler and Python's headers. Ranking takes
some half as long by it, a whole answer a quarter less; and it is not needed: the answers are the
same. ``bm25``, ``scoring``, ``sentence_index`` and the ranker ask here which to take.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module

import numpy as np

#: What ``_kernel.c`` calls what its functions take and return. A build of another version is left
#: where the file has changed since, and is not used.
_VERSION = 4


def _is_built() -> bool:
    try:
        built = import_module("index.postings._kernel")
    except ImportError:
        return False
    # The C reads places as numbers of 64 bits; NumPy's have 32 on old machines.
    return built.VERSION == _VERSION and np.dtype(np.intp).itemsize == 8


#: Whether the C is there.
BUILT = _is_built()

_IN_C = ContextVar("in_c", default=BUILT)


def in_c() -> bool:
    """Return whether the C is to be taken here and now."""
    return _IN_C.get()


@contextmanager
def by_numpy() -> Iterator[None]:
    """Let NumPy do it until the block ends, in this thread: to compare the two."""
    before = _IN_C.set(False)
    try:
        yield
    finally:
        _IN_C.reset(before)
