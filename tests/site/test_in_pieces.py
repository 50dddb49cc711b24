"""A page that comes in pieces, as over a slow line: what is there already stands still while the rest arrives."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.site.visits import MOVED, NARROW, SETTLED, SHIFTS, WIDE, reading

RULE = "body:not(:has(.md-footer)) .md-typeset table"  # what keeps a table back until it is whole
WAIT = 30


class InPieces(http.server.SimpleHTTPRequestHandler):
    """Sends a page up to the first row of a table, and the rest when it is told to."""

    go: threading.Event
    keeps_the_rule: bool

    def do_GET(self) -> None:
        path = Path(self.directory) / self.path.lstrip("/")
        if path.suffix == ".html":
            first, rest = pieces(path.read_bytes())
            self._answer("text/html; charset=utf-8")
            self.wfile.write(first)
            self.go.wait(WAIT)
            self.wfile.write(rest)
        elif path.name == "book.css" and not self.keeps_the_rule:
            style = path.read_text(encoding="utf-8")
            assert RULE in style
            self._answer("text/css; charset=utf-8")
            self.wfile.write(style.replace(RULE, "body.never table").encode())
        else:
            super().do_GET()

    def _answer(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


def pieces(page: bytes) -> tuple[bytes, bytes]:
    at = page.index(b"</tr>", page.index(b"<tbody>")) + len(b"</tr>")
    return page[:at], page[at:]


@contextmanager
def served_in_pieces(site: Path, *, keeps_the_rule: bool) -> Iterator[tuple[str, threading.Event]]:
    go = threading.Event()
    kind = type("Handler", (InPieces,), {"go": go, "keeps_the_rule": keeps_the_rule})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(kind, directory=str(site))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/", go
        go.set()
        running.shutdown()
        thread.join()


def shifted(browser: Any, site: Path, name: str, width: int, *, keeps_the_rule: bool) -> float:
    """How far the page moved, once its first piece had been painted."""
    with (
        served_in_pieces(site, keeps_the_rule=keeps_the_rule) as (address, go),
        reading(browser, address, width=width) as reader,
    ):
        reader.page.add_init_script(SHIFTS)
        reader.page.goto(address + name, wait_until="commit")
        reader.page.wait_for_function("document.querySelector('.md-typeset tbody tr')")
        reader.page.evaluate(SETTLED)
        go.set()
        reader.page.wait_for_load_state("load")
        reader.page.evaluate(SETTLED)
        found: float = reader.page.evaluate("window.shifted")
        return found


@pytest.mark.parametrize(("first", "width"), [(0, WIDE), (2, NARROW)])
def test_a_table_that_comes_in_pieces_stands_still(
    browser: Any, site: Path, pages: list[str], first: int, width: int
) -> None:
    """Every fourth page wide and every fourth narrow; those of the API and the sources are of a kind."""
    of_the_book = [name for name in pages if not name.startswith(("source/", "api/"))]
    with_tables = [name for name in of_the_book if b"<tbody>" in (site / name).read_bytes()]
    assert len(with_tables) > 20
    moved = {name: shifted(browser, site, name, width, keeps_the_rule=True) for name in with_tables[first::4]}
    twice = {
        name: shifted(browser, site, name, width, keeps_the_rule=True) for name, far in moved.items() if far > MOVED
    }
    assert {name: (moved[name], far) for name, far in twice.items() if far > MOVED} == {}


def test_it_would_not_without_the_rule(browser: Any, site: Path) -> None:
    assert shifted(browser, site, "reference/conventions.html", WIDE, keeps_the_rule=False) > MOVED
