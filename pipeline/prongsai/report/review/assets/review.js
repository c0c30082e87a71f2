/* What all pages of a review share: answers are kept in this browser until the server has them, and tabs tell each other. */
"use strict";
(function () {
  var review = prongsai.review;
  var WAITING = "prongsai-review-waiting-" + review.home + "-";
  var memory = {};
  var sending = {};
  var shown = "";
  var channel = "BroadcastChannel" in window ? new BroadcastChannel("prongsai-review-" + review.home) : null;

  /* One entry an answer, so that tabs never overwrite each other's. Where the browser refuses storage, this tab's memory serves. */
  function keep(entry) {
    memory[entry.answer.id] = entry;
    try { window.localStorage.setItem(WAITING + entry.answer.id, JSON.stringify(entry)); } catch (refused) { /* memory has it */ }
  }

  function forget(id) {
    delete memory[id];
    try { window.localStorage.removeItem(WAITING + id); } catch (refused) { /* it never was there */ }
  }

  function kept() {
    var found = {};
    Object.keys(memory).forEach(function (id) { found[id] = memory[id]; });
    try {
      for (var at = 0; at < window.localStorage.length; at += 1) {
        var name = window.localStorage.key(at);
        if (name.slice(0, WAITING.length) === WAITING) {
          var entry = JSON.parse(window.localStorage.getItem(name));
          found[entry.answer.id] = entry;
        }
      }
    } catch (refused) { /* memory is all there is */ }
    return Object.keys(found).map(function (id) { return found[id]; }).sort(function (one, other) { return one.since - other.since; });
  }

  function ask(address, options) {
    return window.fetch(address, Object.assign({ credentials: "same-origin", cache: "no-store" }, options)).then(function (answer) {
      var type = answer.headers.get("content-type") || "";
      var read = type.indexOf("application/json") === 0 ? answer.json() : Promise.resolve({});
      return read.then(function (body) { return { status: answer.status, body: body }; });
    });
  }

  /* Asks the server; status 0 where it is away. */
  review.ask = function (address) {
    return ask(address).then(noted, function () { return { status: 0, body: {} }; });
  };

  function noted(result) {
    if (result.body.standing) {
      review.standing = result.body.standing;
      document.dispatchEvent(new CustomEvent("review:standing"));
    }
    review.isShutOut = result.status === 403;
    return result;
  }

  function post(entry) {
    var id = entry.answer.id;
    if (sending[id]) { return sending[id]; }
    sending[id] = ask("/review/api/answers", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(entry.answer)
    }).then(noted, function () { return { status: 0, body: {} }; }).then(function (result) {
      delete sending[id];
      if (result.status === 200 || result.status === 201) {
        forget(id);
        tell({ key: entry.answer.key, answers: result.body.answers });
      } else if (result.status === 409 || result.status === 422 || result.status === 404) {
        // The server will not take it as it is: whoever gave it decides.
        entry.trouble = { status: result.status, message: result.body.message, earlier: result.body.earlier || [] };
        keep(entry);
      }
      return result;
    });
    return sending[id];
  }

  function tell(what) {
    if (channel) { channel.postMessage(what); }
    document.dispatchEvent(new CustomEvent("review:answered", { detail: Object.assign({ isHere: true }, what) }));
  }

  if (channel) {
    channel.onmessage = function (event) { document.dispatchEvent(new CustomEvent("review:answered", { detail: event.data })); };
  }

  /* How a question is named where an answer to it has to wait: its key may be that of another one by then. */
  review.label = function (item) { return [item.code, item.printed, item.agency].filter(Boolean).join(" "); };

  /* A new answer: {key, seen, verdict, corrected, reason, who, supersedes, insists}; `label` names it where it has to wait. */
  review.give = function (answer, label) {
    // A new answer takes the place of one that the server would not have.
    kept().forEach(function (one) { if (one.trouble && one.answer.key === answer.key && one.answer.seen === answer.seen) { forget(one.answer.id); } });
    var entry = { answer: Object.assign({ id: window.crypto.randomUUID() }, answer), label: label, since: Date.now() };
    keep(entry);
    return post(entry).then(function (result) {
      result.id = entry.answer.id;
      show();
      return result;
    });
  };

  review.drop = function (id) { forget(id); show(); };

  /* Sends what waits, in the order in which it was given. */
  review.send = function () {
    return kept().filter(function (entry) { return !entry.trouble; }).reduce(function (before, entry) {
      return before.then(function (goesOn) {
        return goesOn ? post(entry).then(function (result) { return result.status !== 0 && result.status !== 403; }) : false;
      });
    }, Promise.resolve(true)).then(show);
  };

  function show() {
    var place = document.getElementById("aside") || document.getElementById("review-aside");
    var entries = kept();
    var waiting = entries.filter(function (entry) { return !entry.trouble && !sending[entry.answer.id]; });
    var troubled = entries.filter(function (entry) { return entry.trouble; });
    document.dispatchEvent(new CustomEvent("review:waiting", { detail: waiting.length }));
    var drawn = JSON.stringify([waiting.length, troubled, Boolean(review.isShutOut), prongsai.language]);
    // What is drawn again loses the focus and is read aloud again.
    if (!place || drawn === shown) { return; }
    shown = drawn;
    place.replaceChildren();
    if (waiting.length || review.isShutOut) {
      var text = review.isShutOut ? prongsai.said("review.shut_out") : prongsai.said("review.waiting", { count: waiting.length });
      place.append(prongsai.element("p", { "class": "notice", role: "status" }, text));
    }
    if (troubled.length) {
      place.append(prongsai.element("section", { "class": "notice", role: "alert" },
        prongsai.element("h2", {}, prongsai.said("review.unsent")),
        prongsai.element.apply(null, ["ul", {}].concat(troubled.map(trouble)))));
    }
  }

  review.what = function (answer) {
    if (answer.verdict === "correct") { return prongsai.both("review.corrected", { text: answer.corrected }); }
    return prongsai.both(answer.verdict === "reject" ? "review.rejected" : "review.confirmed");
  };

  review.by = function (answer) {
    return prongsai.both("review.by", { who: answer.who || "?", when: answer.when.slice(0, 16).replace("T", " ") });
  };

  function trouble(entry) {
    var earlier = entry.trouble.earlier;
    var row = prongsai.element("li", {}, prongsai.element("b", {}, entry.label || entry.answer.key), " ",
      prongsai.said(entry.trouble.message || "review.no_item"), " ");
    earlier.forEach(function (one) { row.append(prongsai.said(review.what(one)), " ", prongsai.said(review.by(one)), " "); });
    var mine = review.what(entry.answer);
    row.append(prongsai.said({ th: prongsai.both("review.yours", { what: mine.th }).th, en: prongsai.both("review.yours", { what: mine.en }).en }), " ");
    if (earlier.length) {
      row.append(
        prongsai.element("button", { type: "button", onclick: function () {
          forget(entry.answer.id);
          show();
          tell({ key: entry.answer.key, answers: earlier });
        } }, prongsai.said("review.theirs")), " ",
        prongsai.element("button", { type: "button", onclick: function () {
          forget(entry.answer.id);
          review.give(Object.assign({}, entry.answer, { id: window.crypto.randomUUID(), supersedes: earlier.map(function (one) { return one.id; }) }), entry.label);
        } }, prongsai.said("review.mine")));
    } else {
      row.append(prongsai.element("button", { type: "button", onclick: function () { forget(entry.answer.id); show(); } }, prongsai.said("review.drop")));
    }
    return row;
  }

  /* Who answers: what was typed here last, else what the command says. */
  review.name = function (given) {
    try {
      if (given !== undefined) { window.localStorage.setItem("prongsai-review-who", given); }
      return window.localStorage.getItem("prongsai-review-who") || review.who;
    } catch (refused) { return given || review.who; }
  };

  prongsai.ready(function () {
    var link = prongsai.element("a", { href: "/review/" });
    if (window.location.pathname === "/review/") { link.setAttribute("aria-current", "page"); }
    document.querySelector(".top nav").append(link);
    function count() {
      var left = review.standing ? review.standing.entries - review.standing.done : "…";
      link.replaceChildren(prongsai.said("review.queue", { left: left }));
    }
    count();
    document.addEventListener("review:standing", count);
    window.addEventListener("online", review.send);
    window.addEventListener("focus", review.send);
    window.setInterval(function () { if (kept().some(function (entry) { return !entry.trouble; })) { review.send(); } }, 4000);
    review.send();
  });
})();
