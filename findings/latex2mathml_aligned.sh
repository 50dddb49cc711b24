#!/bin/sh
# latex2mathml makes a derivation in \begin{aligned} into one line with ampersands in it, and the page is no longer XML.
#
# Expected: aligned, the environment of every derivation inside $$...$$, is a table as align and split are, or is refused.
# Happens:  no error: the "&" come out as bare characters in <mi>, lines are mere breaks, and an XML or EPUB reader stops at
#           the first "&". The same text in align, align* or split is a well-formed table.
# Why:      aligned and gathered are not among the environments it knows, and an unknown environment is a plain row.
# Version:  latex2mathml 3.81.1
# Source:   latex2mathml/commands.py, MATRICES: has \align, \align*, \split, no \aligned
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check latex2mathml==3.81.1
"$dir/venv/bin/python" - <<'PYTHON'
from xml.etree import ElementTree

from latex2mathml.converter import convert


def look(environment):
    made = convert(rf"\begin{{{environment}}} z &= w x \\ a &= z \end{{{environment}}}")
    try:
        ElementTree.fromstring(made)
    except ElementTree.ParseError:
        return "<mtable" in made, False
    return "<mtable" in made, True


seen = {environment: look(environment) for environment in ("align", "align*", "split", "aligned", "gathered")}
for environment, (table, well_formed) in seen.items():
    print(f"{environment:9} a table: {table!s:6} well-formed XML: {well_formed}")
assert all(seen[environment] == (True, True) for environment in ("align", "align*", "split"))
assert all(seen[environment] == (False, False) for environment in ("aligned", "gathered"))
PYTHON
