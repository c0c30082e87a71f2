/* The list of all documents. */
"use strict";
prongsai.ready(function () {
  var data = prongsai.data.documents, element = prongsai.element;
  var rows = data.rows.map(function (row) {
    var named = {};
    data.columns.forEach(function (name, at) { named[name] = row[at]; });
    named.words = prongsai.fold(named.path + " " + named.agency + " " + named.place);
    return named;
  });

  function count(name, kind) {
    return {
      title: "document." + name,
      number: true,
      value: function (row) { return row[name]; },
      cell: function (row) { return kind && row[name] ? element("span", { "class": "tag " + kind }, String(row[name])) : String(row[name]); }
    };
  }

  var table = prongsai.table(document.getElementById("documents"), {
    caption: "document.list",
    rows: rows,
    columns: [
      {
        title: "document.path",
        heading: true,
        value: function (row) { return row.path; },
        cell: function (row) { return element("a", { href: row.page }, row.path); }
      },
      {
        title: "document.agency",
        value: function (row) { return row.agency || null; },
        cell: function (row) {
          if (!row.agency) { return prongsai.said("document.no_agency"); }
          return row.agency_page ? element("a", { href: row.agency_page, lang: "th" }, row.agency) : row.agency;
        }
      },
      { title: "document.place", value: function (row) { return row.place || null; } },
      { title: "document.year", number: true, value: function (row) { return row.year; } },
      {
        title: "document.status",
        value: function (row) { return row.status; },
        cell: function (row) {
          var tag = element("span", { "class": "tag " + row.status }, prongsai.said("status." + row.status));
          return row.reason ? element("span", {}, tag, " ", element("span", { "class": "small", lang: "en" }, row.reason)) : tag;
        }
      },
      count("pages"), count("numbers"), count("errors", "error"), count("warnings", "warning"), count("misprints")
    ]
  });

  var text = document.getElementById("text"), status = document.getElementById("status");
  function filter() {
    var wanted = prongsai.fold(text.value.trim());
    table.show(rows.filter(function (row) {
      return (!wanted || row.words.indexOf(wanted) >= 0) && (!status.value || row.status === status.value);
    }));
  }
  text.addEventListener("input", filter);
  status.addEventListener("change", filter);
  document.getElementById("filters").addEventListener("submit", function (event) { event.preventDefault(); });
});
