/* On the pages of the site: each row of a number can be answered where it stands. */
"use strict";
prongsai.ready(function () {
  var review = prongsai.review;
  var rows = document.querySelectorAll("tr[data-mention]");
  document.body.append(prongsai.element("div", { id: "review-aside" }));
  if (!rows.length) { review.ask("/review/api/answers"); return; }
  var docId = rows[0].dataset.mention.split(":")[0];
  var open = null;

  rows.forEach(function (row) {
    var code = row.querySelector("th"), value = row.querySelector(".place");
    var button = prongsai.element("button", { type: "button", "class": "ask", "aria-expanded": "false", onclick: function () { toggle(row, button); } });
    prongsai.say(button, "aria-label", "review.answer_row", { code: code ? code.firstChild.textContent.trim() : "", value: value ? value.textContent.trim() : "" });
    button.textContent = "\u270e";
    row.lastElementChild.append(" ", button);
  });

  function mark(key, answers) {
    var id = key.slice(key.indexOf(":") + 1);
    var row = document.querySelector('tr[data-mention="' + CSS.escape(id) + '"]');
    var button = row && row.querySelector(".ask");
    if (!button) { return; }
    button.classList.toggle("is-answered", answers.length > 0);
    button.textContent = answers.length ? "\u2713" : "\u270e";
  }

  review.ask("/review/api/answers?doc=" + encodeURIComponent(docId)).then(function (result) {
    Object.keys(result.body.answers || {}).forEach(function (key) { mark(key, result.body.answers[key]); });
  });
  document.addEventListener("review:answered", function (event) { mark(event.detail.key, event.detail.answers); });

  function toggle(row, button) {
    var isOpen = open && open.button === button;
    close();
    if (!isOpen) { show(row, button, "value"); }
  }

  function close() {
    if (!open) { return; }
    open.form.remove();
    open.button.setAttribute("aria-expanded", "false");
    open.button.focus({ preventScroll: true });
    open = null;
  }

  function show(row, button, asked) {
    var key = asked + ":" + row.dataset.mention;
    review.ask("/review/api/item?key=" + encodeURIComponent(key)).then(function (result) {
      if (open) { open.form.remove(); }
      var isThis = result.status === 200 && isOf(row, result.body.item);
      var form = isThis ? question(row, button, result.body)
        : prongsai.element("p", {}, result.status === 200 ? prongsai.said("review.older_page") : problem(result));
      var line = prongsai.element("tr", { "class": "answering" }, prongsai.element("td", { colspan: row.children.length }, form));
      row.after(line);
      button.setAttribute("aria-expanded", "true");
      open = { button: button, form: line };
      var field = line.querySelector("input");
      if (field) { field.focus(); }
    });
  }

  /* Whether a row shows what the server asks about: the page may be of another run than the tables. */
  function isOf(row, item) {
    var code = row.querySelector("th"), place = row.querySelector(".place"), leaf = row.closest(".leaf");
    var cell = place && place.closest("td").previousElementSibling;
    if (!code || !cell || (leaf && leaf.id !== "p" + item.page)) { return false; }
    // A code printed stands in an element of its own, behind the number.
    var printed = item.asked === "code" ? cell.querySelector(".small") : cell.firstChild;
    if (item.asked !== "code" && printed && printed.nodeType !== Node.TEXT_NODE) { printed = null; }
    return told(code.firstChild) === (item.code || "\u2013") && told(printed) === plain(item.spots[0].printed);
  }

  function told(node) { return plain(node ? node.textContent : ""); }

  function plain(text) { return text.replace(/\s+/g, " ").trim(); }

  /* What the server says; it may be away, have been started anew, or have failed without a word of its own. */
  function problem(result) {
    return prongsai.said(result.body.message || (result.status === 403 ? "review.shut_out" : "review.away"));
  }

  function question(row, button, found) {
    var item = found.item, insisted = "";
    var wrong = prongsai.element("p", { "class": "wrong", role: "alert" });
    var already = prongsai.element("p", { "class": "small" });
    found.answers.forEach(function (one) { already.append(prongsai.said(review.what(one)), " ", prongsai.said(review.by(one)), " "); });
    var field = prongsai.element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
    var about = prongsai.element("select", { onchange: function () { show(row, button, about.value); } });
    ["value", "code", "year"].forEach(function (one) {
      var option = prongsai.element("option", { value: one, selected: one === item.asked });
      prongsai.say(option, "text", "review.about_" + one);
      about.append(option);
    });

    function give(verdict, corrected) {
      review.give({
        key: item.key, seen: item.seen, verdict: verdict, corrected: corrected, who: review.name(),
        supersedes: found.answers.map(function (one) { return one.id; }), insists: corrected !== "" && corrected === insisted
      }, review.label(item)).then(function (result) {
        if (result.status === 422 || result.status === 404) {
          review.drop(result.id);
          insisted = result.body.may_insist ? corrected : "";
        }
        if (result.status >= 400) { wrong.replaceChildren(problem(result)); return; }
        close();
      });
    }

    function act(name, work) { return prongsai.element("button", { type: "button", onclick: work }, prongsai.said("review." + name)); }

    var form = prongsai.element("form", { onsubmit: function (event) {
      event.preventDefault();
      var text = field.value.trim();
      if (text) { give("correct", text); } else if (item.read_as) { give("confirm", ""); }
    }, onkeydown: function (event) { if (event.key === "Escape") { close(); } } },
      already,
      prongsai.element("label", {}, prongsai.said("review.ask_about"), about),
      prongsai.element("label", {}, prongsai.said("review.typed_" + item.asked), field),
      prongsai.element("button", { type: "submit", "class": "main" }, prongsai.said("review.save")),
      item.read_as ? act("right", function () { give("confirm", ""); }) : null,
      act("reject", function () { give("reject", ""); }),
      found.answers.length ? act("undo", function () { give("withdraw", ""); }) : null,
      prongsai.element("a", { href: "/review/?key=" + encodeURIComponent(item.key) }, prongsai.said("review.look")),
      act("close", close),
      wrong);
    field.placeholder = item.read_as;
    return form;
  }
});
