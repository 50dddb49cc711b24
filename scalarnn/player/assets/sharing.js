/* The reader's numbers taken elsewhere: as an exercise file, as a command, and in a link. */
(() => {
  "use strict";
  const { repr, objection } = globalThis.scalarnn;

  const number = (x) => (Number.isInteger(x) && Math.abs(x) < 1e15 && !Object.is(x, -0) ? String(x) : repr(x));
  const list = (value) => (Array.isArray(value) ? `[${value.map(list).join(", ")}]` : number(value));
  const words = (name) => `"${name.replace(/_/g, " ")}"`;

  /** The exercise file of a program with its numbers of now. @param {any} program a Program */
  function toml(program) {
    const { network, given, activations } = program;
    const lines = [`title = ${JSON.stringify(network.title)}`, `${network.x} = ${list(given[network.x])}`];
    if (network.target) lines.push(`${network.target} = ${list(given[network.target])}`);
    if (network.loss) lines.push(`loss = ${words(network.loss)}`);
    if (network.optimizer) {
      lines.push(`learning_rate = ${list(given.learning_rate)}`);
      if (network.optimizer !== "gradient_descent") lines.push(`optimizer = ${words(network.optimizer)}`);
      for (const name of [...network.settings, "gamma", "decay"]) if (name in given) lines.push(`${name} = ${list(given[name])}`);
      const frozen = network.frozen.filter((name) => name[0] === "W" || network.layers[Number(name.slice(2, -1))].b);
      if (frozen.length) lines.push(`frozen = [${frozen.map((name) => JSON.stringify(name)).join(", ")}]`);
    }
    network.layers.forEach((layer, n) => {
      lines.push("", "[[layer]]", `W = ${list(given[layer.W])}`);
      if (layer.b) lines.push(`b = ${list(given[layer.b])}`);
      if (activations[n] !== "identity") lines.push(`activation = ${words(activations[n])}`);
      if (layer.alpha && activations[n] === "leaky_relu") lines.push(`alpha = ${list(given[layer.alpha])}`);
    });
    return `${lines.join("\n")}\n`;
  }

  /** What differs from the numbers of the page, for a link: x=[1,2]&W0=[[1,2]]&activations=relu,sigmoid. */
  function changes(program) {
    const found = [];
    for (const name in program.given) {
      const text = list(program.given[name]).replace(/ /g, "");
      if (text !== list(program.network.given[name]).replace(/ /g, "")) found.push(`${name}=${text}`);
    }
    const own = program.network.layers.map((layer) => layer.activation).join(",");
    if (program.activations.join(",") !== own) found.push(`activations=${program.activations.join(",")}`);
    return found;
  }

  /** Takes what a link says into a program. Wrong numbers and other shapes are passed over: nothing is run. */
  function take(program, hash) {
    const settings = new URLSearchParams(hash.replace(/^#/, ""));
    for (const [name, text] of settings) {
      if (name === "activations") {
        const wanted = text.split(",");
        if (wanted.length === program.activations.length && wanted.every((one) => one in globalThis.scalarnn.CLASSES)) Object.assign(program, { activations: wanted }).tell();
      } else if (name in program.given) {
        const value = read(text);
        if (value !== null && shape(value) === shape(program.given[name]) && !objection(program.network, name, value)) program.given[name] = value;
      }
    }
    return Number(settings.get("step")) || 0;
  }

  function read(text) {
    try {
      const value = JSON.parse(text);
      return numbers(value) ? value : null;
    } catch {
      return null;
    }
  }

  const numbers = (value) => (Array.isArray(value) ? value.every(numbers) : typeof value === "number");
  const shape = (value) => (Array.isArray(value) ? `[${value.map(shape).join()}]` : "1");

  Object.assign(globalThis.scalarnn, { toml, changes, take, list });
})();
