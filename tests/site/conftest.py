"""The book, built once; a small book for planted mistakes; and a browser that reaches no other host."""

from __future__ import annotations

import fcntl
import functools
import http.server
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.site.visits import CHROMIUM, chromium

ROOT = Path(__file__).resolve().parents[2]
os.environ["BOOK_CACHE"] = "no"  # what is tested is made here and now
SHOWN = ("source/neuron.md", "source/layer.md")
TOOLS = ("mkdocs", "material", "markdown_exec", "mkdocstrings", "mathjax", "py_mini_racer", "sympy")


def need_the_docs_tools() -> None:
    missing = [name for name in TOOLS if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"the book is not built here: {', '.join(missing)} missing; install the extra 'docs'")


def build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """A strict build, as a reader of the README would run it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "default"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def check_links(site: Path) -> subprocess.CompletedProcess[str]:
    """What comes after a build: every link of what was written."""
    command = [sys.executable, "-m", "docs.extensions.link_check", str(site)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, built strictly; BOOK names one that was built just now, so that it need not be built twice."""
    need_the_docs_tools()
    built = os.environ.get("BOOK")
    if built:
        return Path(built).resolve()
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # where all processes of this test run have theirs: one builds, the others wait
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site").exists():
            result = build(ROOT / "mkdocs.yml", folder / "half-built")
            assert result.returncode == 0, result.stdout + result.stderr
            (folder / "half-built").rename(folder / "site")
    return folder / "site"


@pytest.fixture
def build_page(tmp_path: Path) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Builds a book of one page and the two files that it leads to, under the real configuration."""
    need_the_docs_tools()
    from docs.extensions.player import write_files

    def run(text: str) -> subprocess.CompletedProcess[str]:
        write_files()
        for folder in ("assets", "extensions/templates"):
            shutil.copytree(ROOT / "docs" / folder, tmp_path / "docs" / folder, dirs_exist_ok=True)
        (tmp_path / "docs" / "source").mkdir(exist_ok=True)
        for page in SHOWN:
            shutil.copy(ROOT / "docs" / page, tmp_path / "docs" / page)
        (tmp_path / "docs" / "index.md").write_text(text, encoding="utf-8")
        pages = "".join(f"  - {page}\n" for page in ("index.md", *SHOWN))
        config = f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: docs\nnav:\n{pages}"
        (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
        result = build(tmp_path / "mkdocs.yml", tmp_path / "site")
        return result if result.returncode else check_links(tmp_path / "site")

    return run


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The book on a local server: its address."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; skipped with a reason where there is none."""
    need_the_docs_tools()
    pytest.importorskip("playwright.sync_api", reason="install the extra 'site' for browser tests")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with chromium() as running:
        yield running


@pytest.fixture(params=["server", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the book is read: from a server, and opened as files."""
    if request.param == "file":
        return site.as_uri() + "/"
    found: str = request.getfixturevalue("server")
    return found


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page of the built book but the one for missing pages, which only a server can show."""
    found = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    return sorted(name for name in found if name != "404.html")
