/* The list of findings: filtered over an index of columns; the words of those that are shown are loaded with them. */
"use strict";
prongsai.ready(function () {
  var element = prongsai.element, SIZE = 20, SEVERITIES = ["error", "warning", "note"];
  var form = document.getElementById("choices"), fields = form.elements, list = document.getElementById("found");
  var agencies, grave, columns, hasNotes = false, spelt = {}, shown = [], start = 0, drawing = 0;
  var only = { agency: "", subject: "", document: "" };

  // One finding, by its number: errors, warnings, then notes

  function severityOf(n) {
    var counts = grave.counts;
    return n < counts.error ? "error" : n < counts.error + counts.warning ? "warning" : "note";
  }

  function field(n, name) { return columns[name][n]; }

  function listed(n, name) { return grave.lists[name][field(n, name)]; }

  function checkName(check) { return prongsai.words["check." + check] || { th: check, en: check }; }

  function codeName(code) {
    var name = prongsai.words["codes." + code];
    return name || { th: code.replace(/^ind/, "") === code ? code : prongsai.both("scope.indicator").th + " " + code.slice(3),
      en: code.replace(/^ind/, "") === code ? code : prongsai.both("scope.indicator").en + " " + code.slice(3) };
  }

  // What is chosen

  function severities() {
    return SEVERITIES.filter(function (severity) { return form.querySelector("[value=" + severity + "]").checked; });
  }

  function remember() {
    var chosen = severities().join(",");
    prongsai.choose({
      severity: chosen === "error,warning" ? "" : chosen || "none", check: fields.check.value, fault: fields.fault.value,
      year: fields.year.value, kind: fields.kind.value, province: fields.province.value, text: fields.text.value.trim(),
      agency: only.agency, subject: only.subject, document: only.document, at: start || ""
    });
  }

  function recall() {
    var chosen = prongsai.choices(), wanted = (chosen.severity || "error,warning").split(",");
    // Who comes for one kind of finding wants to see it, whatever its severity.
    if (chosen.check && !chosen.severity) { wanted = SEVERITIES; }
    SEVERITIES.forEach(function (severity) { form.querySelector("[value=" + severity + "]").checked = wanted.indexOf(severity) >= 0; });
    Object.keys(only).forEach(function (name) { only[name] = chosen[name] || ""; });
    fields.text.value = chosen.text || "";
    fields.fault.value = ["source", "extraction", "undecided"].indexOf(chosen.fault) < 0 ? "" : chosen.fault;
    start = Number(chosen.at) || 0;
    return chosen;
  }

  function each(work) {
    var chosen = severities(), from = 0;
    SEVERITIES.forEach(function (severity) {
      var end = from + grave.counts[severity];
      if (chosen.indexOf(severity) >= 0 && (severity !== "note" || hasNotes)) {
        for (var n = from; n < end; n += 1) { work(n); }
      }
      from = end;
    });
  }

  /* The choices that there are among the findings of the severities chosen, each with how many. */
  function offer(chosen) {
    var checks = {}, years = {}, kinds = {}, provinces = {};
    function count(counts, key) { counts[key] = (counts[key] || 0) + 1; }
    each(function (n) {
      var agency = agencies.rows[field(n, "agency")], year = field(n, "year");
      count(checks, columns.check[n]);
      if (year) { count(years, year); }
      if (agency && agency[2] >= 0) { count(kinds, agency[2]); }
      if (agency && agency[3] >= 0) { count(provinces, agency[3]); }
    });
    function options(counts, order, name, value) {
      var entries = Object.keys(counts).sort(order).map(function (key) {
        var both = prongsai.both(name(key)), many = counts[key].toLocaleString("en");
        return [value ? value(key) : key, { th: both.th + " (" + many + ")", en: both.en + " (" + many + ")" }];
      });
      return [["", "table.all"]].concat(entries);
    }
    function most(one, other) { return checks[other] - checks[one]; }
    function byNumber(one, other) { return one - other; }
    prongsai.options(fields.check, options(checks, most, function (at) { return checkName(grave.lists.check[at]); },
      function (at) { return grave.lists.check[at]; }), chosen.check || "");
    prongsai.options(fields.year, options(years, function (one, other) { return other - one; }, String), chosen.year || "");
    prongsai.options(fields.kind, options(kinds, byNumber, function (at) { return agencies.kinds[at]; },
      function (at) { return agencies.kinds[at].code; }), chosen.kind || "");
    prongsai.options(fields.province, options(provinces, byNumber, function (at) { return agencies.provinces[at]; },
      function (at) { return agencies.provinces[at]; }), chosen.province || "");
  }

  function chips() {
    var agency = only.agency && agencies.rows.find(function (row) { return row[0] === only.agency; });
    var found = { agency: agency ? agency[1] : only.agency, subject: only.subject && codeName(only.subject), document: only.document };
    document.getElementById("chips").replaceChildren.apply(document.getElementById("chips"), Object.keys(only).filter(function (name) {
      return only[name];
    }).map(function (name) {
      var what = prongsai.both(found[name]);
      var button = element("button", { type: "button", onclick: function () { only[name] = ""; chips(); filter(); fields.text.focus(); } },
        prongsai.said({ th: prongsai.both("findings.only", { what: what.th }).th, en: prongsai.both("findings.only", { what: what.en }).en }),
        element("span", { "aria-hidden": "true" }, " \u00d7"));
      return prongsai.say(button, "title", {
        th: prongsai.both("findings.remove", { what: what.th }).th, en: prongsai.both("findings.remove", { what: what.en }).en
      });
    }));
  }

  /* Texts folded all at once, which is much quicker than one by one. */
  function folded(texts) { return prongsai.fold(texts.join("\u0000")).split("\u0000"); }

  function spell() {
    spelt = {
      agencies: folded(agencies.rows.map(function (row) { return row[1]; })),
      documents: folded(grave.lists.document.map(function (document) { return document[0]; })),
      subjects: folded(grave.lists.subject), printed: folded(columns.printed), expected: folded(columns.expected)
    };
  }

  function says(n, text) {
    var agency = columns.agency[n];
    return (agency >= 0 && spelt.agencies[agency].indexOf(text) >= 0) || spelt.documents[columns.document[n]].indexOf(text) >= 0 ||
      spelt.subjects[columns.subject[n]].indexOf(text) >= 0 || spelt.printed[n].indexOf(text) >= 0 || spelt.expected[n].indexOf(text) >= 0;
  }

  function matching() {
    var check = grave.lists.check.indexOf(fields.check.value), fault = grave.lists.fault.indexOf(fields.fault.value);
    var year = Number(fields.year.value), text = prongsai.fold(fields.text.value);
    var kind = agencies.kinds.findIndex(function (one) { return one.code === fields.kind.value; });
    var province = agencies.provinces.indexOf(fields.province.value);
    var agency = only.agency ? agencies.rows.findIndex(function (row) { return row[0] === only.agency; }) : -1;
    var found = [], all = 0;
    if (text && (!spelt.printed || spelt.printed.length < columns.printed.length)) { spell(); }
    each(function (n) {
      var whose = agencies.rows[field(n, "agency")];
      all += 1;
      if ((!fields.check.value || field(n, "check") === check) && (!fields.fault.value || field(n, "fault") === fault) &&
          (!year || field(n, "year") === year) && (!only.agency || (agency >= 0 && field(n, "agency") === agency)) &&
          (!only.subject || listed(n, "subject") === only.subject) && (!only.document || listed(n, "document")[0] === only.document) &&
          (kind < 0 || (whose && whose[2] === kind)) && (province < 0 || (whose && whose[3] === province)) &&
          (!text || says(n, text))) {
        found.push(n);
      }
    });
    document.getElementById("count").replaceChildren(prongsai.said(found.length ? "findings.count" : "findings.none", {
      shown: found.length.toLocaleString("en"), all: all.toLocaleString("en")
    }));
    return found;
  }

  // What is shown of it

  function link(n, told) {
    var of = listed(n, "document"), page = field(n, "page");
    var text = page ? prongsai.both("findings.on_page", { path: of[0], page: page }) : { th: of[0], en: of[0] };
    return element("a", { href: of[1] + (told[3] ? "#" + told[3] : "") }, prongsai.said(text));
  }

  function about(n) {
    var subject = listed(n, "subject"), year = field(n, "year");
    var name = /^(ITA|IIT|EIT[12]?|OIT|ind[\d.]+|[ieo]\d+)$/.test(subject) ? codeName(subject) : null;
    if (!name) { return year ? prongsai.both("findings.of_year", { year: year }) : null; }
    return year ? { th: prongsai.both("findings.about", { code: name.th, year: year }).th,
      en: prongsai.both("findings.about", { code: name.en, year: year }).en } : name;
  }

  function figure(n, told) {
    var of = told[4], printed = field(n, "printed");
    if (!of.length) { return null; }
    if (of.length === 4) {
      return element("figure", {}, element("figcaption", {}, prongsai.said("findings.line", { number: of[0] })),
        element("pre", {}, of[1], of[2] && element("mark", {}, of[2]), of[3]));
    }
    var alt = printed ? prongsai.both("findings.picture", { page: of[7], printed: of[8] || printed })
      : prongsai.both("findings.picture_page", { page: of[7] });
    return element("figure", {}, prongsai.crop(of[0], { width: of[1], height: of[2] },
      { x0: of[3], top: of[4], x1: of[5], bottom: of[6] }, { alt: alt, margin: 28, wide: window.innerWidth < 600 ? 320 : 440 }));
  }

  function item(n, told) {
    var severity = severityOf(n), agency = agencies.rows[field(n, "agency")], subject = about(n), facts = element("dl", { "class": "inline" });
    function fact(name, value) {
      if (value) { facts.append(element("div", {}, element("dt", {}, prongsai.said("findings." + name)), " ", element("dd", {}, value))); }
    }
    fact("printed", field(n, "printed"));
    fact("expected", field(n, "expected"));
    if (told[2] !== field(n, "expected")) { fact("suggestion", told[2]); }
    fact("whose", prongsai.said("fault." + listed(n, "fault")));
    fact("where", link(n, told));
    var picture = figure(n, told);
    return element("li", { "class": severity + (picture ? "" : " plain") },
      element("div", {},
        element("h2", {}, element("span", { "class": "tag " + severity }, prongsai.said("severity." + severity)),
          element("span", {}, prongsai.said(checkName(listed(n, "check")))), subject && element("span", { "class": "small" }, prongsai.said(subject))),
        agency && element("p", {}, element("a", { href: "agencies/" + agency[0] + ".html" }, agency[1])),
        element("p", {}, prongsai.said({ th: told[0], en: told[1] })), facts),
      picture);
  }

  function draw(from, end) {
    var some = shown.slice(from, end), chunks = [], mine = drawing += 1;
    start = from;
    some.forEach(function (n) {
      var number = Math.floor(n / grave.chunk);
      if (chunks.indexOf(number) < 0) { chunks.push(number); }
    });
    var left = chunks.length;
    function done() {
      // Somebody who turned the page meanwhile sees the later one.
      if (mine !== drawing) { return; }
      list.replaceChildren.apply(list, some.map(function (n) {
        return item(n, prongsai.data["findings-" + Math.floor(n / grave.chunk)][n % grave.chunk]);
      }));
    }
    chunks.forEach(function (number) {
      prongsai.load("data/findings-" + number + ".js", "findings-" + number, function () { left -= 1; if (!left) { done(); } }, failed);
    });
    if (!left) { done(); }
  }

  var pager = prongsai.pager(SIZE, draw, function (from) {
    start = from;
    remember();
    form.scrollIntoView();
  });

  function filter() {
    start = 0;
    show();
  }

  function show() {
    shown = matching();
    pager.show(shown.length, start);
    remember();
  }

  function failed(path) {
    document.getElementById("count").replaceChildren(prongsai.said("comparison.not_loaded", { path: path }));
  }

  /* Shows what is chosen, once what it needs is there. */
  function refresh(chosen) {
    function ready() { offer(chosen); chips(); show(); }
    if (!form.querySelector("[value=note]").checked) { ready(); return; }
    prongsai.load("data/findings-notes.js", "findings-notes", function (notes) {
      if (!hasNotes) {
        hasNotes = true;
        Object.keys(columns).forEach(function (name) { columns[name] = columns[name].concat(notes.columns[name]); });
      }
      ready();
    }, failed);
  }

  function chosenNow() { return { check: fields.check.value, year: fields.year.value, kind: fields.kind.value, province: fields.province.value }; }

  function begin() {
    document.getElementById("pager").append(pager.element);
    SEVERITIES.forEach(function (severity) {
      form.querySelector("[data-count=" + severity + "]").textContent = "(" + grave.counts[severity].toLocaleString("en") + ")";
      form.querySelector("[value=" + severity + "]").addEventListener("change", function () { start = 0; refresh(chosenNow()); });
    });
    ["check", "fault", "year", "kind", "province"].forEach(function (name) { fields[name].addEventListener("change", filter); });
    fields.text.addEventListener("input", prongsai.rested(filter));
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      prongsai.choose({});
      refresh(recall());
    });
    window.addEventListener("hashchange", function () { refresh(recall()); });
    refresh(recall());
  }

  prongsai.load("data/agencies.js", "agencies", function (value) {
    agencies = value;
    prongsai.load("data/findings.js", "findings", function (index) { grave = index; columns = index.columns; begin(); }, failed);
  }, failed);
});
