/* The reader's own numbers: a field for each, and the activation of each layer. */
(() => {
  "use strict";
  const { html, math, parse, readable, symbol, symbolMath, objection } = globalThis.scalarnn;
  const ACTIVATIONS = ["relu", "leaky_relu", "sigmoid", "tanh", "identity"];

  class Editor {
    /** @param {any} player */
    constructor(player) {
      this.player = player;
      this.element = html("div", { class: "player__numbers" });
      /** The fields of each name, nested as its numbers are. @type {{ [name: string]: any }} */
      this.fields = {};
      this.wrong = html("p", { class: "player__wrong", role: "status" });
    }

    draw() {
      const { network, given, activations } = this.player.program;
      const fixed = network.fixed || [];
      const rows = Object.keys(given).filter((name) => !fixed.includes(name)).map((name) => {
        this.fields[name] = this._field(name, given[name], []);
        return html("div", { class: "player__given" }, html("span", { class: "player__name", html: math(symbolMath(symbol(network.names[name] || [name, 1]))) }), box(this.fields[name]));
      });
      const choices = network.layers.map((layer, n) => {
        if (!layer.activation || layer.activation === "softmax" || (network.inside && n === network.layers.length - 1) || layer.z === layer.a) return "";
        return html("label", {}, `activation of layer ${n} `, html("select", { onchange: (event) => this._choose(n, event.target.value) },
          ...ACTIVATIONS.map((one) => html("option", { value: one, selected: one === activations[n] }, one.replace("_", " ")))));
      });
      this.wrong.textContent = "";
      this.element.replaceChildren(...rows, ...choices,
        html("p", {}, html("button", { type: "button", onclick: () => this._restore() }, "The numbers of the page"), " Fractions such as 1/3 are taken too."), this.wrong);
    }

    _field(name, value, places) {
      if (Array.isArray(value)) return value.map((one, n) => this._field(name, one, [...places, n]));
      const label = `${name}${places.map((one) => `[${one}]`).join("")}`;
      return html("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", value: readable(value), "aria-label": label, size: 6, oninput: () => this._edit(name) });
    }

    /** Takes all numbers of a name from their fields, if they are such as it takes. */
    _edit(name) {
      const { program } = this.player;
      const fields = [this.fields[name]].flat(3);
      const typed = (one) => (Array.isArray(one) ? one.map(typed) : parse(one.value));
      const value = typed(this.fields[name]);
      const noNumber = fields.filter((field) => !Number.isFinite(parse(field.value)));
      const wrong = objection(program.network, noNumber.length ? noNumber[0].getAttribute("aria-label") : name, noNumber.length ? NaN : value);
      fields.forEach((field) => field.setAttribute("aria-invalid", String(noNumber.length ? noNumber.includes(field) : wrong !== "")));
      this.wrong.textContent = wrong ? `${wrong}. Until then the number before it stands.` : "";
      if (wrong) return;
      program.given[name] = value;
      this.player.again();
    }

    _choose(n, activation) {
      const { program } = this.player;
      program.activations[n] = activation;
      program.tell();
      this.player.again();
    }

    _restore() {
      const { program } = this.player;
      program.given = structuredClone(program.network.given);
      program.activations = program.network.layers.map((layer) => layer.activation);
      program.tell();
      this.draw();
      this.player.again();
    }
  }

  const box = (one) => (Array.isArray(one) ? html("span", { class: Array.isArray(one[0]) ? "player__matrix" : "player__row" }, ...one.map(box)) : one);

  Object.assign(globalThis.scalarnn, { Editor });
})();
