/* <scalar-paths>: the ways of all rules across a narrow valley, side by side, with rates that the reader moves. */
(() => {
  "use strict";
  const { html, svg, script, HERE, short, readable } = globalThis.scalarnn;
  const [WIDE, HIGH, FAR, MOST] = [300, 190, 11, 1e6];
  const COLOURS = ["#0a5196", "#d1560a"];

  class ScalarPaths extends HTMLElement {
    constructor() {
      super();
      /** @type {{ [rule: string]: { picture: HTMLElement, said: HTMLElement } }} */
      this.views = {};
    }

    connectedCallback() {
      if (this.data) return;
      this.data = JSON.parse(this.querySelector("script[type='application/json']").textContent);
      this.opener = this.querySelector("button");
      this.opener.addEventListener("click", () => this.open());
    }

    async open() {
      if (!globalThis.scalarnn.mathematics) await script(new URL("mathematics.js", HERE).href);
      const { rules, start } = this.data;
      this.start = [...start];
      this.steps = 30;
      this.settings = Object.fromEntries(rules.map(({ name, settings, rate }) => [name, { learning_rate: rate, ...settings }]));
      const boxes = rules.map((rule) => this._box(rule));
      const steps = this._slider("steps", 1, 200, 1, () => this.steps, (value) => { this.steps = value; });
      const places = [0, 1].map((i) => this._slider(`start ${i}`, -10, 10, 0.5, () => this.start[i], (value) => { this.start[i] = value; }));
      this.replaceChildren(html("div", { class: "player paths" },
        html("p", {}, "Steep across, almost flat along. Each dot is a step; the lowest place is in the middle."),
        html("p", {}, steps, ...places), html("div", { class: "paths__all" }, ...boxes)));
      this._draw();
    }

    /** A rule with its picture and its sliders. */
    _box({ name, settings }) {
      const own = this.settings[name];
      const view = (this.views[name] = { picture: html("div", {}), said: html("figcaption", {}) });
      const rate = this._slider(`η of ${name}`, -4, 1, 0.05, () => Math.log10(own.learning_rate), (value) => { own.learning_rate = Number((10 ** value).toPrecision(3)); }, () => own.learning_rate);
      const others = Object.keys(settings).filter((one) => one.startsWith("beta")).map((one) =>
        this._slider(`${one.replace("beta", "β")} of ${name}`, 0, 0.999, 0.001, () => own[one], (value) => { own[one] = value; }));
      return html("figure", { class: "paths__one" }, html("p", { class: "player__title" }, name.replace(/_/g, " ")), view.picture, view.said, rate, ...others);
    }

    _slider(label, min, max, step, read, write, shown = read) {
      const output = html("output", {}, short(shown()));
      const input = html("input", { type: "range", min, max, step, value: read(), "aria-label": label, oninput: () => {
        write(Number(input.value));
        output.textContent = short(shown());
        this._draw();
      } });
      return html("label", { class: "paths__slider" }, html("span", {}, label.replace(/ of .*/, "")), input, output);
    }

    _draw() {
      for (const rule of this.data.rules) {
        const { picture, said } = this.views[rule.name];
        const places = this._walk(rule);
        const last = places[places.length - 1];
        picture.replaceChildren(this._picture(places, rule.name));
        said.textContent = `after ${places.length - 1} steps: L = ${readable(Number(this._loss(last).toPrecision(6)))}`;
      }
    }

    /** The places of a rule, by its shipped step. */
    _walk({ name, state, counts, settings }) {
      const step = globalThis.scalarnn.mathematics.run[`${name}_step`];
      const own = this.settings[name];
      let theta = [...this.start];
      let kept = state.map(() => [0, 0]);
      const places = [theta];
      for (let t = 1; t <= this.steps; t++) {
        const gradient = theta.map((one, i) => this.data.curvatures[i] * one);
        const moved = step(theta, gradient, ...kept, ...(counts ? [t] : []), own.learning_rate, ...Object.keys(settings).map((one) => own[one]));
        [theta, ...kept] = state.length ? moved : [moved];
        if (!theta.every((one) => Math.abs(one) < MOST)) break;
        places.push(theta);
      }
      return places;
    }

    /** L = ½ Σ cᵢ θᵢ² */
    _loss(theta) { return theta.reduce((sum, one, i) => sum + this.data.curvatures[i] * one * one, 0) / 2; }

    _picture(places, name) {
      const unit = WIDE / (2 * FAR);
      const at = ([x, y]) => [WIDE / 2 + x * unit, HIGH / 2 - y * unit];
      const drawing = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": `The way of ${name.replace(/_/g, " ")}`, class: "paths__picture" });
      for (const level of [1, 5, 15, 30, 50, 80]) {
        const [rx, ry] = this.data.curvatures.map((c) => Math.sqrt((2 * level) / c) * unit);
        drawing.append(svg("ellipse", { cx: WIDE / 2, cy: HIGH / 2, rx, ry, class: "paths__ring" }));
      }
      const points = places.map(at);
      drawing.append(svg("path", { d: points.map(([x, y], n) => `${n ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(""), class: "paths__way", stroke: COLOURS[0] }));
      points.forEach(([cx, cy], n) => drawing.append(svg("circle", { cx, cy, r: n ? 2 : 4, fill: COLOURS[n ? 0 : 1] })));
      return drawing;
    }
  }

  if (globalThis.customElements) customElements.define("scalar-paths", ScalarPaths);
})();
