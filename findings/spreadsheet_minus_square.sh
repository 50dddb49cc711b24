#!/bin/sh
# =EXP(-A1^2) for A1 = 3 is 8103 in one spreadsheet engine and 0.0001234 in another, and 8103 is what Excel means.
#
# Expected: -x^2 is -(x^2), as in mathematics, Python, JavaScript's libraries and in every engine that computes a workbook.
# Happens:  formulas computes (-3)^2 = 9, as Excel and LibreOffice do; pycel computes -9 from the same file. A Gaussian or a
#           squared error typed as in the book grows in one and falls in the other. =0-A1^2 is -9 in both.
# Why:      in a spreadsheet a minus in front binds tighter than ^. pycel's table of precedences says so too (unary 7, ^ 5),
#           but it then writes the formula as Python, exp(-_C_("A1") ** 2), where ** comes first.
# Version:  pycel 1.0b30, formulas 1.3.4, openpyxl 3.1.5
# Source:   Microsoft, "Calculation operators and precedence in Excel" (negation before ^); pycel/excelformula.py, precedences
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${PYTHON:-python3}" -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pycel==1.0b30 formulas==1.3.4 openpyxl==3.1.5
cd "$dir"
"$dir/venv/bin/python" -W ignore - 2> "$dir/log" <<'PYTHON' || { cat "$dir/log"; exit 1; }
import formulas
import openpyxl
from pycel import ExcelCompiler

texts = {"B1": "=-A1^2", "B2": "=EXP(-A1^2)", "B3": "=0-A1^2", "B4": "=2^3^2"}
book = openpyxl.Workbook()
book.active["A1"] = 3
for cell, text in texts.items():
    book.active[cell] = text
book.save("book.xlsx")

compiler = ExcelCompiler("book.xlsx")
by_pycel = {cell: float(compiler.evaluate(f"Sheet!{cell}")) for cell in texts}
solution = formulas.ExcelModel().loads("book.xlsx").finish().calculate()
by_formulas = {cell: float(solution[f"'[book.xlsx]SHEET'!{cell}"].value[0, 0]) for cell in texts}
for cell, text in texts.items():
    print(f"{text:12} pycel {by_pycel[cell]:<24} formulas {by_formulas[cell]}")
assert by_pycel["B1"] == -9 and by_formulas["B1"] == 9
assert by_pycel["B2"] < 0.001 and by_formulas["B2"] > 8000
assert by_pycel["B3"] == by_formulas["B3"] == -9
assert by_pycel["B4"] == by_formulas["B4"] == 64
PYTHON
