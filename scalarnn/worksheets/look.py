"""How worksheets and keys look: on A4 and Letter, in black and white, and on a screen, light and dark.

The paper's size is left to the printer; everything else is in millimetres and points.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["page_rules", "style"]

STYLE = """
body { background: var(--picture-paper); color: var(--picture-ink); font: 11pt/1.4 system-ui, "Segoe UI", Roboto,
  "Helvetica Neue", Arial, sans-serif; font-variant-numeric: lining-nums tabular-nums; margin: 0; }
main { margin: 0 auto; max-width: 180mm; padding: 5mm 4mm 15mm; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 14pt; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h3 { border-bottom: .3mm solid; break-after: avoid; font-size: 11pt; margin: 4mm 0 1.5mm; }
p { margin: 1mm 0; }
.remark { color: var(--picture-soft); }
.code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-weight: 700; letter-spacing: .05em;
  white-space: nowrap; }
.top { align-items: baseline; display: flex; flex-wrap: wrap; gap: 1mm 6mm; justify-content: space-between; }
.who { display: flex; flex-wrap: wrap; gap: 0 6mm; margin: 1mm 0 3mm; }
.who span { align-items: flex-end; display: flex; flex: 1 0 40mm; gap: 2mm; height: 10mm; }
.who span:first-child { flex-grow: 3; }
.who span::after, .blank { border-bottom: .3mm solid; content: ""; flex: 1; }
.task { align-items: start; break-inside: avoid; display: grid; gap: 2mm 8mm;
  grid-template-columns: minmax(0, 1fr) fit-content(45%); }
.task figure.picture { margin: 0; overflow: visible; }
.task .picture > svg { min-width: 0; }
.task .picture figcaption { margin: 0; }
.given { display: grid; gap: 1mm; margin: 0; }
.given div { display: grid; gap: 2mm; grid-template-columns: minmax(3em, max-content) auto; justify-content: start; }
.given dt { text-align: right; white-space: nowrap; }
.given dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.keys .given { display: flex; flex-wrap: wrap; gap: 1mm 6mm; margin: 2mm 0; }
.keys .given div { grid-template-columns: auto auto; }
.line { break-inside: avoid; margin: 0 0 2mm; }
.line.long { break-inside: auto; }
.formula { break-after: avoid; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
.steps { display: flex; font-size: 10.5pt; flex-wrap: wrap; gap: 0 4mm; list-style: none; margin: 0;
  padding: 0 0 0 4mm; }
.steps li { break-inside: avoid; overflow-wrap: anywhere; }
.open li { align-items: flex-end; box-sizing: border-box; display: flex; flex: 1 0 44%; flex-wrap: wrap; gap: 0 1.5mm;
  max-width: 100%; min-height: 9mm; padding-top: .5mm; }
.open li.wide { flex-basis: 100%; }
.blank { height: 8.5mm; min-width: 18mm; }
.room { align-items: flex-end; display: flex; flex: 1; gap: 1.5mm; min-width: min(60mm, 100%); }
.room .blank:last-child { flex: 0 0 32%; }
.blank, .given dd { position: relative; }
.unseen { clip-path: inset(50%); height: 1px; left: 0; overflow: hidden; position: absolute; top: 0;
  white-space: nowrap; width: 1px; }
.worked { display: block; }
.index { overflow-x: auto; }
.index span { white-space: nowrap; }
table { border-collapse: collapse; margin: 3mm 0; }
th, td { border-bottom: .2mm solid var(--picture-rule); padding: .8mm 5mm .8mm 0; text-align: left; }
a { color: inherit; }
article { border-top: .3mm dashed var(--picture-soft); margin-top: 10mm; padding-top: 8mm; }
@media (max-width: 40rem) { .task { grid-template-columns: minmax(0, 1fr); } .open li { flex-basis: 100%; } }
@media print {
  :root { --picture-paper: #fff; --picture-panel: #fff; --picture-ink: #000; --picture-soft: #000;
    --picture-rule: #777; }
  main { max-width: none; padding: 0; }
  .screen { display: none; }
  article { border: 0; break-before: page; margin: 0; padding: 0; }
  article:first-of-type { break-before: auto; }
  .keys article, .keys .steps { font-size: 9.5pt; }
  .keys article:first-of-type { break-before: page; }
}
@page { margin: 14mm 15mm 17mm; }
"""


SMALL = "font: 9pt sans-serif;"


def style() -> str:
    """The rules that do not hang on what stands on the pages."""
    return STYLE


def page_rules(codes: Iterable[str], what: str) -> str:
    """For each code pages of its own kind, which bear it at the foot and are numbered from 1.

    Each kind of page has a counter of its own: Chromium does not set back the one called page.

    Args:
        codes: letters and dashes.
        what: what the pages are, such as "Sheet".
    """
    rules = []
    for code in codes:
        rules.append(
            f"#{code} {{ page: {code}; }}\n"
            f'@page {code} {{ counter-increment: {code}; @bottom-left {{ content: "{what} {code}"; {SMALL} }} '
            f'@bottom-right {{ content: "Page " counter({code}); {SMALL} }} }}'
        )
    return "\n".join([*rules, ""])
