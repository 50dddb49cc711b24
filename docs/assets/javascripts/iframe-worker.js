/* Search waits until somebody searches. Two cases:

   From a server, the theme would fetch the whole index with every page, before anybody asked. Here the request, and the
   worker that answers from it, wait until the search field is opened.

   Opened as a file, a page may start no worker. There, and only there, the worker's script runs in a hidden frame. */
(function () {
  "use strict";

  const NativeWorker = window.Worker;

  class LateWorker extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
    }

    postMessage(data) {
      if (!this.worker) {
        this.worker = new NativeWorker(this.url);
        this.worker.onmessage = (event) => this.dispatchEvent(new MessageEvent("message", { data: event.data }));
      }
      this.worker.postMessage(data);
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
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => urls.reduce((ready, next) => ready.then(() => this.load(next)), Promise.resolve());
      this.load(new URL(url, location.href).href).then(() => {
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
      inside.dispatchEvent(new inside.MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  }

  if (location.protocol === "file:") {
    window.Worker = FrameWorker;
  } else {
    window.Worker = LateWorker;
    holdTheIndex();
  }
})();
