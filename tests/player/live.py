"""`python -m tests.player.live`: Python in the page against Python here, from a server and from a file, in Chromium.

All printed figures, and the fifteen recordings with their written solutions; then a reader who types, errs and stops.
Outside CI: `python -m docs.extensions.live` has to have packed it, from npm.
"""

import contextlib
import functools
import hashlib
import inspect
import io
import json
import re
import sys
import tempfile
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scalarnn.player import mathematics, script, stylesheet
from scalarnn.player.assets import LIVE, scripts
from tests.site.visits import chromium

SAID = "scalar-python .live__said"
ENDLESS = "def f(x):\n    while True:\n        pass\n"


def figures():
    """Every printed figure, with what it is held against."""
    from scalarnn.cli import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        main(["reproduce", "--json"])
    return json.loads(printed.getvalue())


def runs():
    """Of each example: how many lines were recorded, a checksum of all their values, and one of the written solution.

    The names of a dict in the alphabet's order: that of locals() is another from Python to Python.
    """
    from scalarnn.tracing import solution
    from scalarnn.worked import EXAMPLES, load
    from scalarnn.worked.homework import recorded

    def in_order(value):
        if isinstance(value, dict):
            return [(name, in_order(value[name])) for name in sorted(value, key=str)]
        return [in_order(one) for one in value] if isinstance(value, (list, tuple)) else value

    found = {}
    for name in EXAMPLES:
        recording = recorded(load(name))
        sums = [hashlib.sha256(), hashlib.sha256(str(solution(recording)).encode())]
        lines = recording.lines()
        for line in lines:
            values = in_order([line.read, line.bound, line.value])
            text = re.sub(r" at 0x\w+", "", repr([line.source, line.number, line.depth, values]))
            sums[0].update(text.encode())
        found[name] = [len(lines), *(one.hexdigest() for one in sums)]
    return found


def there(page, function):
    """What a function of this file answers in the page's Python."""
    text = "import contextlib, hashlib, io, json, re\n" + inspect.getsource(function)
    code = f"{text}\njson.dumps({function.__name__}())"
    return json.loads(page.evaluate("code => document.querySelector('scalar-python').ask(code)", code))


def write_page(folder):
    """A page with the element and nothing else, as a build of the book lays it out."""
    from docs.extensions import live

    made = {"player": script(), "mathematics": mathematics(), "live": scripts(LIVE)}
    for name in ("javascripts", "live"):
        (folder / name).mkdir()
    for name, text in made.items():
        (folder / "javascripts" / f"{name}.js").write_text(text, encoding="utf-8")
    for file in live.PACKED.iterdir():
        (folder / "live" / file.name).write_bytes(file.read_bytes())
    loads = "".join(f'<script src="javascripts/{name}.js"></script>' for name in ("player", "live"))
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Python</title><style>{stylesheet()}</style>'
    (folder / "index.html").write_text(f"{head}<main>{live.element()}</main>{loads}", encoding="utf-8")


@contextlib.contextmanager
def served(folder):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def wait_for(page, words):
    page.wait_for_function(f"/{words}/.test(document.querySelector('{SAID}').textContent)", timeout=60_000)


def typed(page, text, arguments, words):
    """A function is typed and run, until the page says something."""
    page.fill("scalar-python textarea", text)
    page.fill("scalar-python input", arguments)
    page.click("scalar-python button >> text=Write it out")
    wait_for(page, words)
    return page.inner_text(SAID)


def look(page, address, here):
    """Yields what was looked at, and whether it is right."""
    foreign = []
    page.on("request", lambda one: foreign.append(one.url) if not one.url.startswith((address, "data:")) else None)
    page.goto(f"{address}/index.html")
    began = time.perf_counter()
    page.click("scalar-python button")
    wait_for(page, "Now the player|Written out|did not")
    seconds = time.perf_counter() - began
    wait_for(page, "Written out")
    yield (
        f"the first solution after {seconds:.1f} s, with its player",
        page.locator("scalar-python iframe").count() == 1,
    )
    for function in (figures, runs):
        began = time.perf_counter()
        found, expected = there(page, function), json.loads(json.dumps(here[function]))
        names = expected if isinstance(expected, dict) else range(len(expected))
        same = sum(found[name] == expected[name] for name in names)
        seconds = time.perf_counter() - began
        yield f"{same} of {len(expected)} {function.__name__} as here, in {seconds:.1f} s", same == len(found)
    yield typed(page, "def f(x):\n    return x +\n", "[1]", "line 2"), True
    yield typed(page, "def f(x):\n    return x / 0\n", "[1]", "line 2.*ZeroDivisionError"), True
    typed(page, ENDLESS, "[1]", "Python runs")
    page.click("scalar-python button >> text=Stop")
    wait_for(page, "Stopped")
    began = time.perf_counter()
    said = typed(page, "def f(x):\n    y = 2 * x\n    return y\n", "[3.0]", "Written out|did not")
    shown = page.inner_text(".live__solution")
    yield f"stopped, and after {time.perf_counter() - began:.1f} s: {said}", "= 6" in shown
    yield f"{len(foreign)} requests to others", not foreign


def main():
    """Print what was seen; 1 if something is wrong."""
    from docs.extensions import live  # here, for it wants the tools of the book

    if not live.PACKED.is_dir():
        print("nothing is packed: run python3 -m docs.extensions.live first")
        return 2
    here = {function: function() for function in (figures, runs)}
    wrong = 0
    with tempfile.TemporaryDirectory() as name, served(name) as address, chromium() as browser:
        write_page(Path(name))
        for place in (address, Path(name).as_uri()):
            print(f"Chromium {browser.version}, {place.partition(':')[0]}")
            for said, is_right in look(browser.new_page(), place, here):
                print(f"  {'' if is_right else 'WRONG: '}{said}", flush=True)
                wrong += not is_right
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
