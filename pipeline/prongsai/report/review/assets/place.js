/* The place on the page that a question is about. */
"use strict";
(function () {
  var review = prongsai.review;
  var LINES = 4;           // shown above and below the one that is asked about
  var current = null;
  var pages = {};          // documents' pages, by address
  var $ = function (id) { return document.getElementById(id); };

  /* Shows where a question stands on its page: enlarged, in its row, or by its line. */
  review.place = function (item) {
    current = item;
    var box = item.spots[0].box;
    $("lines").hidden = $("no-picture").hidden = true;
    var hasPicture = Boolean(item.picture && item.width_pt && item.height_pt);
    $("zoom").hidden = $("strip").hidden = !hasPicture;
    if (!hasPicture) { lines(item); return; }
    // The frames stay, so that nothing jumps, but never show the page of another question.
    $("zoom").classList.add("waits");
    $("strip").classList.add("waits");
    prongsai.say($("zoom"), "aria-label", "review.closeup", { page: item.page });
    prongsai.say($("strip"), "aria-label", "review.row", { page: item.page });
    var image = new Image();
    image.onload = function () {
      if (current !== item) { return; }
      $("zoom").classList.remove("waits");
      $("strip").classList.remove("waits");
      // A code and a year stand elsewhere in the row and above it, so that the page's whole width is shown once.
      var isWide = item.asked === "code" || item.asked === "year";
      $("strip").hidden = !box || isWide;
      var width = $("zoom").clientWidth;
      var across = width / item.width_pt;
      // As large as makes the number some 56 px high, but never so that it fills more than half of the width.
      var near = box && !isWide ? Math.max(across, Math.min(56 / (box.bottom - box.top), width / 2 / (box.x1 - box.x0), 5)) : Math.max(across, box ? 1 : 0);
      set($("zoom"), item, box, near);
      if (box && !isWide) { set($("strip"), item, box, Math.max(across, 1)); }
    };
    image.onerror = function () {
      if (current !== item) { return; }
      $("zoom").hidden = $("strip").hidden = true;
      lines(item);
    };
    image.src = "/" + item.picture;
  };

  function set(frame, item, box, scale) {
    var image = frame.querySelector("img"), mark = frame.querySelector(".frame");
    var width = frame.clientWidth, height = frame.clientHeight;
    var left = 0, top = 0;
    if (box) {
      left = between(width / 2 - scale * (box.x0 + box.x1) / 2, width - scale * item.width_pt, 0);
      top = between(height / 2 - scale * (box.top + box.bottom) / 2, height - scale * item.height_pt, 0);
    }
    image.src = "/" + item.picture;
    image.style.width = scale * item.width_pt + "px";
    image.style.height = scale * item.height_pt + "px";
    image.style.left = left + "px";
    image.style.top = top + "px";
    mark.hidden = !box;
    if (box) {
      mark.style.left = left + scale * box.x0 - 4 + "px";
      mark.style.top = top + scale * box.top - 4 + "px";
      mark.style.width = scale * (box.x1 - box.x0) + 8 + "px";
      mark.style.height = scale * (box.bottom - box.top) + 8 + "px";
    }
  }

  function between(value, least, most) { return Math.min(most, Math.max(Math.min(least, most), value)); }

  /* Given text has lines and no picture; the document's page shows them. */
  function lines(item) {
    var address = "/" + item.document_page;
    pages[address] = pages[address] || window.fetch(address, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) { return new DOMParser().parseFromString(text, "text/html"); }, function () { delete pages[address]; return null; });
    pages[address].then(function (page) {
      if (current !== item) { return; }
      var line = item.spots[0].line || 1;
      $("lines").replaceChildren();
      for (var number = Math.max(1, line - LINES); page && number <= line + LINES; number += 1) {
        var found = page.getElementById("p" + item.page + "-l" + number);
        if (found) {
          var row = prongsai.element("li", { value: number, "class": number === item.spots[0].line ? "lit" : null });
          mark(row, found.textContent, number === item.spots[0].line ? item.printed : "");
          $("lines").append(row);
        }
      }
      $("lines").hidden = !$("lines").children.length;
      $("no-picture").hidden = !$("lines").hidden;
    });
  }

  function mark(row, text, printed) {
    var at = printed ? text.indexOf(printed) : -1;
    if (at < 0) { row.append(text); return; }
    row.append(text.slice(0, at), prongsai.element("mark", {}, printed), text.slice(at + printed.length));
  }
})();
