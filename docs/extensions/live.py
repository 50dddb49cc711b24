"""Python for the page *Write out your own function*: packed by a command, taken into the book if BOOK_LIVE is set.

    python3 -m docs.extensions.live         get Python for browsers from npm, and pack it with this checkout's package
    BOOK_LIVE=1 python3 -m mkdocs build     the book with it

The package from npm is pinned, with the checksum of its archive; it is never committed. All is packed into scripts that
hold text, for a page that was opened as a file can load nothing else.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from docs.extensions.code import ROOT
from docs.extensions.errors import BookError
from scalarnn.player.assets import LIVE, scripts

PACKAGE = "pyodide@314.0.7"
SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
PACKED = ROOT / ".cache" / "live"
ASSETS = ROOT / "docs" / "assets"
PART = 1_000_000  # bytes of a script, about
SECTION = """## In the page

Python itself can run in this page: type a function, see it written out, and walk through it. Nothing leaves your
machine, and it is the same package that runs. In a terminal the same is done by `python3 -m scalarnn show
FILE.py:FUNCTION`, as above.
"""
FILES = ("pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def fetched(folder: Path) -> dict[str, bytes]:
    """The files of the pinned package, from npm.

    Args:
        folder: where npm may write.

    Raises:
        BookError: there is no npm, it cannot get the package, or the package is another one.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise BookError("npm is missing: install Node.js, which has it")
    _run([npm, "pack", "--loglevel=error", PACKAGE], folder)
    archive = next(folder.glob("*.tgz")).read_bytes()
    found = hashlib.sha256(archive).hexdigest()
    if found != SHA256:
        raise BookError(f"{PACKAGE} is another file than the pinned one: expected SHA-256 {SHA256}, got {found}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return {name: files.extractfile(f"package/{name}").read() for name in FILES}


def wheel(folder: Path) -> bytes:
    """The wheel of this checkout."""
    _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], folder)
    return next(folder.glob("scalarnn-*.whl")).read_bytes()


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no reason given").splitlines()[0]
        raise BookError(f"{Path(command[0]).stem} {' '.join(command[1:4])}: {said}")


def prepared(files: dict[str, bytes], package: bytes) -> dict[str, bytes]:
    """The files as the worker takes them.

    The module becomes a script; the list of other packages goes; zipped files are stored, since all is compressed once.
    """
    module = files["pyodide.asm.mjs"].decode()
    end = "export default _createPyodideModule;"
    if module.count("import.meta.url") != 3 or module.count(end) != 1:
        raise BookError(f"{PACKAGE}: pyodide.asm.mjs is not as expected")
    module = module.replace("import.meta.url", '"https://packed.invalid/"')
    module = module.replace(end, "globalThis.createPyodideModule = _createPyodideModule;")
    lock = json.loads(files["pyodide-lock.json"]) | {"packages": {}}
    return {
        "pyodide.js": files["pyodide.js"],
        "pyodide.asm.js": module.encode(),
        "pyodide.asm.wasm": files["pyodide.asm.wasm"],
        "python_stdlib.zip": stored(files["python_stdlib.zip"]),
        "lock.json": json.dumps(lock).encode(),
        "scalarnn.whl": stored(package),
    }


def stored(archive: bytes) -> bytes:
    """A zip without compression, of the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), old.read(entry))
    return made.getvalue()


def parts(files: dict[str, bytes]) -> list[str]:
    """The files as scripts: a line of names and lengths before them, all compressed, in pieces of text.

    Examples:
        >>> parts({"a": b"1"})[0][:32]
        'scalarnn.packed[0] = "H4sIAAAAAA'
    """
    head = json.dumps([[name, len(data)] for name, data in files.items()]) + "\n"
    packed = base64.b64encode(gzip.compress(head.encode() + b"".join(files.values()), mtime=0)).decode()
    size = PART // 4 * 4  # each piece is base64 by itself
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    return [f'scalarnn.packed[{n}] = "{piece}";\n' for n, piece in enumerate(pieces)]


def pack() -> int:
    """Fill the folder PACKED, and say how large it is: the number of bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = parts(prepared(fetched(folder), wheel(folder)))
    beside = PACKED.with_suffix(".new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for n, text in enumerate(texts):
        (beside / f"part-{n}.js").write_text(text, encoding="ascii")
    shutil.rmtree(PACKED, ignore_errors=True)
    beside.rename(PACKED)
    return sum(map(len, texts))


# ---- in the book -----------------------------------------------------------------------------------------------------


def is_asked() -> bool:
    """Whether the book is built with Python in the page."""
    return os.environ.get("BOOK_LIVE", "") not in ("", "0", "no")


def write_files() -> None:
    """What was packed among the files of the book, if it is asked for; else nothing of it."""
    folder, element = ASSETS / "live", ASSETS / "javascripts" / "live.js"
    shutil.rmtree(folder, ignore_errors=True)
    element.unlink(missing_ok=True)
    if is_asked():
        _packed()
        shutil.copytree(PACKED, folder)
        element.write_text(scripts(LIVE), encoding="utf-8")


def python() -> str:
    """The element; nothing if it is not asked for."""
    return element() if is_asked() else ""


def section() -> str:
    """What is said before the element, where it is."""
    return SECTION if is_asked() else ""


def element() -> str:
    """The element, with what it will load."""
    files = _packed()
    size = f"{sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
    label = f"Write Python here and have it written out ({size}, loaded once)"
    button = f'<button type="button" class="player__open">{label}</button>'
    name, _, version = PACKAGE.partition("@")
    source = f'<a href="https://github.com/pyodide/pyodide/tree/{version}">{name.capitalize()} {version}</a>'
    whose = f"<p>Python for browsers is {source}, under the Mozilla Public License, version 2.0.</p>"
    return f'<scalar-python size="{size}" parts="{len(files)}">{button}</scalar-python>{whose}\n'


def _packed() -> list[Path]:
    files = list(PACKED.glob("part-*.js"))
    if not files:
        raise BookError("BOOK_LIVE is set and nothing is packed: run python3 -m docs.extensions.live first")
    return files


if __name__ == "__main__":
    try:
        print(f"{PACKED.relative_to(ROOT)}: {pack() / 1e6:.1f} MB; now BOOK_LIVE=1 python3 -m mkdocs build")
    except (BookError, OSError) as error:
        print(f"live: {error}", file=sys.stderr)
        sys.exit(2)
