"""The stylesheet of the pictures, their colours, and the mark of each class.

Pictures name classes, never colours. The rules below give a class its colour through a variable with a fallback, such
as `var(--picture-ink, #22252a)`: a page that sets the variables decides, for light and dark and print.

stylesheet   all of it, light and dark as the reader's system says: for a page of its own, such as a report
rules        without the variables: for a site that sets them itself, as the book does
"""

from __future__ import annotations

from scalarnn.svg.text import place

__all__ = ["CLASSES", "DARK", "LIGHT", "MARKS", "mark", "rules", "stylesheet"]

# What is drawn: paper, ink, values (forward), gradients (back), weights by sign, and eight classes. The classes were
# chosen to stay apart in the eyes of people who see no red, no green or no blue; tests measure it.
LIGHT = {
    "paper": "#fdfcf9",
    "panel": "#f5f3ee",
    "rule": "#e2ded4",
    "ink": "#22252a",
    "soft": "#5a5f68",
    "value": "#0a5196",
    "gradient": "#a03a04",
    "plus": "#2d6a2e",
    "minus": "#6d3a96",
    "class-0": "#0a5196",
    "class-1": "#d1560a",
    "class-2": "#129a7d",
    "class-3": "#46145c",
    "class-4": "#4b4f45",
    "class-5": "#5669d6",
    "class-6": "#d36dbe",
    "class-7": "#292c29",
}
DARK = {
    "paper": "#15171b",
    "panel": "#1d2025",
    "rule": "#343840",
    "ink": "#e3e2de",
    "soft": "#a8adb6",
    "value": "#8bbcf2",
    "gradient": "#f3a871",
    "plus": "#9ccc97",
    "minus": "#cfa9f0",
    "class-0": "#8bbcf2",
    "class-1": "#f08c3c",
    "class-2": "#43be98",
    "class-3": "#a46ba8",
    "class-4": "#e6d85a",
    "class-5": "#3195f5",
    "class-6": "#ff95c1",
    "class-7": "#e8e8e8",
}
CLASSES = 8

# A mark for each class, about 7 units wide: where its outline starts from the middle, and the outline from there.
MARKS = [
    (-3.3, 0.0, "a3.3 3.3 0 1 1 0 .01z"),  # a disc
    (-3.0, -3.0, "h6v6h-6z"),  # a square
    (0.0, -4.0, "l4 7h-8z"),  # a triangle
    (0.0, -4.2, "l4.2 4.2-4.2 4.2-4.2-4.2z"),  # a diamond
    (0.0, 4.0, "l-4-7h8z"),  # a triangle on its tip
    (-1.3, -4.0, "h2.6v2.7h2.7v2.6h-2.7v2.7h-2.6v-2.7h-2.7v-2.6h2.7z"),  # a plus
    (-3.8, -2.0, "l1.8-1.8 2 2 2-2 1.8 1.8-2 2 2 2-1.8 1.8-2-2-2 2-1.8-1.8 2-2z"),  # a cross
    (0.0, -4.4, "l1.1 2.9 3.1.1-2.4 1.9.8 3-2.6-1.7-2.6 1.7.8-3-2.4-1.9 3.1-.1z"),  # a star
]

