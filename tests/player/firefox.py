"""`python -m tests.player.firefox [N]`: the player in Firefox, by keys to the end and back, and N exercises bit by bit.

Outside CI, which has one browser.
"""

import shutil
import sys

from scalarnn import portable, scalar
from scalarnn.exercise import gallery
from scalarnn.player import as_data, mathematics, page, script
from tests.player.node import plain
from tests.player.test_same_bits import RUN, pairs
from tests.unrolled.firefox import in_firefox

WALK = """
const holder = document.createElement("main");
document.body.append(holder);
holder.innerHTML = given.element;
return new Promise((done) => {
  const player = holder.querySelector("scalar-player");
  const walk = () => {
    const press = (key, n) => {
      for (let k = 0; k < n; k++) player.shell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    };
    const last = player.stops.length - 1;
    press("ArrowRight", last);
    const there = [player.at === last, player.parts.position.textContent];
    press("ArrowLeft", last);
    done([...there, player.at === 0, scalarnn.repr(player.program.values().L)]);
  };
  player.open().then(walk);
});
"""


def main(n):
    """Print what was seen, and what differs."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        print("no Firefox here: Debian's package is firefox-esr")
        return 0
    scalar.use(portable)
    cases = pairs(range(n))
    texts = "const texts = (x) => (Array.isArray(x) ? x.map(texts) : scalarnn.repr(x));"
    before = "\n".join([mathematics(), script(), texts])
    asked = before + RUN.replace("answer(data.map", "return (given.map")
    version, found = in_firefox(firefox, asked, [as_data(exercise) for exercise, _ in cases])
    wrong = 0
    for (_, expected), got in zip(cases, found, strict=True):
        differ = any(plain(got["named"].get(name, "")) != plain(value) for name, value in expected.items())
        wrong += differ or got["named"] != got["recorded"] or got["wrong"] > 0
    print(version)
    print(f"{len(cases)} exercises, {wrong} with other bits")
    html = page(gallery.of_gallery("mazur"))
    element = html[html.index("<scalar-player") : html.index("</scalar-player>") + len("</scalar-player>")]
    _, walked = in_firefox(firefox, f"{before}{WALK}", {"element": element})
    print("by keys to the end and back:", walked)
    return 0 if not wrong and walked[0] and walked[2] else 1


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers or [200])))
