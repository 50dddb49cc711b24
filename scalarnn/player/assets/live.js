/* <scalar-python>: Python in the page, for a reader's own code. The build packs it: Python for browsers, and this package.
 *
 * Attributes: `size` (of all that is loaded, in words), `parts` (in how many scripts). Python runs in a worker: the page stays alive, and a
 * worker can be stopped. Everything comes as scripts and messages, nothing by fetch, so that it works from a file too.
 */
(() => {
  "use strict";
  const S = globalThis.scalarnn;
  const { html, script, HERE } = S;
  const START = ["def neuron(x, w, b, y):", "    z = b", "    for x_i, w_i in zip(x, w):", "        z += w_i * x_i", "    a = max(0.0, z)", "    L = (a - y) ** 2 / 2", "    dL_dz = (a - y) * (z > 0)", "    dL_dw = [dL_dz * x_i for x_i in x]", "    return L, dL_dw", ""].join("\n");
  const ARGUMENTS = "[[1.0, 2.0], [0.5, 0.75], -0.25, 1.0]";

  /** The worker's own code: sent as text, so it knows nothing of what stands around it. */
  function worker() {
    const room = /** @type {any} */ (globalThis);
    let python;
    const start = async (files) => {
      const text = (name) => new TextDecoder().decode(files[name]);
      room.fetch = async (address) => new Response(files[String(address.url || address).split("/").pop()], { headers: { "Content-Type": "application/wasm" } });
      for (const name of ["pyodide.js", "pyodide.asm.js"]) (0, eval)(text(name));
      const at = "https://packed.invalid/";
      const { createPyodideModule, loadPyodide } = room;
      python = await loadPyodide({ createPyodideModule, lockFileContents: text("lock.json"), packageBaseUrl: at, indexURL: at, env: { PYTHONDONTWRITEBYTECODE: "1" } });
      python.unpackArchive(files["scalarnn.whl"], "wheel");
    };
    globalThis.onmessage = async ({ data: { files, code, given } }) => {
      try {
        if (files) await start(files);
        else for (const name in given) python.globals.set(name, given[name]);
        globalThis.postMessage({ result: files ? "" : python.runPython(code) });
      } catch (error) {
        const lines = String(error.message || error).trim().split("\n");
        globalThis.postMessage({ error: lines[lines.length - 1] });
      }
    };
  }

  /** What the scripts hold, unpacked: a line of names and lengths, then the files. @param {string[]} parts base64 */
  async function unpacked(parts) {
    const bytes = parts.map((part) => Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)));
    const stream = new Blob(bytes).stream().pipeThrough(new DecompressionStream("gzip"));
    const all = new Uint8Array(await new Response(stream).arrayBuffer());
    let at = all.indexOf(10) + 1;
    const files = {};
    for (const [name, length] of JSON.parse(new TextDecoder().decode(all.subarray(0, at)))) files[name] = all.slice(at, at += length);
    return files;
  }

  class ScalarPython extends HTMLElement {
    connectedCallback() {
      this.opener = this.querySelector("button");
      this.opener.addEventListener("click", () => this.open());
    }

    /** The editor; Python is loaded meanwhile. */
    open() {
      this.text = html("textarea", { rows: 12, wrap: "off", spellcheck: "false", autocapitalize: "off", "aria-label": "Python: the last function is written out" });
      this.given = html("input", { type: "text", spellcheck: "false", value: ARGUMENTS });
      this.text.value = START;
      this.runner = html("button", { type: "button", onclick: () => this.run() }, "Write it out");
      this.stopper = html("button", { type: "button", disabled: true, onclick: () => this.stop() }, "Stop");
      this.bar = html("progress", { max: this.getAttribute("parts"), value: 0, hidden: true, "aria-label": "Python is loaded" });
      this.said = html("p", { role: "status", class: "live__said" });
      this.solution = html("pre", { class: "live__solution", tabindex: 0, role: "group", "aria-label": "The written solution", hidden: true });
      this.stage = html("div", {});
      this.replaceChildren(html("div", { class: "player live" }, this.text, html("label", {}, "Arguments, a JSON list ", this.given),
        html("p", { class: "live__bar" }, this.runner, this.stopper, this.bar), this.said, this.solution, this.stage));
      this.text.focus();
      return this.run();
    }

    /** Loads the scripts once, and starts Python if it is not running. */
    async start() {
      if (this.worker) return;
      const { running } = this;
      const parts = Number(this.getAttribute("parts"));
      const still = () => { if (this.running !== running) throw new Error("it was stopped"); };
      S.packed ||= [];
      this.bar.hidden = false;
      for (let n = 0; n < parts; n++) {
        this._say(`Python is loaded: ${n} of ${parts} parts, ${this.getAttribute("size")} in all.`);
        if (!S.packed[n]) await script(new URL(`../live/part-${n}.js`, HERE).href);
        still();
        this.bar.value = n + 1;
      }
      this._say("Python starts.");
      const files = await unpacked(S.packed);
      still();
      this.worker = new Worker(`data:text/javascript,${encodeURIComponent(`(${worker})()`)}`, { type: "module" });
      await this._send({ files });
      this.bar.hidden = true;
    }

    /** Runs Python, and gives what its last line is. @param {string} code @param {{ [name: string]: string }} given its global names */
    async ask(code, given = {}) {
      await this.start();
      return this._send({ code, given });
    }

    _send(message) {
      return new Promise((done, failed) => {
        this.worker.onmessage = ({ data }) => (data.error ? failed(new Error(data.error)) : done(data.result));
        this.worker.onerror = (event) => failed(new Error(event.message || "the worker did not start"));
        this.worker.postMessage(message);
      });
    }

    async run() {
      const run = (this.running = {});
      const given = { text: this.text.value, arguments: this.given.value };
      const ask = async (name) => JSON.parse(await this.ask(`from scalarnn.commands.typed import ${name}; ${name}(text, arguments)`, given));
      this._busy(true);
      this._say("Python runs.");
      this.stage.replaceChildren();
      this.solution.hidden = true;
      try {
        const { solution, error } = await ask("written");
        if (this.running !== run) return;
        this._say(error || "Now the player.");
        if (error) return;
        this.solution.textContent = solution;
        this.solution.hidden = false;
        const found = await ask("player");
        if (this.running !== run) return;
        this.stage.innerHTML = found.player || "";
        this._say(found.error ? `It has no player: ${found.error}` : "Written out; below it can be walked through.");
      } catch (error) {
        if (this.running !== run) return;
        this.stop();
        this._say(`Python did not answer: ${error.message}`);
      } finally {
        if (this.running === run) this._busy(false);
      }
    }

    /** Ends Python, whatever it does; the next run starts it anew, from what is loaded. */
    stop() {
      if (this.worker) this.worker.terminate();
      this.worker = this.running = null;
      this._busy(false);
      this._say("Stopped.");
    }

    _busy(is) {
      this.runner.disabled = is;
      this.stopper.disabled = !is;
      this.bar.hidden = true;
    }

    _say(text) { this.said.textContent = text; }
  }

  customElements.define("scalar-python", ScalarPython);
})();