RULES = """\
figure.picture {
  color: $ink;
  font-family: var(--picture-font, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
  margin: 1.4em auto;
  overflow-x: auto;
  text-align: left;
  width: 100%;
}

.picture > svg {
  box-sizing: border-box;
  display: block;
  font-size: 11px;
  font-variant-numeric: lining-nums tabular-nums;
  height: auto;
  margin: 0;
  width: 100%;
}

.picture text {
  fill: $soft;
}

.picture figcaption {
  color: $soft;
  display: flex;
  flex-wrap: wrap;
  font-size: 0.8em;
  font-style: normal;
  gap: 0 1em;
  line-height: 1.5;
  margin: 0.3em 0 0;
  max-width: none;
}

.picture figcaption strong {
  color: $ink;
}

.picture__keys {
  display: flex;
  flex-wrap: wrap;
  gap: 0 1em;
}

.picture__key {
  white-space: nowrap;
}

.picture__key svg {
  display: inline-block;
  height: 0.9em;
  margin-right: 0.35em;
  vertical-align: -0.05em;
  width: 1.95em;
}

.pictures {
  display: grid;
  gap: 0 1.6em;
  grid-template-columns: repeat(auto-fit, minmax(min(17em, 100%), 1fr));
  margin: 1.4em 0;
}

.pictures > figure.picture {
  margin-block: 0 0.8em;
}

/* Plots: axes, lines, points. */

figure.picture--plot {
  max-width: 30em;
}

.picture__grid {
  stroke: $rule;
}

.picture__axis {
  stroke: $soft;
}

.picture .picture__name {
  fill: $ink;
}

.picture__line {
  --line: $soft;

  fill: none;
  stroke: var(--c, var(--line));
  stroke-linejoin: round;
  stroke-width: 2.2;
}

.picture__line--value {
  --line: $value;
}

.picture__line--gradient {
  --line: $gradient;

  stroke-dasharray: 6 4;
}

.picture__line--plain {
  stroke-dasharray: 2 4;
  stroke-linecap: round;
}

.picture__line.c1 {
  stroke-dasharray: 6 4;
}

.picture__line.c2 {
  stroke-dasharray: 2 3.5;
}

.picture__line.c3 {
  stroke-dasharray: 9 3 2 3;
}

.picture__dot {
  fill: var(--c, var(--line, $value));
  stroke: var(--c, var(--line, $value));
  stroke-dasharray: none;
  stroke-width: 1.6;
}

.picture .picture__dot--open {
  fill: $paper;
}

.picture__mark {
  fill: $value;
}

.picture__kept {
  stroke: $ink;
  stroke-dasharray: 1 3;
  stroke-linecap: round;
  stroke-width: 1.6;
}

/* Classes: the mark of a point, the region in which a class is predicted. */

.c0 { --c: $class-0; }
.c1 { --c: $class-1; }
.c2 { --c: $class-2; }
.c3 { --c: $class-3; }
.c4 { --c: $class-4; }
.c5 { --c: $class-5; }
.c6 { --c: $class-6; }
.c7 { --c: $class-7; }

.picture__point {
  fill: var(--c);
  paint-order: stroke;
  stroke: $paper;
  stroke-width: 1.4;
}

.picture__region {
  fill: none;
  shape-rendering: crispEdges;
  stroke: color-mix(in srgb, var(--c) 24%, $paper);
  stroke-width: 1.02;
}

.picture__border {
  fill: none;
  stroke: $soft;
  vector-effect: non-scaling-stroke;
}

/* Images, and tables of counts. */

.picture--grid > svg,
.picture--diagram > svg {
  max-width: 100%;
  width: auto;
}

.picture__image {
  fill: $panel;
  stroke: $rule;
}

.picture__image--wrong {
  stroke: $gradient;
  stroke-width: 2.4;
}

.picture__ink {
  fill: none;
  shape-rendering: crispEdges;
  stroke: $ink;
  stroke-width: 1.02;
}

.picture .picture__wrong {
  fill: $gradient;
  font-weight: 700;
}

.picture__share {
  fill: $gradient;
}

.picture__share--right {
  fill: $value;
}

.picture__cells {
  fill: none;
  stroke: $rule;
}

.picture .picture__count {
  fill: $ink;
}

.picture .picture__count--right {
  font-weight: 700;
}

/* Neurons and networks. */

.picture--diagram > svg {
  font-size: 13px;
  margin-inline: auto;
}

.picture--diagram figcaption {
  justify-content: center;
}

/* Too wide to be read on a phone: scrolls sideways there. */
.picture--wide > svg {
  min-width: min(34em, 150%);
}

.picture--diagram > svg text {
  paint-order: stroke;
  stroke: $paper;
  stroke-linejoin: round;
  stroke-width: 3px;
}

.picture--diagram > svg .picture__node text {
  stroke: none;
}

.picture--wide > :not(svg) {
  left: 0;
  position: sticky;
}

.picture__there,
.picture__back {
  stroke-width: 1.6;
}

.picture__there {
  stroke: $value;
}

.picture__back {
  stroke: $gradient;
  stroke-dasharray: 5 4;
}

.picture__there-tip,
.picture .picture__value {
  fill: $value;
}

.picture__back-tip,
.picture .picture__gradient {
  fill: $gradient;
}

.picture__value,
.picture__gradient {
  font-weight: 600;
}

.picture__node circle {
  fill: $paper;
  stroke: $ink;
  stroke-width: 1.5;
}

.picture .picture__node text {
  fill: $ink;
  font-size: 15px;
  font-weight: 600;
}

.picture__node--input circle {
  fill: $panel;
  stroke: $soft;
}

.picture__node--off circle {
  stroke-dasharray: 3 3;
}

.picture .picture__node--small text {
  font-size: 12px;
}

.picture .picture__node--value text {
  fill: $value;
  font-size: 11.5px;
}

.picture__more {
  font-size: 20px;
}

.picture__wire {
  stroke: $rule;
  stroke-width: 1.4;
}

.picture__wire--strong {
  stroke: $value;
  stroke-width: 2;
}

.picture__plus {
  stroke: $plus;
}

.picture__minus {
  stroke: $minus;
  stroke-dasharray: 7 4;
}

.picture__patch {
  fill: $paper;
}

.picture .picture__caption {
  fill: $soft;
}

/* Steps: --picture-at is the step that has been reached; a number from 1, or 99 for all of them. */

@property --picture-at {
  inherits: true;
  initial-value: 99;
  syntax: "<number>";
}

.picture__step {
  opacity: clamp(0.1, 3 + 6 * (var(--picture-at) - var(--step)), 1);
}

.picture .picture__player {
  align-items: center;
  border: 0;
  display: flex;
  flex-wrap: wrap;
  font-size: 0.8em;
  gap: 0.3em;
  justify-content: center;
  margin: 0.4em 0;
  min-width: 0;
  padding: 0;
}

.picture__player legend {
  clip-path: inset(50%);
  height: 1px;
  overflow: hidden;
  position: absolute;
  width: 1px;
}

.picture__player label {
  border: 1px solid $soft;
  border-radius: 1em;
  color: $ink;
  cursor: pointer;
  line-height: 1;
  min-width: 2.1em;
  padding: 0.5em 0.3em;
  position: relative;
  text-align: center;
}

.picture__player .picture__play {
  background: $paper;
  grid-area: 1 / 1;
  padding-inline: 1em;
}

.picture__player input {
  cursor: pointer;
  inset: 0;
  margin: 0;
  opacity: 0;
  position: absolute;
}

.picture__player label:has(:checked):not(.picture__play) {
  background: $value;
  border-color: $value;
  color: $paper;
}

.picture__player label:has(:focus-visible) {
  outline: 2px solid $value;
  outline-offset: 2px;
}

/* The first lies on top; when chosen it goes below the other, which plays it again. */
.picture__plays .picture__play:first-child {
  z-index: 1;
}

.picture__player .picture__play:has(:checked) {
  z-index: -1;
}

.picture__plays {
  display: grid;
  isolation: isolate;
}

.picture .picture__said {
  color: $ink;
  display: grid;
  font-size: 0.85em;
  line-height: 1.45;
  margin: 0.4em auto 0.6em;
  max-width: 40em;
  padding: 0;
  text-align: center;
}

.picture .picture__said p {
  grid-area: 1 / 1;
  margin: 0;
  opacity: clamp(0, 5 - 10 * max(var(--picture-at) - var(--step), var(--step) - var(--picture-at)), 1);
}

$choices
@media (prefers-reduced-motion: reduce) {
  .picture__plays {
    display: none;
  }
}

@media (prefers-reduced-motion: no-preference) {
  .picture--steps:has([value="play"]:checked) {
    animation: picture-play 35s linear;
  }

  .picture--steps:has([value="again"]:checked) {
    animation: picture-play-again 35s linear;
  }
}

/* Five seconds a step; it begins half a number before its own, when what is said of the step before has gone. */
@keyframes picture-play {
  from { --picture-at: 0.5; }
  to { --picture-at: 7.5; }
}

@keyframes picture-play-again {
  from { --picture-at: 0.5; }
  to { --picture-at: 7.5; }
}

@supports not selector(:has(a)) {
  .picture .picture__player,
  .picture .picture__said {
    display: none;
  }
}

@media print {
  .picture {
    animation: none !important;
    break-inside: avoid;
    --picture-at: 99 !important;
  }

  .picture .picture__player,
  .picture .picture__said {
    display: none;
  }
}
"""
STEPS = 9  # how many a picture can have
CHOICE = '.picture--steps:has([value="{step}"]:checked) {{\n  --picture-at: {step};\n}}\n\n'


