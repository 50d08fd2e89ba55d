/* Another state of the same page without a full load: links and GET forms inside [data-states] that lead to this very
   address with another query are fetched, <main> is exchanged, the address follows. Without this file they load.

   After every exchange the document hears of it: CustomEvent "contentchange", detail {main: the new <main>, url}.
   Whatever draws or wires parts of the content (charts.js, panel.js, copy.js) listens for it. The sentence spoken to
   screen readers is the text of [data-states-said] in the new content. */
(function () {
  "use strict";
  var turn = 0;
  var voice = document.createElement("p");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);

  function list(address) {
    var url = new URL(address, location.href);
    url.searchParams.delete("open");
    url.searchParams.sort();
    return url.pathname + "?" + url.searchParams;
  }
  var shown = list(location.href);

  function main() { return document.getElementById("main"); }

  /* Where the reader was: the same control in the new content, by its id, else by its place and its words. */
  function track(element) {
    if (!element || !main().contains(element)) return null;
    var holder = element.closest("[data-control], th, nav, form, section");
    return { id: element.id, name: element.name, value: element.value, tag: element.tagName, text: element.textContent.trim(),
      kind: holder && holder.tagName, label: holder && (holder.getAttribute("aria-label") || holder.className) };
  }
  function found(was) {
    if (!was) return null;
    if (was.id && document.getElementById(was.id)) return document.getElementById(was.id);
    var same = Array.from(main().querySelectorAll(was.tag)).filter(function (one) {
      if (was.name) return one.name === was.name && one.value === was.value;
      var holder = one.closest("[data-control], th, nav, form, section");
      return one.textContent.trim() === was.text && (holder && holder.tagName) === was.kind &&
        (holder && (holder.getAttribute("aria-label") || holder.className)) === was.label;
    });
    var one = same[0] || null;
    if (one && one.closest("details:not([open])") && getComputedStyle(one).visibility !== "visible") return one.closest("details").querySelector("summary");
    return one && one.closest("details.menu:not([open])") ? one.closest("details.menu").querySelector("summary") : one;
  }

  /* Scripts the new content needs and this page has not loaded yet, one after the other. */
  async function scripts(page) {
    var have = Array.from(document.scripts).map(function (one) { return one.src; });
    for (var one of page.querySelectorAll("body > script[src]")) {
      var src = new URL(one.getAttribute("src"), location.href).href;
      if (have.indexOf(src) >= 0) continue;
      await new Promise(function (done) {
        var script = document.createElement("script");
        script.src = src;
        script.onload = script.onerror = done;
        document.body.appendChild(script);
      });
    }
  }

  /* The parts of the frame that name the address: title, languages, numbers, canonical. */
  function frame(page) {
    document.title = page.title;
    [".masthead .tools", "link[rel=canonical]", ".colophon .number-switch"].forEach(function (selector) {
      var old = document.querySelector(selector);
      var now = page.querySelector(selector);
      if (!old || !now) return;
      if (old.tagName === "LINK") { old.href = now.href; return; }
      if (old.matches(".number-switch")) { old.replaceWith(document.importNode(now, true)); return; }
      old.querySelectorAll("a[hreflang]").forEach(function (link) {
        var twin = now.querySelector('a[hreflang="' + link.hreflang + '"]');
        if (twin) link.setAttribute("href", twin.getAttribute("href"));
      });
    });
  }

  async function go(address, push) {
    var url = new URL(address, location.href);
    var mine = ++turn;
    var was = track(document.activeElement);
    var folded = document.querySelector("details.fold");
    var unfolded = Boolean(folded && folded.open);
    main().setAttribute("aria-busy", "true");
    try {
      var answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok || new URL(answer.url).pathname !== url.pathname) throw new Error(String(answer.status));
      var page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== turn) return;
      var fresh = page.getElementById("main");
      if (!fresh || !fresh.querySelector("[data-states]")) throw new Error("another page");
      var final = new URL(answer.url);
      final.hash = url.hash;
      main().replaceWith(document.importNode(fresh, true));
      if (push) history.pushState({ states: true }, "", final);
      shown = list(location.href);
      frame(page);
      var fold = document.querySelector("details.fold");
      if (fold && unfolded) fold.open = true;
      var again = found(was);
      if (again) again.focus({ preventScroll: true });
      else if (was) main().focus({ preventScroll: true });
      var target = push && url.hash && document.getElementById(url.hash.slice(1));
      if (target && (target.getBoundingClientRect().top < 0 || target.getBoundingClientRect().top > innerHeight)) target.scrollIntoView();
      await scripts(page);
      document.dispatchEvent(new CustomEvent("contentchange", { detail: { main: main(), url: final.href } }));
      var said = document.querySelector("[data-states-said]");
      voice.textContent = said ? said.textContent.trim().replace(/\s+/g, " ") : document.title;
    } catch (error) {
      if (mine === turn) location.assign(url);
    }
  }

  /* Numbers in full need a script of their own and leave it behind: the way there and back is a full load. */
  function full(address) { return new URL(address, location.href).searchParams.get("numbers") === "full"; }
  function mine(url) { return url.origin === location.origin && url.pathname === location.pathname && full(url) === full(location); }

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    var link = event.target.closest("[data-states] a[href]");
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download") || link.matches("[data-panel-link], [data-panel-close]")) return;
    var url = new URL(link.href);
    if (!mine(url) || link.getAttribute("href").charAt(0) === "#") return;
    event.preventDefault();
    go(url, true);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("[data-states] form");
    if (!form || form.method !== "get" || event.defaultPrevented) return;
    var url = new URL(form.action);
    var said = new URLSearchParams();
    var many = {};
    new FormData(form, event.submitter).forEach(function (value, name) {
      if (value !== "") (many[name] = many[name] || []).push(value);
    });
    Object.keys(many).forEach(function (name) { said.set(name, many[name].join(",")); });
    url.search = said.toString().replace(/%2C/g, ",");
    if (!mine(url)) return;
    event.preventDefault();
    go(url, true);
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  });

  window.addEventListener("popstate", function () {
    if (list(location.href) !== shown) { go(location.href, false); return; }
    turn += 1; // back where the content is: what is still under way is not wanted any more
    main().removeAttribute("aria-busy");
  });
})();
