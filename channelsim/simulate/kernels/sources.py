"""A digest of the kernels' sources, to be a part of the key of everything they leave in the cache.

numba compiles anew when the file of the cached function has changed, but does not look at those it
imports. It does look at the values that a function closes over.
"""

from hashlib import blake2b
from pathlib import Path
from typing import Final

_FILES = sorted(Path(__file__).parent.glob("*.py"))

SOURCES: Final = int.from_bytes(
    blake2b(b"".join(file.read_bytes() for file in _FILES), digest_size=6).digest()
)
"""Never 0 in practice, so that asserting it costs nothing."""
