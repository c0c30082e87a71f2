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
      var form = result.status === 200 ? question(row, button, result.body) : prongsai.element("p", {}, prongsai.said(result.body.message || "review.shut_out"));
      var line = prongsai.element("tr", { "class": "answering" }, prongsai.element("td", { colspan: row.children.length }, form));
      row.after(line);
      button.setAttribute("aria-expanded", "true");
      open = { button: button, form: line };
      var field = line.querySelector("input");
      if (field) { field.focus(); }
    });
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
        key: item.key, verdict: verdict, corrected: corrected, who: review.name(),
        supersedes: found.answers.map(function (one) { return one.id; }), insists: corrected !== "" && corrected === insisted
      }, [item.code, item.agency].filter(Boolean).join(" ")).then(function (result) {
        if (result.status === 422 || result.status === 404) {
          review.drop(result.id);
          insisted = result.body.may_insist ? corrected : "";
        }
        if (result.status >= 400) { wrong.replaceChildren(prongsai.said(result.body.message)); return; }
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
