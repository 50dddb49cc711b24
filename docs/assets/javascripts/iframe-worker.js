/* Search hears the words that say something, puts first what has most of them, keeps words with digits apart, and waits
   until somebody searches. Two cases:

   From a server, the theme would fetch the whole index with every page, before anybody asked. Here the request, and the
   worker that answers from it, wait until the search field is opened.

   Opened as a file, a page may start no worker. There, and only there, the worker's script runs in a hidden frame. */
(function () {
  "use strict";

  const NativeWorker = window.Worker;
  const QUERY = 2;
  const RESULT = 3;

  /* The index has none of these words, but the theme lets every word of a question stand for all that begin with it:
     "my" for "myself". So they are left out of a question, apart from the last word, which may be half typed. */
  const SAY_NOTHING = new Set(
    ("a able about across after all almost also am among an and any are as at be because been but by can cannot " +
      "could dear did do does either else ever every for from get got had has have he her hers him his how however " +
      "i if in into is it its just least let like likely may me might most must my neither no nor not of off often " +
      "on only or other our own rather said say says she should since so some than that the their them then there " +
      "these they this tis to too twas us wants was we were what when where which while who whom why will with " +
      "would yet you your").split(" ")
  );

  /* To the theme W^T and σ: are a boost and a field, or a mistake in either, and then it finds nothing. */
  const ITS_SIGNS = /[~^:*+=|<>'`]+/g;

  function heard(message) {
    if (message.type !== QUERY || typeof message.data !== "string" || message.data.includes('"')) return message;
    const words = message.data.replace(ITS_SIGNS, " ").trim().split(/\s+/);
    const telling = words.filter((word, at) => at === words.length - 1 || !SAY_NOTHING.has(word.toLowerCase()));
    return { ...message, data: telling.join(" ") };
  }

  /* lunr 2.3.9 tells two ends of words apart by a text in which a digit may be a letter of a word or a part of a number,
     and takes some that differ for one: then it looks for a word that is none, and fails. With a comma they stay apart. */
  function mend(lunr) {
    if (!lunr) return;
    lunr.TokenSet.prototype.toString = function () {
      this._str ||= Object.keys(this.edges).sort().reduce((text, letter) => `${text}${letter}${this.edges[letter].id},`, `${+this.final}`);
      return this._str;
    };
  }

  const LETTERS = /\$([^\s$](?:[^$\n]{0,20}[^\s$])?)\$/g; /* short formulas, as TeX */

  /* To the theme a title with one word of the question is worth more than a passage with all of them. So what a page is
     worth is multiplied by the share of the words that its best passage has, to the fourth power: a seldom word is a large
     share, and one that all pages have is none to speak of. First comes the page of that name. Of all others, the section
     that has most of the words is shown at once. */
  function ranked(message) {
    if (message.type !== RESULT) return message;
    const pages = message.data.items;
    const words = [...new Set(pages.flat().flatMap((one) => Object.keys(one.terms)))].filter((word) => !SAY_NOTHING.has(word));
    const having = (word) => pages.filter((passages) => passages.some((one) => one.terms[word])).length;
    const weights = new Map(words.map((word) => [word, Math.log1p(pages.length / (having(word) || 1))]));
    const share = (one) => words.reduce((sum, word) => sum + (one.terms[word] ? weights.get(word) : 0), 0);
    const isHead = (one) => !one.location.includes("#");
    const isCalled = (one) => {
      const others = one.title.toLowerCase().replace(/<mark.*?<\/mark>/g, "").match(/\w+/g) ?? [];
      return isHead(one) && words.every((word) => one.terms[word]) && others.every((word) => SAY_NOTHING.has(word));
    };
    const most = (passages, of) => Math.max(...passages.map(of));
    const worth = (passages) => most(passages, (one) => one.score) * most(passages, share) ** 4;
    const before = (one, other) => isCalled(other) - isCalled(one) || share(other) - share(one) || isHead(one) - isHead(other) || other.score - one.score;
    const items = pages
      .map((passages) => ({ passages, isCalled: passages.some(isCalled), worth: worth(passages) }))
      .sort((one, other) => other.isCalled - one.isCalled || other.worth - one.worth)
      .map(({ passages }) => passages.sort(before))
      .map((passages) => passages.map((one, at) => ({ ...one, score: -at, text: one.text.replace(LETTERS, "<i>$1</i>") })));
    return { ...message, data: { ...message.data, items } };
  }

  /* Whoever made the worker hears by an event or by a property. */
  function tell(worker, message) {
    const event = new MessageEvent("message", { data: ranked(message) });
    worker.dispatchEvent(event);
    if (worker.onmessage) worker.onmessage(event);
  }

  class LateWorker extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
    }

    postMessage(data) {
      if (!this.worker) {
        const code = `importScripts(${JSON.stringify(new URL(this.url, location.href).href)}); (${mend})(self.lunr);`;
        this.worker = new NativeWorker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
        this.worker.onmessage = (event) => tell(this, event.data);
      }
      this.worker.postMessage(heard(data));
    }

    terminate() {
      if (this.worker) this.worker.terminate();
    }
  }

  function searched() {
    return new Promise((resolve) => {
      const opened = (event) => {
        if (event.target.closest("[data-md-component='search'], [data-md-toggle='search']")) resolve();
      };
      document.addEventListener("focusin", opened);
      document.addEventListener("change", opened);
    });
  }

  function holdTheIndex() {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
      this.isIndex = String(url).endsWith("search/search_index.json");
      return open.call(this, method, url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...body) {
      if (this.isIndex) searched().then(() => send.apply(this, body));
      else send.apply(this, body);
    };
  }

  class FrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "Search worker";
      document.body.appendChild(this.frame);

      const inside = this.frame.contentWindow;
      inside.postMessage = (data) => tell(this, data);
      inside.importScripts = (...urls) => urls.reduce((ready, next) => ready.then(() => this.load(next)), Promise.resolve());
      this.load(new URL(url, location.href).href).then(() => {
        mend(inside.lunr);
        const waiting = this.waiting;
        this.waiting = null;
        waiting.forEach((data) => this.deliver(data));
      });
    }

    load(url) {
      return new Promise((resolve, reject) => {
        const script = this.frame.contentDocument.createElement("script");
        script.src = url;
        script.onload = resolve;
        script.onerror = reject;
        this.frame.contentDocument.body.appendChild(script);
      });
    }

    postMessage(data) {
      if (this.waiting) this.waiting.push(data);
      else this.deliver(data);
    }

    deliver(data) {
      const inside = this.frame.contentWindow;
      inside.dispatchEvent(new inside.MessageEvent("message", { data: heard(data) }));
    }

    terminate() {
      this.frame.remove();
    }
  }

  /* The worker of the search, that is; one whose code is in its address starts as ever, from a file too. */
  const isFile = location.protocol === "file:";
  const SearchWorker = isFile ? FrameWorker : LateWorker;
  window.Worker = function (url, options) {
    return String(url).startsWith("data:") ? new NativeWorker(url, options) : new SearchWorker(url);
  };
  if (!isFile) holdTheIndex();
})();
