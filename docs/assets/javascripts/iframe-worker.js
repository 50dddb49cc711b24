/* Search hears the words that say something, keeps words with digits apart, and waits until somebody searches. Two cases:

   From a server, the theme would fetch the whole index with every page, before anybody asked. Here the request, and the
   worker that answers from it, wait until the search field is opened.

   Opened as a file, a page may start no worker. There, and only there, the worker's script runs in a hidden frame. */
(function () {
  "use strict";

  const NativeWorker = window.Worker;
  const QUERY = 2;

  /* The index has none of these words, but the theme lets every word of a question stand for all that begin with it:
     "my" for "myself". So they are left out of a question, apart from the last word, which may be half typed. */
  const SAY_NOTHING = new Set(
    ("a an and are as at be by can could did do does for from has have how i if in into is it its me my of off on or our " +
      "should so than that the their them then there these they this to was we were what when where which who why will " +
      "with would you your").split(" ")
  );

  function heard(message) {
    if (message.type !== QUERY || typeof message.data !== "string" || message.data.includes('"')) return message;
    const words = message.data.split(/\s+/);
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

  /* Whoever made the worker hears by an event or by a property. */
  function tell(worker, data) {
    const event = new MessageEvent("message", { data });
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
