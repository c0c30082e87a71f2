/* The part of a page's picture around what is printed there.

   prongsai.crop(picture, {width: 595, height: 842}, {x0, top, x1, bottom}, {margin: 24, wide: 300, alt: text}) gives an element: the
   picture, moved inside a frame of `wide` points or more by the box's height and `margin` points on all sides, and the box outlined.
   Sizes are points of the page, of the picture only the name is needed. */
"use strict";
(function () {
  function percent(part, whole) { return (100 * part / whole).toFixed(3) + "%"; }

  prongsai.crop = function (picture, page, box, wanted) {
    var element = prongsai.element, margin = wanted && wanted.margin || 24, least = wanted && wanted.wide || 300;
    var width = Math.min(page.width, Math.max(least, box.x1 - box.x0 + 2 * margin));
    var height = Math.min(page.height, box.bottom - box.top + 2 * margin);
    // What a number is called stands before it, so more of the page is shown on its left than on its right.
    var left = (box.x0 + box.x1) / 2 - 0.72 * width;
    left = Math.max(0, Math.min(page.width - width, Math.max(Math.min(left, box.x0 - margin), box.x1 + margin - width)));
    var top = Math.max(0, Math.min(page.height - height, (box.top + box.bottom - height) / 2));
    var image = element("img", { src: picture, loading: "lazy", decoding: "async" });
    prongsai.say(image, "alt", wanted && wanted.alt || { th: "", en: "" });
    image.style.width = percent(page.width, width);
    // In shares of the picture itself: of the low frame, the rounding of its height would count many times over.
    image.style.transform = "translate(" + percent(-left, page.width) + "," + percent(-top, page.height) + ")";
    var outline = element("span", { "class": "crop-box" }), around = 2;
    outline.style.left = percent(box.x0 - around - left, width);
    outline.style.top = percent(box.top - around - top, height);
    outline.style.width = percent(box.x1 - box.x0 + 2 * around, width);
    outline.style.height = percent(box.bottom - box.top + 2 * around, height);
    var frame = element("div", { "class": "crop" }, image, outline);
    frame.style.aspectRatio = width + " / " + height;
    frame.style.maxWidth = Math.round(width * 1.7) + "px";
    return frame;
  };
})();
