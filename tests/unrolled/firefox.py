"""`python -m tests.unrolled.firefox [RUNS] [NUMBERS]`: unrolled programs and portable functions, bit by bit in Firefox.

A page of this machine runs them and posts what came out: so Firefox needs no driver. Outside CI, which has one browser.
"""

import json
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scalarnn import portable
from scalarnn.portable.javascript import FUNCTIONS, javascript
from scalarnn.unrolled import unroll
from tests.portable.test_javascript import SCRIPT, arguments_of, bits, here
from tests.unrolled.inputs import CASES
from tests.unrolled.test_javascript import REVIVE, WITH_PORTABLE, runs_of

__all__ = ["main"]

PATIENCE = 300  # seconds
PAGE = """<!doctype html><meta charset="utf-8"><title>bits</title><script>
const given = %s;
const answers = (answer) => fetch("/", { method: "POST", body: JSON.stringify(answer) });
addEventListener("load", () => Promise.resolve().then(() => { %s })
  .then((results) => answers({ version: navigator.userAgent, results }), (error) => answers({ error: `${error}` })));
</script>"""


def main(n_runs, n_numbers):
    """Print how many programs and numbers there were, and what differs."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        print("no Firefox here: Debian's package is firefox-esr")
        return 0
    portable.switch(True)
    wrong = 0
    for function in WITH_PORTABLE:
        program = unroll(function, *CASES[function])
        runs, expected = runs_of(program, CASES[function], n_runs)
        head = REVIVE[: REVIVE.index("const tables")]
        script = (
            f"{head}\n{program.javascript}\nreturn given.map((one) => {{ const decoded = decode(one); "
            f"const result = {program.name}(...decoded); return [encode(result), encode(decoded)]; }});"
        )
        version, results = in_firefox(firefox, script, runs)
        differ = sum(a != b for a, b in zip(results, expected, strict=True))
        print(f"{program.name:24} {len(runs)} runs, {differ} with other bits", flush=True)
        wrong += differ
    portable.switch(False)
    before, after = SCRIPT.split("const given")[0], SCRIPT[SCRIPT.index("const functions") : SCRIPT.index("console")]
    for name in FUNCTIONS:
        numbers = arguments_of(name, n_numbers, seed=7)
        asked = [[name, [[bits(x), *rest] for x, *rest in numbers]]]
        version, (results,) = in_firefox(firefox, f"{javascript()}{before}{after} return results;", asked)
        differ = sum(answer != here(name, one) for answer, one in zip(results, numbers, strict=True))
        print(f"{name:24} {len(numbers)} numbers, {differ} with other bits", flush=True)
        wrong += differ
    print(version)
    return 1 if wrong else 0


def in_firefox(firefox, script, given):
    """What the script returns in a page, which knows `given`; and what Firefox calls itself."""
    page = (PAGE % (json.dumps(given).replace("<", "\\u003c"), script)).encode()
    answers = queue.Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def do_POST(self):
            answers.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server, tempfile.TemporaryDirectory() as profile:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        command = [firefox, "--headless", "--no-remote", "--profile", profile, address]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                answer = answers.get(timeout=PATIENCE)
            finally:
                running.terminate()
                running.wait()
                server.shutdown()
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return answer["version"], answer["results"]


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [40, 400][len(given) :])))
