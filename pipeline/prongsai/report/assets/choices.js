/* What pages with choices share: data loaded when first needed, choices in the address, Thai as it is compared, lists of choices. */
"use strict";
(function () {
  var asked = {};

  /* prongsai.load("data/x.js", "x", function (value) {…}, function (path) {…}): value is undefined while the file is not there.
     Pages from disk may not fetch, but may add a script. */
  prongsai.load = function (path, name, then, failed) {
    if (name in prongsai.data) { then(prongsai.data[name]); return; }
    if (asked[path]) { asked[path].push([then, failed]); return; }
    asked[path] = [[then, failed]];
    function done(at) {
      var waiting = asked[path];
      delete asked[path];
      waiting.forEach(function (both) { if (both[at]) { both[at](at ? path : prongsai.data[name]); } });
    }
    document.head.append(prongsai.element("script", {
      src: path, onload: function () { done(name in prongsai.data ? 0 : 1); }, onerror: function () { done(1); }
    }));
  };

  /* The choices in the address, as texts by name. */
  prongsai.choices = function () {
    var found = {};
    new URLSearchParams(window.location.hash.slice(1)).forEach(function (value, name) { found[name] = value; });
    return found;
  };

  /* Puts them there, those that are not empty, without a step in the history for each key that is pressed. */
  prongsai.choose = function (choices) {
    var wanted = new URLSearchParams();
    Object.keys(choices).forEach(function (name) { if (choices[name]) { wanted.set(name, choices[name]); } });
    var hash = wanted.toString();
    if (hash !== window.location.hash.slice(1)) {
      window.history.replaceState(null, "", hash ? "#" + hash : window.location.pathname + window.location.search);
    }
  };

  /* Thai as it is compared, like `language/folding.py`: without spaces, tone marks and silencers, sara am as sara aa, digits alike. */
  var DROPPED = /[\s\u200b-\u200d\u2060\ufeff\u00ad\u0e3a\u0e47-\u0e4d]/g;
  prongsai.fold = function (text) {
    return text.replace(DROPPED, "").replace(/\u0e33/g, "\u0e32").toLowerCase()
      .replace(/[\u0e50-\u0e59]/g, function (digit) { return String(digit.charCodeAt(0) - 0xe50); });
  };

  /* Fills a select: [[value, text, hint], …], or {group: text, options: […]} among them; the first choice is kept where it is there. */
  prongsai.options = function (select, entries, chosen) {
    function option(entry) {
      return prongsai.say(prongsai.element("option", { value: entry[0] }), "text", entry[1]);
    }
    select.replaceChildren.apply(select, entries.map(function (entry) {
      if (!entry.group) { return option(entry); }
      var group = prongsai.element("optgroup");
      group.append.apply(group, entry.options.map(option));
      return prongsai.say(group, "label", entry.group);
    }));
    select.value = chosen;
    if (select.selectedIndex < 0) { select.selectedIndex = 0; }
  };

  /* Calls once the typing rests. */
  prongsai.rested = function (work) {
    var waiting = 0;
    return function () { window.clearTimeout(waiting); waiting = window.setTimeout(work, 150); };
  };

  /* A cell of a CSV file that no spreadsheet takes for a formula, as `export/guard.py` has it. */
  function cell(value) {
    var text = String(value);
    if (/^['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^[+-]\d+(\.\d+)?$/.test(text)) { text = "'" + text; }
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  /* Hands lines of cells to the reader as a CSV file with the mark by which Excel knows UTF-8. */
  prongsai.download = function (name, lines) {
    var text = "\ufeff" + lines.map(function (line) { return line.map(cell).join(",") + "\r\n"; }).join("");
    var address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    prongsai.element("a", { href: address, download: name }).click();
    window.setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  };
})();
