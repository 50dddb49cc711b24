#!/bin/sh
# A weight in an .xlsx is replaced by a program: LibreOffice shows the old loss, though the file says to compute it anew.
#
# Expected: <calcPr fullCalcOnLoad="1"/> makes a spreadsheet program compute every formula when the file is opened, as the
#           standard says and as files that openpyxl writes say; and a file that names no maker is not trusted.
# Happens:  A1 is 3, B1 is =A1*A1 with 4 stored from A1 = 2: LibreOffice saves 4. Without a stored result it saves 9.
# Why:      on load it computes formulas without a result alone; all of them only if its settings say "always"
#           (Tools, Options, Calc, Formula, Recalculation on File Load), whatever the file asks for.
# Version:  LibreOffice 7.4.7.2 (Debian 12)
# Source:   ECMA-376 part 1, 18.2.2 calcPr, fullCalcOnLoad; help.libreoffice.org, Recalculation on File Load
set -eu
command -v soffice >/dev/null || { echo "needs LibreOffice Calc: apt-get install libreoffice-calc"; exit 1; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > make.py <<'PYTHON'
import re, sys, zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

def parts(result):
    yield "[Content_Types].xml", (f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType='
        f'"{KIND}.sheet.main+xml"/><Override PartName="/xl/s.xml" ContentType="{KIND}.worksheet+xml"/></Types>')
    yield "_rels/.rels", (f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    yield "xl/workbook.xml", (f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
        '<calcPr fullCalcOnLoad="1"/></workbook>')
    yield "xl/_rels/workbook.xml.rels", (f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="s.xml"/></Relationships>')
    yield "xl/s.xml", (f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>A1*A1</f>{result}</c>'
        "</row></sheetData></worksheet>")

for name, result in (("stored", "<v>4</v>"), ("empty", "")):
    with zipfile.ZipFile(f"{name}.xlsx", "w") as book:
        for part, text in parts(result):
            book.writestr(part, text)
PYTHON
"${PYTHON:-python3}" make.py
soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to csv stored.xlsx empty.xlsx >log 2>&1 ||
    { cat log; exit 1; }
echo "3, =A1*A1 with 4 stored: $(cat stored.csv)"
echo "3, =A1*A1 with nothing:  $(cat empty.csv)"
test "$(cat stored.csv)" = 3,4
test "$(cat empty.csv)" = 3,9
