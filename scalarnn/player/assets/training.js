/* <scalar-training>: a network that learns to tell points of a plane apart, while the reader watches. */
(() => {
  "use strict";
  const { Program, html, script, HERE, plot, readable } = globalThis.scalarnn;
  const [CELLS, MOST_MS, SIZE] = [48, 26, 336];
  const DRAWN_MS = 200; /* to draw takes longer than an epoch: not at every frame */
  /* One colour a class, readable on light and on dark. */
  const COLOURS = ["#0a5196", "#d1560a", "#129a7d", "#46145c"];

  class ScalarTraining extends HTMLElement {
    connectedCallback() {
      if (this.opener) return;
      this.written = this.querySelector("script[type='application/json']");
      this.opener = this.querySelector("button") || html("button", { type: "button", class: "player__open" }, "Train it here");
      this.opener.addEventListener("click", () => this.open());
      this.replaceChildren(this.opener);
    }

    disconnectedCallback() { this.runs = false; }

    async open() {
      this.opener.disabled = true;
      if (!globalThis.scalarnn.mathematics) await script(new URL("mathematics.js", HERE).href);
      this.program = new Program(JSON.parse(this.written.textContent));
      const button = (text, does) => html("button", { type: "button", onclick: does }, text);
      this.map = html("canvas", { width: SIZE, height: SIZE, role: "img", "aria-label": "What the network says at each place, and the samples", class: "training__map" });
      this.losses = html("div", {});
      this.said = html("p", { role: "status" });
      this.start = button("Train", () => this.toggle());
      this.replaceChildren(html("div", { class: "player training" },
        html("p", { class: "player__bar" }, this.start, button("One epoch", () => this._some(1)), button("From the beginning", () => this.again())),
        html("div", { class: "training__views" }, this.map, this.losses), this.said));
      this.again();
    }

    again() {
      this.runs = false;
      this.start.textContent = "Train";
      this.state = {};
      this.history = [];
      this.program.train(0, this.state);
      this._show();
    }

    toggle() {
      this.runs = !this.runs;
      this.start.textContent = this.runs ? "Pause" : "Train";
      const next = () => {
        if (!this.runs) return;
        const begin = performance.now();
        do this._step(); while (performance.now() < begin + MOST_MS);
        if (begin > this.drawn + DRAWN_MS) this._show();
        requestAnimationFrame(next);
      };
      if (this.runs) requestAnimationFrame(next);
      else this._show();
    }

    _step() { this.history.push(this.program.train(1, this.state).losses[0]); }

    _some(n) {
      for (let k = 0; k < n; k++) this._step();
      this._show();
    }

    /** The map, the losses, and how many samples are right. */
    _show() {
      const { X, labels } = this.program.given;
      const far = 1.1 * Math.max(...X.flat().map(Math.abs));
      const answers = this._answers(grid(far));
      const pen = this.map.getContext("2d");
      const [cell, at] = [SIZE / CELLS, (x) => ((x + far) / (2 * far)) * SIZE];
      pen.clearRect(0, 0, SIZE, SIZE);
      pen.globalAlpha = 0.35;
      answers.forEach((k, n) => {
        pen.fillStyle = COLOURS[k % COLOURS.length];
        pen.fillRect((n % CELLS) * cell, Math.floor(n / CELLS) * cell, cell + 1, cell + 1);
      });
      pen.globalAlpha = 1;
      pen.strokeStyle = "#fdfcf9";
      X.forEach(([x, y], n) => {
        pen.fillStyle = COLOURS[labels[n] % COLOURS.length];
        pen.beginPath();
        pen.arc(at(x), SIZE - at(y), 2.6, 0, 7);
        pen.fill();
        pen.stroke();
      });
      const right = this._answers(X).filter((k, n) => k === labels[n]).length;
      const epochs = this.history.length;
      const points = this.history.map((L, n) => [n + 1, L]);
      this.losses.replaceChildren(plot([{ points, class_: "player__loss" }], { label: `the loss over ${epochs} epochs`, x: "epoch", log: this.history.every((L) => L > 0) }));
      const loss = epochs ? `, loss before the last step ${readable(this.history[epochs - 1])}` : "";
      this.said.textContent = `${epochs} epochs${loss}; ${right} of ${X.length} samples right`;
      this.drawn = performance.now();
    }

    /** The class of each of some points. */
    _answers(points) {
      const { run } = globalThis.scalarnn.mathematics;
      const { layers } = this.program.network;
      const objects = this.program._objects(run);
      let A = points;
      layers.forEach(({ W, b }, n) => {
        A = run.batch_forward(A, this.state.v[W], this.state.v[b]);
        if (n < layers.length - 1) A = A.map((z) => objects[n].forward(z));
      });
      return A.map((row) => run.predicted_class(row));
    }
  }

  /** The middles of the cells, row by row from above. @param {number} far */
  function grid(far) {
    const at = (n) => ((n + 0.5) / CELLS) * 2 * far - far;
    return Array.from({ length: CELLS * CELLS }, (_, n) => [at(n % CELLS), -at(Math.floor(n / CELLS))]);
  }

  if (globalThis.customElements) customElements.define("scalar-training", ScalarTraining);
})();
