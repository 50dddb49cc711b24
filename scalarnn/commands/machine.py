"""On what a training ran: which Python, which C library, and what that makes of exp, log, tanh, powers and the like.

+ − × ÷ √ give the same bits everywhere; these do not, not even with one library on two processors. So a saved
network says whose they were, and `check` can tell a changed network from another library. The portable functions are
the same on every machine, and so is their fingerprint: a word.
"""

from __future__ import annotations

import math
import os
import sys

from scalarnn import scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["PORTABLE", "machine", "machine_in_words"]

PORTABLE = "portable"

N_POINTS = 5000  # glibc with and without FMA differ in 6 of 10,000 exp
KEYS = ("python", "libm", "processor", "functions")


def machine() -> dict[str, str]:
    """This one, for a file.

    Returns:
        The Python, the library of its elementary functions, the processor, and a fingerprint of those functions: equal
        where they give the same bits, as far as some thousand numbers tell.

    Examples:
        >>> sorted(machine())
        ['functions', 'libm', 'processor', 'python']
    """
    name = {"cpython": "CPython", "pypy": "PyPy"}.get(sys.implementation.name, sys.implementation.name)
    version = ".".join(str(part) for part in sys.version_info[:3])
    return {
        "python": f"{name} {version}",
        "libm": _libm(),
        "processor": os.uname().machine if hasattr(os, "uname") else sys.platform,
        "functions": PORTABLE if scalar.is_portable() else _functions(),
    }


def machine_in_words(told: Any) -> str | None:
    """A machine from the notes of a file, in words; None if the notes are none.

    Examples:
        >>> machine_in_words({"python": "CPython 3.11.7", "libm": "glibc 2.36", "processor": "x86_64"})
        'CPython 3.11.7, glibc 2.36, x86_64'
    """
    if not isinstance(told, dict):
        return None
    words = [told[key][:40] for key in KEYS[:3] if isinstance(told.get(key), str)]
    if words and told.get("functions") == PORTABLE:
        words.append("portable functions")
    return ", ".join(words) or None


def _libm() -> str:
    """The C library and its version, if it tells."""
    try:
        found = os.confstr("CS_GNU_LIBC_VERSION")
        if found:
            return found
    except (AttributeError, OSError, ValueError):  # no glibc
        pass
    built_for = getattr(sys.implementation, "_multiarch", "")
    return "musl" if built_for.endswith("musl") else f"the libm of {sys.platform}"


def _functions() -> str:
    """Eight hexadecimal digits, of the bits of every function that a training takes from its machine.

    exp and expm1 for activations, log and log1p for losses, powers for Adam and decays, sine and cosine for data that
    are drawn; tanh for a network's neighbours. They are asked at numbers that are the same everywhere.
    """
    import struct
    import zlib

    crc = 0
    k = 1
    for _ in range(N_POINTS):
        k = k * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
        x = (k >> 11) / 2**53  # in [0, 1)
        z = 40 * x - 20
        of_exp = math.exp(z), math.expm1(z), math.tanh(z / 4), (x + 0.5) ** (k % 1000)
        bits = struct.pack("<8d", *of_exp, math.log(x + 2**-60), math.log1p(x), math.sin(z), math.cos(z))
        crc = zlib.crc32(bits, crc)
    return f"{crc:08x}"
