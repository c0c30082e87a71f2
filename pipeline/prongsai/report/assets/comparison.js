/* The comparison: agencies down, codes across, one year or its change since another. Scores are hundredths of a point. */
"use strict";
prongsai.ready(function () {
  var element = prongsai.element, about = prongsai.data.comparison;
  var form = document.getElementById("choices"), fields = form.elements, place = document.getElementById("comparison");
  var MEDIAN = { isMedian: true };
  var agencies, spelt, view, table;
  var sort = "ITA", isUp = false, start = 0;

  // What is chosen

  function letterOf(level, year) {
    var questions = about.of[year].questions;
    if (questions[level]) { return level; }
    return Object.keys(questions).find(function (letter) {
      return questions[letter].some(function (each) { return each[1] === level; });
    });
  }

  function label(code) { return code.replace(/^ind/, "").replace(/^EIT(\d)/, "EIT $1"); }

  function nameOf(code, year) {
    var name = about.of[year].names[code] || prongsai.words["codes." + code];
    return name || { th: code, en: code };
  }

  function numbered(code, year) {
    var name = nameOf(code, year);
    return /^ind/.test(code) ? { th: label(code) + " " + name.th, en: label(code) + " " + name.en } : name;
  }

  function levels(year) {
    var of = about.of[year], instrument = { i: "IIT", e: "EIT", o: "OIT" };
    var found = [["main", "comparison.level_main"]];
    if (of.sub.length) { found.push(["sub", "comparison.level_sub"]); }
    Object.keys(of.questions).forEach(function (letter) {
      var indicators = of.questions[letter].map(function (each) { return each[1]; }).filter(function (one, at, all) {
        return one && all.indexOf(one) === at;
      });
      var group = prongsai.both("comparison.level_by_question");
      found.push({
        group: { th: group.th + " " + instrument[letter], en: instrument[letter] + ": " + group.en },
        options: [[letter, prongsai.both("comparison.level_all_of", { name: instrument[letter] })]].concat(indicators.map(function (one) {
          return [one, numbered(one, year)];
        }))
      });
    });
    return found;
  }

  function years(but) {
    return about.years.filter(function (year) { return String(year) !== but; }).map(function (year) { return [String(year), String(year)]; });
  }

  function offer(chosen) {
    prongsai.options(fields.year, years(""), chosen.year || String(about.first));
    prongsai.options(fields.than, [["", "comparison.than_none"]].concat(years(fields.year.value)), chosen.than || "");
    prongsai.options(fields.level, levels(fields.year.value), chosen.level || "main");
  }

  function remember() {
    prongsai.choose({
      year: fields.year.value === String(about.first) ? "" : fields.year.value, than: fields.than.value,
      level: fields.level.value === "main" ? "" : fields.level.value, name: fields.name.value.trim(),
      kind: fields.kind.value, province: fields.province.value,
      sort: sort === "ITA" ? "" : sort, up: isUp ? "1" : "", at: start || ""
    });
  }

  function recall() {
    var chosen = prongsai.choices();
    sort = chosen.sort || "ITA";
    isUp = chosen.up === "1";
    start = Number(chosen.at) || 0;
    fields.name.value = chosen.name || "";
    offer(chosen);
    prongsai.options(fields.kind, named(agencies.kinds.map(function (kind) { return [kind.code, kind]; }), 2, "no_kind"), chosen.kind || "");
    prongsai.options(fields.province, named(agencies.provinces.map(function (name) { return [name, name]; }), 3, "no_province"), chosen.province || "");
  }

  /* Every choice, each of the list, and what has none of these where there is such. */
  function named(entries, column, without) {
    var some = agencies.rows.some(function (row) { return row[column] < 0; });
    return [["", "table.all"]].concat(entries, some ? [["-", "comparison." + without]] : []);
  }

  // Its columns

  function part(code, group, source, other) {
    var year = fields.year.value;
    var values = source.values[code];
    var wording = source.wordings && source.wordings[code];
    var isOther = view.than && about.other[year + "-" + view.than].indexOf(code) >= 0;
    return {
      code: code, group: group, hint: wording ? { th: wording, en: wording } : nameOf(code, year),
      values: values, before: other && !isOther ? other.values[code] : undefined,
      conflicts: new Set(source.conflicts[code]), unread: new Set(source.unread[code]), suggested: source.suggested[code] || {}
    };
  }

  function parts(scores, questions, other, otherQuestions) {
    var year = fields.year.value, level = fields.level.value, of = about.of[year], letter = letterOf(level, year), found = [];
    if (level === "main") {
      return of.main.map(function (each) { return part(each[0], each[1] || prongsai.both("comparison.overall_group"), scores, other); });
    }
    if (level === "sub") {
      of.sub.forEach(function (each, at) {
        var group = numbered(each[1], year);
        if ((!at || of.sub[at - 1][1] !== each[1]) && scores.values[each[1]]) { found.push(part(each[1], group, scores, other)); }
        found.push(part(each[0], group, scores, other));
      });
      return found;
    }
    var whole = level === letter ? { i: "IIT", e: "EIT", o: "OIT" }[letter] : level;
    if (scores.values[whole]) { found.push(part(whole, "", scores, other)); }
    of.questions[letter].forEach(function (each) {
      if (level === letter || each[1] === level) {
        found.push(part(each[0], each[1] ? numbered(each[1], year) : "", questions, otherQuestions));
      }
    });
    return found;
  }

  // One cell

  function text(hundredths) { return (hundredths / 100).toFixed(2); }

  function signed(hundredths) { return (hundredths > 0 ? "+" : hundredths < 0 ? "\u2212" : "\u00b1") + text(Math.abs(hundredths)); }

  function scoreOf(one, row) { return row === MEDIAN ? one.median : one.values[row]; }

  function changeOf(one, row) {
    if (row === MEDIAN) { return one.medianChange; }
    var now = one.values[row], at = view.positions[view.rows[row]];
    var before = one.before && at >= 0 ? one.before[at] : null;
    return now === null || now === undefined || before === null || before === undefined ? null : now - before;
  }

  function sign(one, row, mark, meaning) {
    var target = new URLSearchParams({ agency: agencies.rows[view.rows[row]][0], subject: one.code, year: fields.year.value });
    var link = element("a", { "class": "sign", href: "findings.html#" + target }, mark);
    var what = prongsai.both("comparison." + meaning), code = label(one.code);
    return prongsai.say(prongsai.say(link, "title", what), "aria-label", {
      th: prongsai.both("comparison.see_findings", { what: what.th, code: code }).th,
      en: prongsai.both("comparison.see_findings", { what: what.en, code: code }).en
    });
  }

  function cell(one, row, td) {
    var score = scoreOf(one, row), change = view.than && one.before ? changeOf(one, row) : null;
    var isScored = score !== null && score !== undefined;
    var isNoted = row !== MEDIAN && (one.conflicts.has(row) || one.unread.has(row) || row in one.suggested);
    if (isScored && !view.than) { td.style.backgroundColor = prongsai.heat(score / 100); }
    if (change !== null) { td.style.backgroundColor = prongsai.shift(change / 100); }
    if (change === null && !isNoted) { return isScored ? text(score) : null; }
    var nodes = document.createDocumentFragment();
    if (isScored) { nodes.append(element("span", { "class": "score" }, text(score))); }
    if (change !== null) { nodes.append(" ", element("span", { "class": "change" }, signed(change))); }
    if (!isNoted) { return nodes; }
    if (one.conflicts.has(row)) { nodes.append(" ", sign(one, row, "\u2260", "conflict")); }
    if (one.unread.has(row)) { nodes.append(" ", sign(one, row, "?", "unread")); }
    if (row in one.suggested) {
      nodes.append(" ", element("span", { "class": "suggested" }, sign(one, row, "\u21d2", "suggested"), text(one.suggested[row])));
    }
    return nodes;
  }

  function column(one) {
    var title = label(one.code) + (view.than && !one.before ? " \u00b7" : "");
    return {
      title: { th: title, en: title }, hint: one.hint, group: one.group, number: true, width: view.than ? 4.2 : 3.9,
      value: function (row) { return view.than && one.before ? changeOf(one, row) : scoreOf(one, row); },
      cell: function (row, td) { return cell(one, row, td); }
    };
  }

  function agencyCell(row) {
    if (row === MEDIAN) { return prongsai.said("comparison.median", { count: view.count.toLocaleString("en") }); }
    var agency = agencies.rows[view.rows[row]];
    return element("a", { href: "agencies/" + agency[0] + ".html" }, agency[1]);
  }

  function isNarrow() { return window.matchMedia("(max-width: 48rem)").matches; }

  function columns() {
    return [
      // Agencies are listed in the order of their names.
      { title: "comparison.agency", heading: true, width: isNarrow() ? 8.5 : 13, value: function (row) { return view.rows[row]; }, cell: agencyCell }
    ].concat(view.parts.map(column), {
      title: "comparison.province", width: 7,
      value: function (row) { var at = agencies.rows[view.rows[row]][3]; return at < 0 ? null : at; },
      cell: function (row) { return row === MEDIAN ? "" : agencies.provinces[agencies.rows[view.rows[row]][3]] || ""; }
    });
  }

  // The rows

  function plain(name) { return prongsai.fold(name).replace(/\./g, ""); }

  /* How an agency's name may be typed: as it is, and with its kind abbreviated. */
  function spellings() {
    return agencies.rows.map(function (row) {
      var kind = agencies.kinds[row[2]], forms = [row[1]];
      if (kind && row[1].indexOf(kind.th) === 0) {
        kind.short.forEach(function (short) { forms.push(short + row[1].slice(kind.th.length)); });
      }
      return forms.map(plain).join("\n");
    });
  }

  function fitting() {
    var name = plain(fields.name.value), kind = fields.kind.value, province = fields.province.value;
    if (name && !spelt) { spelt = spellings(); }
    return view.rows.map(function (agency, row) { return row; }).filter(function (row) {
      var at = view.rows[row], agency = agencies.rows[at];
      return (!kind || (kind === "-" ? agency[2] < 0 : agency[2] >= 0 && agencies.kinds[agency[2]].code === kind)) &&
        (!province || (province === "-" ? agency[3] < 0 : agencies.provinces[agency[3]] === province)) &&
        (!name || spelt[at].indexOf(name) >= 0);
    });
  }

  /* Of what the rows have, null where none has anything. */
  function median(rows, of) {
    var some = new Float64Array(rows.length), count = 0;
    rows.forEach(function (row) {
      var value = of(row);
      if (value !== null && value !== undefined) { some[count] = value; count += 1; }
    });
    some = some.subarray(0, count).sort();
    var half = count >> 1;
    return count ? count % 2 ? some[half] : (some[half - 1] + some[half]) / 2 : null;
  }

  function measure(rows) {
    view.count = rows.length;
    view.parts.forEach(function (one) {
      one.median = median(rows, function (row) { return one.values[row]; });
      one.medianChange = one.before ? median(rows, function (row) { return changeOf(one, row); }) : null;
    });
    document.getElementById("count").replaceChildren(prongsai.said("comparison.count", {
      shown: rows.length.toLocaleString("en"), all: view.rows.length.toLocaleString("en")
    }));
    return rows;
  }

  function filter() {
    start = 0;
    table.show(measure(fitting()), [MEDIAN]);
    remember();
  }

  // Putting it together

  function legend() {
    var isChange = Boolean(view.than), stops = isChange ? [-10, -5, -2, 0, 2, 5, 10] : [50, 60, 70, 80, 85, 90, 95, 100];
    document.getElementById("scale").replaceChildren(element("li", {}, prongsai.said(
      isChange ? "comparison.legend_change" : "comparison.legend_scale", { stops: "" }
    )), element("li", { "class": "swatches" }, stops.reduce(function (all, stop) {
      var swatch = element("span", {}, isChange ? signed(100 * stop).replace(".00", "") : String(stop));
      swatch.style.backgroundColor = isChange ? prongsai.shift(stop) : prongsai.heat(stop);
      all.append(swatch);
      return all;
    }, document.createDocumentFragment())));
    document.querySelectorAll(".changes").forEach(function (item) { item.hidden = !isChange; });
    document.querySelector("#columns dl").replaceChildren.apply(document.querySelector("#columns dl"), view.parts.reduce(function (all, one) {
      return all.concat(element("dt", {}, label(one.code)), element("dd", {}, prongsai.said(one.hint)));
    }, []));
  }

  function draw(scores, questions, other, otherQuestions) {
    var year = fields.year.value, than = fields.than.value, positions = new Int32Array(agencies.rows.length).fill(-1);
    if (other) { other.rows.forEach(function (agency, at) { positions[agency] = at; }); }
    view = { rows: scores.rows, than: than, positions: positions };
    view.parts = parts(scores, questions, other, otherQuestions);
    var keys = ["agency"].concat(view.parts.map(function (one) { return one.code; }), "province");
    if (keys.indexOf(sort) < 0) { sort = keys[1]; isUp = false; }
    // Names stay in sight where the table is wider than the page: on a phone, and with many columns.
    place.classList.toggle("many", view.parts.length > 16);
    table = prongsai.table(place, {
      caption: prongsai.both(than ? "comparison.caption_change" : "comparison.caption", { year: year, than: than }),
      columns: columns(), rows: measure(fitting()), top: [MEDIAN], size: view.parts.length > 16 ? 20 : 30, by: keys.indexOf(sort), down: !isUp, start: start,
      changed: function (by, isDown, from) { sort = keys[by]; isUp = !isDown; start = from; remember(); }
    });
    legend();
    remember();
  }

  function failed(path) { place.replaceChildren(element("p", { "class": "panel", role: "alert" }, prongsai.said("comparison.not_loaded", { path: path }))); }

  /* Loads the files one after the other: [[path, name] or null, …]. */
  function loaded(wanted, then) {
    var values = [];
    (function next() {
      if (values.length === wanted.length) { then(values); return; }
      var one = wanted[values.length];
      if (!one) { values.push(undefined); next(); return; }
      prongsai.load("data/" + one + ".js", one, function (value) { values.push(value); next(); }, failed);
    })();
  }

  function refresh() {
    var year = fields.year.value, than = fields.than.value, letter = letterOf(fields.level.value, year);
    var wanted = [
      "scores-" + year, letter && "questions-" + year + "-" + letter,
      than && "scores-" + than, than && letter && about.of[than].questions[letter] && "questions-" + than + "-" + letter
    ];
    loaded(wanted, function (values) {
      // Somebody who chose again meanwhile gets what was chosen last.
      if (fields.year.value === year && fields.than.value === than && letterOf(fields.level.value, year) === letter) {
        draw.apply(null, values);
      }
    });
  }

  // A file for spreadsheets

  function plainNumber(hundredths) {
    return hundredths === null || hundredths === undefined ? "" : (hundredths / 100).toFixed(hundredths % 1 ? 4 : 2);
  }

  function download() {
    function word(name) { return prongsai.both("comparison." + name)[prongsai.language]; }
    var lines = [[word("agency"), word("kind"), word("province")]];
    view.parts.forEach(function (one) {
      lines[0].push(one.code);
      if (one.before) { lines[0].push(one.code + " " + word("change")); }
    });
    table.ordered().forEach(function (row) {
      var agency = agencies.rows[view.rows[row]], kind = agencies.kinds[agency[2]];
      var line = [agency[1], kind ? kind[prongsai.language] : "", agencies.provinces[agency[3]] || ""];
      view.parts.forEach(function (one) {
        line.push(plainNumber(one.values[row]));
        if (one.before) { line.push(plainNumber(changeOf(one, row))); }
      });
      lines.push(line);
    });
    var name = ["ita", fields.year.value, fields.than.value, fields.level.value].filter(Boolean).join("-") + ".csv";
    prongsai.download(name, lines);
  }

  function begin(value) {
    agencies = value;
    recall();
    ["year", "than", "level"].forEach(function (name) {
      fields[name].addEventListener("change", function () {
        start = 0;
        offer({ year: fields.year.value, than: fields.than.value, level: fields.level.value });
        refresh();
      });
    });
    ["kind", "province"].forEach(function (name) { fields[name].addEventListener("change", filter); });
    fields.name.addEventListener("input", prongsai.rested(filter));
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      prongsai.choose({});
      recall();
      refresh();
    });
    window.addEventListener("hashchange", function () { recall(); refresh(); });
    document.getElementById("download").addEventListener("click", download);
    refresh();
  }

  prongsai.load("data/agencies.js", "agencies", begin, failed);
});
