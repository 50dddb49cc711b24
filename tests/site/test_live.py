"""Python for the page: what is packed comes out again, and only a book that asks for it has it."""

import base64
import gzip
import importlib.util
import io
import json
import re
import tarfile
import zipfile

import pytest

for tool in ("markdown", "pymdownx"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"{tool} missing; install the extra 'docs'", allow_module_level=True)

from docs.extensions import live  # noqa: E402
from docs.extensions.errors import BookError  # noqa: E402
from tests.site.visits import reading  # noqa: E402

DOUBLED = """() => new Promise(done => {
    const code = "onmessage = event => postMessage(2 * event.data)";
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`, { type: "module" });
    worker.onmessage = event => done(event.data);
    setTimeout(() => done("no answer"), 5000);
    worker.postMessage(21);
})"""


def unpacked(texts):
    """What the page makes of the scripts: each holds base64 by itself."""
    data = b""
    for n, text in enumerate(texts):
        number, piece = re.fullmatch(r'scalarnn\.packed\[(\d+)\] = "([A-Za-z0-9+/=]+)";\n', text).groups()
        assert int(number) == n
        data += base64.b64decode(piece, validate=True)
    head, _, rest = gzip.decompress(data).partition(b"\n")
    found = {}
    for name, length in json.loads(head):
        found[name], rest = rest[:length], rest[length:]
    assert not rest
    return found


def zipped(files, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def some_files():
    module = "import.meta.url; import.meta.url; import.meta.url; export default _createPyodideModule;"
    files = dict.fromkeys(live.FILES, b"\x00\n\xff" * 20)
    files["pyodide-lock.json"] = b'{"info": {"python": "3"}, "packages": {"numpy": {}}}'
    return files | {"pyodide.asm.mjs": module.encode(), "python_stdlib.zip": zipped({"ast.py": "x = 1\n" * 99})}


@pytest.mark.parametrize(("size", "is_one"), [(50, False), (203, False), (live.PART, True)])
def test_what_is_packed_comes_out_again(monkeypatch, size, is_one):
    monkeypatch.setattr(live, "PART", size)
    files = live.prepared(some_files(), zipped({"scalarnn/__init__.py": ""}))
    texts = live.parts(files)
    assert (len(texts) == 1) == is_one
    assert unpacked(texts) == files


def test_a_script_takes_the_place_of_the_module():
    files = live.prepared(some_files(), zipped({}))
    script = files["pyodide.asm.js"].decode()
    assert "import.meta" not in script
    assert "export" not in script
    assert json.loads(files["lock.json"]) == {"info": {"python": "3"}, "packages": {}}
    with zipfile.ZipFile(io.BytesIO(files["python_stdlib.zip"])) as archive:
        assert archive.read("ast.py") == b"x = 1\n" * 99
        assert archive.getinfo("ast.py").compress_type == zipfile.ZIP_STORED


def test_a_module_that_has_changed_is_refused():
    files = some_files()
    files["pyodide.asm.mjs"] = files["pyodide.asm.mjs"].replace(b"export default", b"export")
    with pytest.raises(BookError, match="not as expected"):
        live.prepared(files, zipped({}))


def test_another_package_than_the_pinned_one_is_refused(monkeypatch, tmp_path):
    def another(_command, folder):
        with tarfile.open(folder / "pyodide.tgz", "w:gz") as archive:
            archive.add(__file__, "package/pyodide.js")

    monkeypatch.setattr(live.shutil, "which", lambda name: name)
    monkeypatch.setattr(live, "_run", another)
    with pytest.raises(BookError, match="another file than the pinned one"):
        live.fetched(tmp_path)


def test_without_npm_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(live.shutil, "which", {}.get)
    with pytest.raises(BookError, match="npm is missing"):
        live.fetched(tmp_path)


@pytest.mark.parametrize("asked", ["", "0", "1"])
def test_only_a_book_that_asks_for_it_has_it(monkeypatch, tmp_path, asked):
    assets, packed = tmp_path / "assets", tmp_path / "packed"
    (assets / "javascripts").mkdir(parents=True)
    (assets / "live").mkdir()
    (assets / "live" / "of-an-earlier-build.js").touch()
    monkeypatch.setattr(live, "ASSETS", assets)
    monkeypatch.setattr(live, "PACKED", packed)
    monkeypatch.setenv("BOOK_LIVE", asked)
    if asked == "1":
        with pytest.raises(BookError, match=r"run python3 -m docs\.extensions\.live first"):
            live.write_files()
    packed.mkdir()
    for n, text in enumerate(live.parts({"a": b"1"})):
        (packed / f"part-{n}.js").write_text(text, encoding="ascii")
    live.write_files()
    names = sorted(str(file.relative_to(assets)) for file in assets.rglob("*.js"))
    assert names == (["javascripts/live.js", "live/part-0.js"] if asked == "1" else [])
    assert ("<scalar-python" in live.python()) == (asked == "1")


def test_a_worker_whose_code_is_in_its_address_starts(browser, address):
    """From a file too, where the book puts another in the place of the browser's own workers, for the search."""
    with reading(browser, address) as reader:
        reader.open("own-code.html")
        assert reader.page.evaluate(DOUBLED) == 42


def test_what_was_packed_here_is_whole():
    if not live.PACKED.is_dir():
        pytest.skip("Python for the page is not packed here: python3 -m docs.extensions.live, which needs npm")
    texts = [
        (live.PACKED / f"part-{n}.js").read_text(encoding="ascii") for n in range(len(list(live.PACKED.iterdir())))
    ]
    files = unpacked(texts)
    assert files["pyodide.asm.wasm"].startswith(b"\0asm")
    with zipfile.ZipFile(io.BytesIO(files["scalarnn.whl"])) as archive:
        assert "scalarnn/commands/typed.py" in archive.namelist()
