/* A document's page: a number in the table lights its place on the page, and a place its number. */
"use strict";
prongsai.ready(function () {
  var lit = [];

  function reduced() { return window.matchMedia("(prefers-reduced-motion: reduce)").matches; }

  /* Beside each other, what is pressed stays where it is, and the picture alone moves; below each other the page has to. */
  function show(element, isAtOnce) {
    var isBeside = window.matchMedia("(min-width: 60.01rem)").matches && element.closest(".sheet");
    element.scrollIntoView({
      block: isBeside ? "nearest" : "center", inline: "nearest", behavior: isAtOnce || reduced() ? "instant" : "smooth"
    });
  }

  function light(row) {
    lit.forEach(function (element) { element.classList.remove("lit"); });
    lit = [document.getElementById(row)].concat(Array.prototype.slice.call(document.querySelectorAll('[data-row="' + CSS.escape(row) + '"]')))
      .filter(Boolean);
    lit.forEach(function (element) { element.classList.add("lit"); });
    return lit;
  }

  function other(from, row) {
    var isPlace = from.classList.contains("place");
    if (!isPlace) { return document.getElementById(row); }
    return document.querySelector('.mark[data-row="' + CSS.escape(row) + '"], .word[data-row="' + CSS.escape(row) + '"]');
  }

  document.addEventListener("click", function (event) {
    var from = event.target.closest("[data-row]");
    if (!from) { return; }
    light(from.dataset.row);
    var target = other(from, from.dataset.row);
    if (!target) { return; }
    show(target);
    var goal = target.matches("button") ? target : target.querySelector(".place");
    if (goal) { goal.focus({ preventScroll: true }); }
  });

  function follow() {
    var row = decodeURIComponent(window.location.hash.slice(1));
    if (!/^[mc]-\d+$/.test(row) || !document.getElementById(row)) { return; }
    light(row);
    var place = document.querySelector('.mark[data-row="' + row + '"], .word[data-row="' + row + '"]');
    // A picture that is not loaded yet has its size already: width and height stand in the page.
    show(document.getElementById(row), true);
    if (place) { show(place, true); }
  }
  window.addEventListener("hashchange", follow);
  follow();
});
