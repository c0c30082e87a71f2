/* The queue: one question at a time, by keyboard first. */
"use strict";
prongsai.ready(function () {
  var review = prongsai.review;
  var BATCH = 20;
  var items = [];          // the first is shown, the others wait
  var last = "";           // the key behind which to ask for more
  var hasMore = true;
  var loading = null;
  var later = {};          // keys set aside in this tab
  var done = {};           // keys answered while this page is open
  var given = remembered();
  var insisted = "";
  var isBusy = false;
  var $ = function (id) { return document.getElementById(id); };
  var isFine = window.matchMedia("(pointer: fine)").matches;

  function remembered() {
    try { return JSON.parse(window.sessionStorage.getItem("prongsai-review-given")) || []; } catch (refused) { return []; }
  }

  function remember() {
    try { window.sessionStorage.setItem("prongsai-review-given", JSON.stringify(given.slice(-200))); } catch (refused) { /* this page only */ }
  }

  /* ---- getting questions ---- */

  function load() {
    if (loading || !hasMore) { return loading || Promise.resolve(); }
    loading = review.ask("/review/api/queue?count=" + BATCH + "&after=" + encodeURIComponent(last)).then(function (result) {
      loading = null;
      if (result.status !== 200) {
        $("wrong").replaceChildren(result.body.message ? prongsai.said(result.body.message) : "");
        review.send();
        return;
      }
      hasMore = result.body.items.length === BATCH;
      if (result.body.items.length) { last = result.body.items[result.body.items.length - 1].key; }
      result.body.items.forEach(function (item) {
        var isHere = items.some(function (other) { return other.key === item.key; });
        if (!isHere && !later[item.key] && !done[item.key]) { items.push(item); }
      });
    });
    return loading;
  }

  function preload(item) {
    if (item.picture) { new Image().src = "/" + item.picture; }
  }

  function next() {
    items.shift();
    step();
  }

  function step() {
    if (items.length < BATCH / 2 && hasMore) {
      var waits = load();
      if (!items.length) {
        $("asking").setAttribute("aria-busy", "true");
        waits.then(draw);
        return;
      }
    }
    draw();
  }

  /* ---- showing one ---- */

  function question(item) {
    return item.asked === "year" && !item.spots[0].mention_id ? "review.ask_year_of_document" : "review.ask_" + item.asked;
  }

  function draw() {
    var item = items[0];
    $("asking").hidden = !item;
    $("asking").removeAttribute("aria-busy");
    $("finished").hidden = Boolean(item);
    if (!item) { finish(); return; }
    insisted = "";
    items.slice(1, 4).forEach(preload);
    fill("question", prongsai.said(question(item)));
    fill("typed-label", prongsai.said("review.typed_" + item.asked));
    fill("code", item.code);
    fill("name", prongsai.said({ th: without(item.name.th, item.code), en: without(item.name.en, item.code) }));
    fill("year", item.fiscal_year ? prongsai.said("review.fiscal_year", { year: item.fiscal_year }) : prongsai.said("review.unknown"));
    fill("agency", item.asked === "agency" ? "" : item.agency || "–");
    fill("wording", item.question);
    $("wording").hidden = !item.question;
    fill("read", item.read_as ? shown(item) : prongsai.said(item.asked === "value" ? "review.unread" : "review.unknown"));
    $("read").classList.toggle("unread", !item.read_as);
    fill("sure", sureness(item));
    fill("places", item.spots.length > 1 ? prongsai.said("review.places", { count: item.spots.length }) : "");
    fill("already", "");
    (item.answers || []).forEach(function (one) { $("already").append(prongsai.said("review.already", { what: "" }), prongsai.said(review.what(one)), " ", prongsai.said(review.by(one)), " "); });
    fill("why", ""); fill("wrong", "");
    var reasons = item.reasons.length ? item.reasons : ["asked"];
    reasons.forEach(function (why) { $("why").append(prongsai.element("li", {}, prongsai.said("review.why_" + why))); });
    item.findings.forEach(function (found) { $("why").append(prongsai.element("li", { "class": "small" }, prongsai.said(found))); });
    fill("choices", "");
    $("choices-box").hidden = !item.choices.length;
    item.choices.forEach(function (choice, at) { $("choices").append(prongsai.element("li", {}, chooser(item, choice, at))); });
    beside(item);
    fill("seen-title", prongsai.said("review.on_page", { page: item.page, path: item.path.split(/[\\/]/).pop() }));
    $("open-document").href = "/" + item.document_page + (item.spots[0].mention_id ? "#m-" + item.spots[0].mention_id.split(":").pop() : "#p" + item.page);
    $("typed").value = "";
    $("typed").inputMode = { value: "decimal", year: "numeric" }[item.asked] || "text";
    $("reason").value = "";
    intent();
    review.place(item);
    say(item);
    // In the field every letter of a name is a letter; outside of it some are commands.
    if (isFine && item.asked !== "agency") { $("typed").focus({ preventScroll: true }); } else { $("question").focus({ preventScroll: true }); }
  }

  function fill(id, content) { $(id).replaceChildren(content); }

  /* A name without the code that stands beside it. */
  function without(name, code) { return (code ? name.replace(code, "") : name).replace(/^[\s,]+|[\s,]+$/g, ""); }

  function shown(item) {
    if (item.asked !== "value") { return item.read_as; }
    return item.printed && item.printed !== item.read_as ? item.printed + " = " + item.read_as : item.read_as;
  }

  function sureness(item) {
    var parts = document.createDocumentFragment();
    if (item.scale !== 100 && item.asked === "value") { parts.append(prongsai.said("review.of_scale", { scale: item.scale }), " "); }
    if (item.asked === "code" && item.printed) { parts.append(prongsai.said("review.printed", { text: item.printed }), " "); }
    if (item.kind && item.kind !== "score") { parts.append(prongsai.said("mention." + item.kind), " "); }
    if (item.confidence !== null && item.read_as) { parts.append(prongsai.said("review.sure", { share: Math.round(100 * item.confidence) })); }
    return parts;
  }

  function share(probability) {
    if (probability === null) { return ""; }
    return probability < 0.01 ? "< 1 %" : Math.round(100 * probability) + " %";
  }

  function chooser(item, choice, at) {
    var note = choice.by === "reader" ? share(choice.probability) : prongsai.said("review.by_" + choice.by);
    return prongsai.element("button", { type: "button", onclick: function () { give("correct", choice.text); } },
      prongsai.element("kbd", {}, String(at + 1)), " ", prongsai.element("b", {}, choice.text), " ", prongsai.element("span", { "class": "small" }, note));
  }

  function beside(item) {
    fill("beside", "");
    $("beside-box").hidden = item.beside.length < 2;
    item.beside.forEach(function (row) {
      $("beside").append(prongsai.element("tr", { "class": row.is_asked ? "lit" : null, "aria-current": row.is_asked ? "true" : null },
        prongsai.element("th", { scope: "row" }, row.code || "–"), prongsai.element("td", { lang: "th" }, row.question),
        prongsai.element("td", { "class": "number" }, row.value || row.printed || "?")));
    });
  }

  function say(item) {
    var read = item.read_as || prongsai.both("review.unread")[prongsai.language];
    var parts = {
      question: prongsai.both(question(item))[prongsai.language], code: item.code, agency: item.agency, read: read,
      year: item.fiscal_year ? prongsai.both("review.fiscal_year", { year: item.fiscal_year })[prongsai.language] : ""
    };
    var text = prongsai.both("review.said_item", parts)[prongsai.language];
    if (item.choices.length) { text += " " + prongsai.both("review.said_choices", { count: item.choices.length })[prongsai.language]; }
    $("said").textContent = text;
  }

  /* ---- answering ---- */

  function typed() { return $("typed").value.trim(); }

  function chosen(item) {
    var digit = typed().length === 1 ? typed().charCodeAt(0) : 0;
    // Arabic and Thai digits.
    var at = digit > 0x30 && digit <= 0x39 ? digit - 0x30 : digit > 0xe50 && digit <= 0xe59 ? digit - 0xe50 : 0;
    return at ? item.choices[at - 1] : undefined;
  }

  function intent() {
    var item = items[0], choice = chosen(item);
    var isTyped = Boolean(typed());
    fill("save-text", prongsai.said(isTyped ? "review.save" : "review.right"));
    $("save").disabled = !isTyped && !item.read_as;
    if (choice) { fill("intent", prongsai.said("review.intent_choice", { number: typed(), text: choice.text })); }
    else if (isTyped) { fill("intent", prongsai.said("review.intent_typed", { text: typed() })); }
    else { fill("intent", prongsai.said(item.read_as ? "review.intent_confirm" : "review.intent_choose")); }
    Array.prototype.forEach.call($("choices").children, function (row, at) { row.classList.toggle("lit", item.choices[at] === choice); });
  }

  function submit() {
    var item = items[0], choice = item && chosen(item);
    if (!item) { return; }
    if (choice) { give("correct", choice.text); }
    else if (typed()) { give("correct", typed()); }
    else if (item.read_as) { give("confirm", ""); }
  }

  function give(verdict, corrected) {
    var item = items[0];
    if (!item || isBusy) { return; }
    isBusy = true;
    var answer = {
      key: item.key, seen: item.seen, verdict: verdict, corrected: corrected, reason: $("reason").value.trim(), who: $("who").value.trim(),
      supersedes: (item.answers || []).map(function (one) { return one.id; }), insists: insisted === corrected && corrected !== ""
    };
    review.give(answer, review.label(item)).then(function (result) {
      isBusy = false;
      if (result.status === 422 || result.status === 404) {
        review.drop(result.id);
        insisted = result.body.may_insist ? corrected : "";
        fill("wrong", prongsai.said(result.body.message));
        if (isFine) { $("typed").focus(); }
        return;
      }
      if (result.status === 409) { fill("wrong", prongsai.said(result.body.message)); return; }
      given.push({ item: item, id: result.id });
      remember();
      done[item.key] = true;
      if (items[0] === item) { next(); }
    });
  }

  function undo() {
    var before = given.pop();
    if (!before) { fill("wrong", prongsai.said("review.nothing_to_undo")); $("said").textContent = prongsai.both("review.nothing_to_undo")[prongsai.language]; return; }
    remember();
    review.give({
      key: before.item.key, seen: before.item.seen, verdict: "withdraw", supersedes: [before.id], who: $("who").value.trim()
    }, review.label(before.item)).then(function (result) {
      if (result.status >= 400) { return; }
      delete done[before.item.key];
      before.item.answers = [];
      items.unshift(before.item);
      draw();
    });
  }

  function setAside() {
    if (!items.length) { return; }
    later[items[0].key] = true;
    next();
  }

  function finish() {
    var count = Object.keys(later).length;
    $("set-aside").hidden = !count;
    $("finished").querySelector("h2").replaceChildren(prongsai.said(count ? "review.set_aside" : "review.finished", { count: count }));
    $("finished").querySelector("h2").focus();
  }

  $("look-again").addEventListener("click", function () {
    later = {}; last = ""; hasMore = true;
    load().then(draw);
  });

  /* ---- keyboard ---- */

  $("form").addEventListener("submit", function (event) { event.preventDefault(); submit(); });
  $("typed").addEventListener("input", function () { insisted = ""; fill("wrong", ""); intent(); });
  $("reject").addEventListener("click", function () { give("reject", ""); });
  $("later").addEventListener("click", setAside);
  $("undo").addEventListener("click", undo);
  $("help-button").addEventListener("click", function () { $("help").showModal(); });

  function letters() {
    try { return window.localStorage.getItem("prongsai-review-letters") !== "no"; } catch (refused) { return $("shortcuts").checked; }
  }
  $("shortcuts").checked = letters();
  $("shortcuts").addEventListener("change", function () {
    try { window.localStorage.setItem("prongsai-review-letters", $("shortcuts").checked ? "yes" : "no"); } catch (refused) { /* this page only */ }
  });

  document.addEventListener("keydown", function (event) {
    var field = event.target.closest("input, textarea, select, [contenteditable]");
    var isTyped = field === $("typed");
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open || event.isComposing) { return; }
    if (event.key === "Escape" && isTyped) { $("typed").value = ""; fill("wrong", ""); intent(); return; }
    if (field && !isTyped) { return; }
    var item = items[0];
    var isName = item && item.asked === "agency";
    // In a name any letter may stand; elsewhere these letters mean nothing but what they do.
    if (letters() && !(isTyped && (isName || typed()))) {
      // By the place of the key too: on a Thai keyboard it gives another letter.
      var does = { x: function () { give("reject", ""); }, s: setAside, u: undo, "?": function () { $("help").showModal(); } };
      var key = does[event.key.toLowerCase()] ? event.key.toLowerCase() : isName ? "" : { KeyX: "x", KeyS: "s", KeyU: "u" }[event.code];
      if (key && !(key !== "?" && event.shiftKey)) { event.preventDefault(); does[key](); return; }
    }
    if (!item) { return; }
    var digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    var isDigit = /^[0-9\u0e50-\u0e59.,+-]$/.test(event.key);
    if (isTyped && !isName && digit && !isDigit && event.key.length === 1 && !event.shiftKey) {
      // The row of digits of a Thai keyboard gives letters.
      event.preventDefault();
      document.execCommand("insertText", false, digit[1]);
    } else if (!isTyped && event.key === "Enter" && !event.target.closest("button, a, summary")) {
      event.preventDefault();
      submit();
    } else if (!isTyped && (isDigit || (event.key.length === 1 && event.key !== " " && item.asked !== "value"))) {
      $("typed").focus();
    }
  });

  /* ---- other tabs, and how far it is ---- */

  document.addEventListener("review:answered", function (event) {
    var key = event.detail.key, isAnswered = event.detail.answers.length > 0;
    if (isAnswered) { done[key] = true; } else { delete done[key]; }
    if (event.detail.isHere && items.length && items[0].key === key && isAnswered && !isBusy) { next(); return; }
    items = items.filter(function (item, at) { return at === 0 || item.key !== key; });
    if (!event.detail.isHere && items.length && items[0].key === key && isAnswered) { fill("wrong", prongsai.said("review.elsewhere")); }
    if (!event.detail.isHere) { review.ask("/review/api/answers"); }
  });

  document.addEventListener("review:standing", function () {
    var standing = review.standing;
    $("bar").max = Math.max(1, standing.entries);
    $("bar").value = standing.done;
    fill("standing", prongsai.said("review.standing", { done: standing.done, left: standing.entries - standing.done }));
  });

  document.addEventListener("prongsai:language", function () { if (items.length) { review.place(items[0]); } });
  window.addEventListener("resize", function () { if (items.length) { review.place(items[0]); } });

  $("who").value = review.name();
  $("who").addEventListener("change", function () { review.name($("who").value.trim()); });
  function reasons() {
    $("reasons").replaceChildren.apply($("reasons"), review.reasons.map(function (name) {
      return prongsai.element("option", { value: prongsai.both("review.reason_" + name)[prongsai.language] });
    }));
  }
  reasons();
  document.addEventListener("prongsai:language", reasons);

  var asked = new URLSearchParams(window.location.search).get("key");
  var first = asked ? review.ask("/review/api/item?key=" + encodeURIComponent(asked)) : Promise.resolve(null);
  first.then(function (result) {
    if (result && result.status === 200) { result.body.item.answers = result.body.answers; items.push(result.body.item); }
    return load();
  }).then(draw);
});
