#!/bin/sh
# pandas, asked to find the separator of a table with the one column "species", splits it at the letter s.
#
# Expected: read_csv(sep=None) finds the separator from the rows, and one column without any is one column: here the numbers
#           below could settle it.
# Happens:  columns "Unnamed: 0", "pecie", "Unnamed: 2", the values in the first. "width" becomes "idth", "weight" "eight".
#           No warning; the column of targets, kept in a file of its own, has lost its name and has neighbours.
# Why:      only the first line is given to csv.Sniffer, and the Sniffer takes letters: any character that is there as often
#           in every line is a candidate, and one line has nothing to compare with.
# Version:  pandas 2.3.3, numpy 2.4.6; csv.Sniffer of CPython 3.11 and 3.13
# Source:   pandas/io/parsers/python_parser.py, csv.Sniffer().sniff(line); documentation of read_csv, sep
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pandas==2.3.3 numpy==2.4.6
"$dir/venv/bin/python" - <<'PYTHON'
import io

import pandas

seen = {}
for name in ("species", "width", "weight", "species;width"):
    row = ";".join("1.5" for _ in name.split(";"))
    table = pandas.read_csv(io.StringIO(f"{name}\n{row}\n{row}\n"), sep=None, engine="python")
    seen[name] = list(table.columns)
    print(f"{name:14} -> {seen[name]}")
assert seen == {
    "species": ["Unnamed: 0", "pecie", "Unnamed: 2"],
    "width": ["Unnamed: 0", "idth"],
    "weight": ["Unnamed: 0", "eight"],
    "species;width": ["species", "width"],
}
PYTHON
