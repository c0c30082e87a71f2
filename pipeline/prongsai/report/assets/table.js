/* A table of many rows: sorted by a click on a column, some rows at a time, so that thousands of them stay quick.

   prongsai.table(element, {
     caption: text,                    text {th, en} or its name in words
     columns: [{
       title: text, hint: text,        its heading, and what its heading means
       group: text,                    stands over all neighbours of the same group
       value: function (row) {…},      what it is sorted by: a number, a text, or null
       cell: function (row, td) {…},   what stands in it: a node or a text; may set attributes of td; the value where it is absent
       number: true,                   set to the right
       heading: true,                  the row's own heading
       width: 4.5                      in rem, if all columns say so
     }],
     rows: […], size: 50, by: 0, down: false,
     top: […],                         rows that stand above all others, whatever the order
     start: 0,                         the first row to show
     changed: function (by, down, start) {…}   called when a person sorts or turns the pages
   }) gives {show: function (rows, top) {…}}: other rows, in the order that is chosen; {ordered: function () {…}}: the rows in that order. */
"use strict";
(function () {
  var collator = new Intl.Collator("th", { numeric: true });

  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") { return one - other; }
    return collator.compare(String(one), String(other));
  }

  function sorted(rows, column, isDown) {
    if (!column) { return rows; }
    var keyed = rows.map(function (row, at) { return { row: row, at: at, key: column.value(row) }; });
    keyed.sort(function (one, other) {
      var without = (one.key === null || one.key === undefined) - (other.key === null || other.key === undefined);
      // What has no value stands last, whichever way the others stand.
      if (without) { return without; }
      var order = one.key === null || one.key === undefined ? 0 : compare(one.key, other.key);
      return (isDown ? -order : order) || one.at - other.at;
    });
    return keyed.map(function (each) { return each.row; });
  }

  /* Some of many at a time: prongsai.pager(size, function (start, end) {…}) gives {element, show: function (count, start) {…}}.
     `turned` is called besides when a person turns the page. */
  prongsai.pager = function (size, draw, turned) {
    var element = prongsai.element, count = 0, start = 0;
    var status = element("p", { "class": "shown", role: "status" });

    function page(title, sign, target) {
      var button = element("button", { type: "button", onclick: function () { show(count, target()); if (turned) { turned(start); } } }, sign);
      return prongsai.say(button, "aria-label", title);
    }

    var back = [
      page("table.first", "\u00ab", function () { return 0; }),
      page("table.previous", "\u2039", function () { return start - size; })
    ];
    var on = [
      page("table.next", "\u203a", function () { return start + size; }),
      page("table.last", "\u00bb", function () { return count; })
    ];
    var nav = element("nav", { "class": "pager" }, back[0], back[1], status, on[0], on[1]);
    prongsai.say(nav, "aria-label", "table.paging");

    function show(many, from) {
      count = many;
      start = Math.max(0, Math.min(Math.floor(from / size), Math.ceil(count / size) - 1)) * size;
      var end = Math.min(start + size, count);
      var facts = { from: (start + 1).toLocaleString("en"), to: end.toLocaleString("en"), of: count.toLocaleString("en") };
      status.replaceChildren(count ? prongsai.said("table.shown", facts) : prongsai.said("table.empty"));
      back.forEach(function (button) { button.disabled = start === 0; });
      on.forEach(function (button) { button.disabled = end >= count; });
      nav.classList.toggle("single", count <= size);
      draw(start, end);
    }

    return { element: nav, show: show };
  };

  prongsai.table = function (place, wanted) {
    var element = prongsai.element, size = wanted.size || 50;
    var by = wanted.by === undefined ? -1 : wanted.by, isDown = Boolean(wanted.down);
    var rows = wanted.rows, top = wanted.top || [], ordered = [], start = wanted.start || 0;
    var head = element("tr"), body = element("tbody");
    var caption = element("caption", {}, prongsai.said(wanted.caption));
    var whole = element("table", { "class": "data" }, caption, element("thead", {}, groups(), head), body);
    var scroller = element("div", { "class": "scroller", tabindex: "0", role: "region" }, whole);
    prongsai.say(scroller, "aria-label", wanted.caption);
    // Where all columns say how wide they are, cells need not be measured, which takes longest of all.
    if (wanted.columns.every(function (column) { return column.width; })) {
      var widths = element("colgroup"), sum = 0;
      wanted.columns.forEach(function (column) {
        var one = element("col");
        one.style.width = column.width + "rem";
        widths.append(one);
        sum += column.width;
      });
      caption.after(widths);
      whole.style.tableLayout = "fixed";
      whole.style.minWidth = sum + "rem";
    }

    function groups() {
      if (!wanted.columns.some(function (column) { return column.group; })) { return null; }
      var line = element("tr", { "class": "groups" }), last = null;
      wanted.columns.forEach(function (column) {
        var group = column.group ? prongsai.both(column.group).en : "";
        if (last && last.group === group) {
          last.cell.setAttribute("colspan", String(Number(last.cell.getAttribute("colspan")) + 1));
          return;
        }
        last = { group: group, cell: group
          ? element("th", { scope: "colgroup", colspan: "1" }, prongsai.said(column.group)) : element("td", { colspan: "1" }) };
        line.append(last.cell);
      });
      return line;
    }

    var headings = wanted.columns.map(function (column, at) {
      var button = element("button", { type: "button", "class": "sort", onclick: function () { choose(at); } }, prongsai.said(column.title));
      if (column.hint) { prongsai.say(button, "title", column.hint); }
      var heading = element("th", { scope: "col", "class": column.number ? "number" : null }, button);
      head.append(heading);
      return heading;
    });

    function tell() { if (wanted.changed) { wanted.changed(by, isDown, start); } }

    function choose(at) {
      // Numbers are looked at from the highest down.
      isDown = by === at ? !isDown : Boolean(wanted.columns[at].number);
      by = at;
      start = 0;
      order();
      tell();
    }

    function order() {
      headings.forEach(function (heading, at) {
        heading.setAttribute("aria-sort", at === by ? (isDown ? "descending" : "ascending") : "none");
      });
      ordered = sorted(rows, wanted.columns[by], isDown);
      pager.show(ordered.length, start);
    }

    function line(row, name) {
      var tr = document.createElement("tr");
      if (name) { tr.className = name; }
      wanted.columns.forEach(function (column) {
        // Thousands of these are made at once: nothing here but what is needed.
        var td = document.createElement(column.heading ? "th" : "td");
        if (column.heading) { td.scope = "row"; }
        if (column.number) { td.className = "number"; }
        var content = column.cell ? column.cell(row, td) : column.value(row);
        if (content !== null && content !== undefined) { td.append(content); }
        tr.append(td);
      });
      return tr;
    }

    var pager = prongsai.pager(size, function (from, end) {
      start = from;
      body.replaceChildren.apply(body, top.map(function (row) { return line(row, "top-row"); }).concat(
        ordered.slice(from, end).map(function (row) { return line(row, null); })
      ));
    }, tell);

    place.replaceChildren(scroller, pager.element);
    order();
    return {
      show: function (others, above) { rows = others; top = above || top; start = 0; order(); },
      ordered: function () { return ordered; },
      columns: wanted.columns
    };
  };

  function mixed(stops, at) {
    var next = stops.findIndex(function (stop) { return stop[0] >= at; });
    if (next <= 0) { return stops[next ? stops.length - 1 : 0][1]; }
    var from = stops[next - 1], to = stops[next], share = (at - from[0]) / (to[0] - from[0]);
    return from[1].map(function (part, nth) { return Math.round(part + share * (to[1][nth] - part)); });
  }

  function colour(parts) { return "rgb(" + parts.join(" ") + ")"; }

  /* The colour of a score from 0 to 100 in a heat map: orange where low, teal where high, which people who cannot tell red from
     green tell apart; each so light that dark letters keep a contrast of 7:1 on it. Most scores lie between 70 and 100. */
  var SCORES = [[50, [244, 165, 122]], [70, [250, 200, 160]], [85, [253, 240, 214]], [93, [213, 236, 228]], [100, [143, 211, 200]]];
  prongsai.heat = function (score) { return colour(mixed(SCORES, score)); };

  /* The colour of a change of a score: orange where it fell, blue where it rose, ten points and more the deepest. */
  var CHANGES = [[-10, [244, 165, 122]], [-2, [252, 226, 205]], [0, [255, 255, 255]], [2, [217, 232, 245]], [10, [146, 193, 226]]];
  prongsai.shift = function (change) { return colour(mixed(CHANGES, change)); };
})();
