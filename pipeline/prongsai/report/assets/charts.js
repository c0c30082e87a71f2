/* Draws every <figure data-chart="NAME"> of a page from the spec of that name and the rows that stand in the figure.

   What of a row is said in both languages, {th, en}, is said in that of the page; its label is broken into lines that leave
   room for the drawing. Specs come from Altair (assets/specs.js), the libraries from assets/vega.js. */
"use strict";
(function () {
  var LABELS = 0.4, WIDEST_LABELS_PX = 260, LINES = 2, PEN = "13px ";
  var pen = document.createElement("canvas").getContext("2d");
  var drawn = new Map();

  function width(text) { return pen.measureText(text).width; }

  /* Where a text may be broken: between words, which Thai does not part by spaces. */
  function words(text) {
    if (!("Segmenter" in Intl)) { return text.split(/(?<= )/); }
    return Array.from(new Intl.Segmenter("th", { granularity: "word" }).segment(text), function (one) { return one.segment; });
  }

  function broken(text, room) {
    var lines = [""];
    words(text).forEach(function (word) {
      var last = lines.length - 1;
      if (lines[last] && lines.length < LINES && width(lines[last] + word) > room) { lines.push(word.trimStart()); } else { lines[last] += word; }
    });
    return lines.map(function (line) { return line.trim(); }).join("\n");
  }

  function told(rows, room) {
    return rows.map(function (row, nth) {
      var said = { nth: nth };
      Object.keys(row).forEach(function (key) {
        var value = row[key];
        said[key] = value !== null && typeof value === "object" ? value[prongsai.language] : value;
      });
      if (said.label) { said.label = broken(String(said.label), room); }
      return said;
    });
  }

  /* What is shown beside the pointer, without what a row does not have. */
  function tip(facts, safe) {
    var names = Object.keys(facts).filter(function (name) { return ["undefined", "null", "NaN", ""].indexOf(String(facts[name])) < 0; });
    return "<table>" + names.map(function (name) {
      return "<tr><td class=\"key\">" + safe(name) + "</td><td class=\"value\">" + safe(facts[name]) + "</td></tr>";
    }).join("") + "</table>";
  }

  function draw(figure) {
    var place = figure.querySelector(".drawing"), language = prongsai.language;
    var spec = JSON.parse(JSON.stringify(prongsai.charts[figure.dataset.chart][language]));
    pen.font = PEN + spec.config.font;
    var rows = told(JSON.parse(figure.querySelector("script").textContent), Math.min(WIDEST_LABELS_PX, figure.clientWidth * LABELS));
    spec.datasets = { rows: rows };
    spec.width = figure.clientWidth;
    if (spec.height.step) { spec.height = spec.height.step * new Set(rows.map(function (row) { return row.label; })).size; }
    // What is drawn is said by its place, in one sentence; Vega would say every mark.
    var sheet = prongsai.element("div", { "aria-hidden": "true" });
    // `ast`: the expressions of a spec are interpreted, so that the page can forbid to make code of text. Level 1: errors alone.
    var how = { renderer: "svg", actions: false, ast: true, defaultStyle: false, logLevel: 1, tooltip: { formatTooltip: tip } };
    return vegaEmbed(sheet, spec, how).then(function (made) {
      // The language may have been switched again meanwhile.
      if (language !== prongsai.language) { made.finalize(); return; }
      if (drawn.has(figure)) { drawn.get(figure).finalize(); }
      drawn.set(figure, made);
      place.replaceChildren(sheet);
      figure.dataset.drawn = language;
    }, function (error) {
      place.replaceChildren(prongsai.said("chart.failed"));
      console.error(error);
    });
  }

  prongsai.ready(function () {
    var figures = Array.prototype.slice.call(document.querySelectorAll("figure[data-chart]"));
    var last = document.documentElement.clientWidth, waiting = 0;
    function all() { figures.forEach(draw); }
    document.addEventListener("prongsai:language", all);
    window.addEventListener("resize", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(function () {
        // Printing resizes too, and would be over before a chart is drawn anew.
        if (document.documentElement.clientWidth !== last && !window.matchMedia("print").matches) {
          last = document.documentElement.clientWidth;
          all();
        }
      }, 200);
    });
    // The widths of labels are those of the page's own letters.
    (document.fonts ? document.fonts.ready : Promise.resolve()).then(all);
  });
})();
