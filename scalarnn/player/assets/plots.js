/* Two plots: how the loss moves with one number, and how it falls over many steps. */
(() => {
  "use strict";
  const { svg, short, readable } = globalThis.scalarnn;
  const COLOURS = ["var(--player-value)", "var(--player-gradient)", "var(--book-green, #2d6a2e)", "var(--book-violet, #6d3a96)", "var(--player-ink)", "var(--player-soft)"];
  const [WIDTH, HEIGHT, LEFT, BELOW] = [360, 150, 74, 24];

  /**
   * @param {{ points: [number, number][], name?: string, class_?: string }[]} lines
   * @param {{ label: string, x: string, mark?: [number, number], log?: boolean }} options
   */
  function plot(lines, { label, x: across, mark, log = false }) {
    const height = (y) => (log ? Math.log10(Math.max(y, 1e-300)) : y);
    const points = lines.flatMap((line) => line.points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(height(y)));
    const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label, class: "player__plot" });
    if (!points.length) return drawing;
    const [x0, x1] = bounds(points.map(([x]) => x));
    const [y0, y1] = bounds(points.map(([, y]) => height(y)));
    const at = ([x, y]) => [LEFT + ((x - x0) / (x1 - x0)) * (WIDTH - LEFT - 10), 8 + (1 - (height(y) - y0) / (y1 - y0)) * (HEIGHT - BELOW - 12)];
    const text = (x, y, words, anchor) => svg("text", { x, y, "text-anchor": anchor, class: "player__tick" }, words);
    const shown = (y) => (log ? Number((10 ** y).toPrecision(2)) : y);
    /* As many digits as tell the two ends apart. */
    const digits = [4, 6, 8, 10, 17].find((n) => Number(shown(y0).toPrecision(n)) !== Number(shown(y1).toPrecision(n))) || 17;
    const back = (y) => readable(Number(shown(y).toPrecision(digits)));
    drawing.append(
      svg("path", { d: `M${LEFT} 4V${HEIGHT - BELOW}H${WIDTH - 6}`, class: "player__axis" }),
      text(LEFT - 5, HEIGHT - BELOW, back(y0), "end"), text(LEFT - 5, 14, back(y1), "end"),
      text(LEFT, HEIGHT - 8, short(x0), "start"), text(WIDTH - 6, HEIGHT - 8, short(x1), "end"), text((LEFT + WIDTH) / 2, HEIGHT - 8, across, "middle"),
    );
    for (const [k, line] of lines.entries()) {
      const known = line.points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(height(y)));
      drawing.append(svg("path", { d: known.map((point, n) => `${n ? "L" : "M"}${at(point).map((one) => one.toFixed(1)).join(" ")}`).join(""), class: `player__line ${line.class_ || ""}`, style: lines.length > 1 ? `stroke:${COLOURS[k % COLOURS.length]}` : undefined }));
      const end = known[known.length - 1];
      if (line.name && end) drawing.append(text(WIDTH - 8, at(end)[1] - 3, line.name, "end"));
    }
    if (mark && Number.isFinite(mark[1])) {
      const [cx, cy] = at(mark);
      drawing.append(svg("circle", { cx, cy, r: 4, class: "player__mark" }));
    }
    return drawing;
  }

  /** Smallest and largest, apart. @param {number[]} values @returns {[number, number]} */
  function bounds(values) {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const room = high > low ? 0 : Math.abs(low) / 2 || 1;
    return [low - room, high + room];
  }

  Object.assign(globalThis.scalarnn, { plot });
})();
