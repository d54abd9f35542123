"""The collector of cyclic garbage, and when it rests.

Does not belong here: freeing memory; what DuckDB may use stands in `sqlmesh_bridge.py`.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Leave cyclic garbage until afterwards; SQLMesh makes so many small objects that looking for it took a quarter."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
