/* What every page needs: the language switch, texts in two languages, and small helpers. A classic script: pages open from disk. */
"use strict";
var prongsai = { data: {}, words: {} };

(function () {
  var root = document.documentElement;
  var ATTRIBUTES = ["text", "aria-label", "placeholder", "title", "alt", "label"];

  function stored(name) {
    // A browser may refuse storage to pages from disk.
    try { return window.localStorage.getItem(name); } catch (refused) { return null; }
  }

  function store(name, value) {
    try { window.localStorage.setItem(name, value); } catch (refused) { /* the choice then holds for this page */ }
  }

  function asked() {
    var found = /[?&]lang=(th|en)\b/.exec(window.location.search);
    return found ? found[1] : stored("prongsai-language");
  }

  prongsai.language = asked() === "en" ? "en" : "th";
  root.lang = root.dataset.language = prongsai.language;

  function put(element, attribute, text) {
    if (attribute === "text") { element.textContent = text; } else { element.setAttribute(attribute, text); }
  }

  /* Sets attributes, and texts of elements that can hold no markup, in the language of the page. */
  prongsai.translate = function (within) {
    ATTRIBUTES.forEach(function (attribute) {
      var name = "data-" + prongsai.language + "-" + attribute;
      within.querySelectorAll("[" + name + "]").forEach(function (element) { put(element, attribute, element.getAttribute(name)); });
    });
  };

  prongsai.speak = function (language) {
    prongsai.language = language;
    root.lang = root.dataset.language = language;
    store("prongsai-language", language);
    prongsai.translate(document);
    document.querySelectorAll("[data-speak]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === language));
    });
    document.dispatchEvent(new CustomEvent("prongsai:language", { detail: language }));
  };

  /* An element: prongsai.element("td", {class: "number"}, "text", another, …). Texts are never markup. */
  prongsai.element = function (name, attributes) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (value === null || value === undefined || value === false) { return; }
      if (key.slice(0, 2) === "on") { element.addEventListener(key.slice(2), value); return; }
      element.setAttribute(key, value === true ? "" : value);
    });
    Array.prototype.slice.call(arguments, 2).forEach(function (child) {
      if (child !== null && child !== undefined) { element.append(child); }
    });
    return element;
  };

  function filled(text, facts) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return facts && name in facts ? String(facts[name]) : whole; });
  }

  /* A text {th, en}, or the name of one, with facts filled in. */
  prongsai.both = function (text, facts) {
    var both = typeof text === "string" ? prongsai.words[text] || { th: text, en: text } : text;
    return { th: filled(both.th, facts), en: filled(both.en, facts) };
  };

  /* The same as nodes, of which the page shows the one in its language. */
  prongsai.said = function (text, facts) {
    var both = prongsai.both(text, facts);
    var nodes = document.createDocumentFragment();
    if (both.th === both.en) { nodes.append(both.th); return nodes; }
    nodes.append(
      prongsai.element("span", { "class": "th", lang: "th" }, both.th),
      prongsai.element("span", { "class": "en", lang: "en" }, both.en)
    );
    return nodes;
  };

  /* Attributes of an element in both languages: prongsai.say(element, "aria-label", "table.sort"). */
  prongsai.say = function (element, attribute, text, facts) {
    var both = prongsai.both(text, facts);
    element.setAttribute("data-th-" + attribute, both.th);
    element.setAttribute("data-en-" + attribute, both.en);
    put(element, attribute, both[prongsai.language]);
    return element;
  };

  /* Runs when the page is there. */
  prongsai.ready = function (work) {
    if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", work); } else { work(); }
  };

  prongsai.ready(function () {
    document.querySelectorAll("[data-speak]").forEach(function (button) {
      button.addEventListener("click", function () { prongsai.speak(button.dataset.speak); });
    });
    prongsai.translate(document);
    document.querySelectorAll("[data-speak]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.speak === prongsai.language));
    });
  });
})();
