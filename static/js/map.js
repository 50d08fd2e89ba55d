/* Pictures of links: one tab stop, arrow keys step through the cities in order of value, and what a mark says is
   shown below the picture. Without this script every mark is a link of its own, in the same order. */
(function () {
  "use strict";

  var known = new WeakSet();

  function prepare(group) {
    if (known.has(group)) return;
    known.add(group);
    var links = Array.prototype.slice.call(group.querySelectorAll("a"));
    var figure = group.closest("figure");
    if (!links.length || !figure) return;
    var said = (figure.parentNode.querySelector("[data-said]")) || document.createElement("p");
    var hint = said.textContent;
    said.className = "chart-said";
    said.setAttribute("aria-hidden", "true"); // a screen reader reads the link that has the focus
    said.hidden = false;
    figure.querySelector(".chart-box").insertAdjacentElement("afterend", said);
    var marked = links.filter(function (link) { return link.matches(".spot-on, .slope-on"); })[0];
    var current = marked || links[0];

    function words(link) { return link ? link.querySelector("title").textContent : ""; }
    function rest() { said.textContent = words(group.querySelector("a:focus")) || words(marked) || hint; }
    function enter(link) {
      current.setAttribute("tabindex", "-1");
      current = link;
      current.setAttribute("tabindex", "0");
    }
    function step(link) { enter(link); link.focus(); }

    links.forEach(function (link) {
      link.setAttribute("tabindex", link === current ? "0" : "-1");
      link.addEventListener("focus", function () { enter(link); said.textContent = words(link); });
      link.addEventListener("blur", rest);
      link.addEventListener("pointerenter", function () { said.textContent = words(link); });
      link.addEventListener("pointerleave", rest);
    });
    group.addEventListener("keydown", function (event) {
      var at = links.indexOf(current);
      var next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: links.length - 1 }[event.key];
      if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      step(links[(next + links.length) % links.length]);
    });
    rest();
  }

  function lookRound() { document.querySelectorAll("[data-steps]").forEach(prepare); }
  lookRound();
  document.addEventListener("contentchange", lookRound);
})();