def mark(k: int, x: float, y: float) -> str:
    """The outline of class k's mark around a point. From class 8 on colours repeat, with another mark.

    Examples:
        >>> mark(1, 10, 20)
        'M7 17h6v6h-6z'
    """
    across, down, outline = MARKS[(k + k // CLASSES) % len(MARKS)]
    return f"M{place(x + across)} {place(y + down)}{outline}"


def rules() -> str:
    """The rules that give classes their look, for a site that sets the variables itself.

    Examples:
        >>> "stroke: var(--picture-rule, #e2ded4);" in rules()
        True
    """
    choices = [CHOICE.format(step=step) for step in range(1, STEPS + 1)]
    text = RULES.replace("$choices\n", "".join(choices))
    for name in sorted(LIGHT, key=len, reverse=True):
        text = text.replace(f"${name}", f"var(--picture-{name}, {LIGHT[name]})")
    return text


def stylesheet() -> str:
    """CSS for a page that has nothing else: light, dark if the reader's system is, light on paper.

    Examples:
        >>> "prefers-color-scheme: dark" in stylesheet()
        True
    """
    light, dark = _variables(LIGHT, "  "), _variables(DARK, "    ")
    return (
        f":root {{\n  color-scheme: light dark;\n{light}}}\n\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n\n{rules()}"
    )


def _variables(colours: dict[str, str], indent: str) -> str:
    lines = []
    for name, colour in colours.items():
        lines.append(f"{indent}--picture-{name}: {colour};\n")
    return "".join(lines)
