"""A derivation as LaTeX that every notebook draws: one `aligned` between `$$`, a row under the other.

Jupyter and Colab draw with MathJax, VS Code and marimo with KaTeX. What only one of them knows is left out: code stands
in `\\mathtt`, since MathJax shows the backslash of `\\text{a\\_b}` and KaTeX refuses `\\text{a_b}`; and `<` is `\\lt`,
for nbconvert puts a formula into a page as it is.
"""

from __future__ import annotations

from scalarnn.notebook.screen import first_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["aligned", "code", "words"]

# What means something else in a formula.
LETTERS = {letter: f"\\{letter}" for letter in "_#%&{}$"}
LETTERS |= {letter: f"{{{letter}}}" for letter in "-*=/:,+|"}  # no space around what is no sign here
LETTERS |= {" ": "\\ ", "\\": "\\backslash ", "'": "\\text{'}", '"': '\\text{"}', "^": "\\wedge ", "~": "\\sim "}
LETTERS |= {"<": "{\\lt}", ">": "{\\gt}", "`": "\\text{`}"}


def code(text: str) -> str:
    """A line of code as part of a formula.

    Examples:
        >>> print(code("w_i = x < 2"))
        \\mathtt{w\\_i\\ {=}\\ x\\ {\\lt}\\ 2}
    """
    return f"\\mathtt{{{''.join(LETTERS.get(letter, letter) for letter in text)}}}"


def words(text: str) -> str:
    """Words in a formula.

    Examples:
        >>> print(words("since z > 0"))
        \\text{since z ＞ 0}
    """
    plain = text.translate(str.maketrans("<>&_$%#{}\\^~", "＜＞＆＿＄％＃（）＼＾～"))
    return f"\\text{{{plain}}}"


def aligned(rows: Iterable[str], all_of_it: str) -> str:
    """Rows of LaTeX, one under the other from the left, as what `_repr_latex_` gives.

    Args:
        rows: without `&` and without line ends; the first of them stand there, if there are very many.
        all_of_it: what shows the rest.

    Examples:
        >>> print(aligned(["z = s + b", "z < 0"], "print(solution)"))
        $$\\begin{aligned}
        & z = s + b \\\\
        & z \\lt  0
        \\end{aligned}$$
    """
    shown, rest = first_rows(rows)
    if rest:
        shown.append(words(f"… {rest} more rows: {all_of_it}"))
    body = " \\\\\n".join(f"& {row.replace('<', chr(92) + 'lt ').replace('>', chr(92) + 'gt ')}" for row in shown)
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"
