// Keeps the page of a migration as it is on the server.
//
//   stream of events ──▶ number of the newest ──▶ asks the server for all parts ──▶ puts in those that changed
//                    ──▶ progress ──▶ moves the bars at once
//
// What is shown comes from the server alone: an event only says that it is worth asking. So events that come twice, in another order, or not
// at all can make nothing wrong, and an answer that is older than what is shown is dropped.
(function () {
  "use strict";
  var DEBOUNCE = 120;
  var POLL = 3000;
  var REOPEN = 5000;
  // The server ends streams now and then; the browser is back before anybody has to know.
  var GRACE = 1500;
  var MOST_TRIES = 3;

  var live;
  var path;
  var stream = null;
  var wanted = 0;
  var tries = 0;
  var busy = false;
  var again = false;
  var timer = null;
  var lostAt = null;
  var over = false;
  var signedOut = false;
  var bars = {};
  var rendered = new WeakMap();
  var serverThen = 0;
  var ownThen = 0;

  function shown() {
    return Number(live.dataset.version);
  }

  // The browser's clock may be wrong; how fast it runs is right.
  function serverNow() {
    return serverThen + (performance.now() - ownThen);
  }

  function takeTime(part) {
    if (part.dataset.now) {
      serverThen = Number(part.dataset.now);
      ownThen = performance.now();
    }
  }

  function span(millis) {
    var seconds = Math.max(0, Math.floor(millis / 1000));
    var parts = [];
    [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]].forEach(function (unit) {
      var count = Math.floor(seconds / unit[1]);
      seconds -= count * unit[1];
      if (count > 0) {
        parts.push(count + " " + unit[0]);
      }
    });
    return parts.length === 0 ? "0 s" : parts.join(" ");
  }

  function tick() {
    var now = serverNow();
    live.querySelectorAll("[data-since]").forEach(function (clock) {
      clock.textContent = span(now - Number(clock.dataset.since));
    });
    live.querySelectorAll("[data-until]").forEach(function (clock) {
      clock.textContent = "in " + span(Number(clock.dataset.until) - now) + ",";
    });
  }

  // What the server made, without what differs each time.
  function essence(part) {
    var copy = part.cloneNode(true);
    copy.removeAttribute("data-version");
    copy.removeAttribute("data-now");
    copy.removeAttribute("hx-swap-oob");
    copy.querySelectorAll("input[name=key], input[name=csrf]").forEach(function (input) {
      input.setAttribute("value", "");
    });
    copy.querySelectorAll("[data-since], [data-until]").forEach(function (clock) {
      clock.textContent = "";
    });
    return copy.outerHTML;
  }

  function keepFields(old, fresh) {
    old.querySelectorAll("input[id], select[id], textarea[id]").forEach(function (field) {
      var twin = fresh.querySelector("#" + CSS.escape(field.id));
      if (!twin) {
        return;
      }
      if (field.type === "checkbox") {
        twin.checked = field.checked;
      } else {
        twin.value = field.value;
      }
    });
  }

  function keepOpen(old, fresh) {
    old.querySelectorAll("details[id]").forEach(function (details) {
      var twin = fresh.querySelector("#" + CSS.escape(details.id));
      if (!twin) {
        return;
      }
      twin.open = details.open || twin.querySelector("[role=alert]") !== null;
      var list = details.querySelector("[data-homes]");
      var place = twin.querySelector("[data-homes]");
      if (list && place && list.dataset.loaded) {
        place.replaceWith(list);
      }
    });
  }

  function focused(part) {
    var active = document.activeElement;
    if (!active || !part.contains(active)) {
      return null;
    }
    var at = { id: active.id, summaryOf: null, from: null, to: null };
    if (active.tagName === "SUMMARY" && active.parentElement.id) {
      at.summaryOf = active.parentElement.id;
    }
    if (active.tagName === "INPUT" && active.type !== "checkbox") {
      at.from = active.selectionStart;
      at.to = active.selectionEnd;
    }
    return at;
  }

  function focusAgain(part, at) {
    if (!at) {
      return;
    }
    var target = null;
    if (at.id) {
      target = document.getElementById(at.id);
    } else if (at.summaryOf) {
      var details = document.getElementById(at.summaryOf);
      target = details && details.querySelector("summary");
    }
    if (!target) {
      // What had the focus is gone; what took its place is nearest.
      part.tabIndex = -1;
      target = part;
    }
    target.focus({ preventScroll: true });
    if (at.from !== null && target.setSelectionRange) {
      target.setSelectionRange(at.from, at.to);
    }
  }

  function put(old, fresh) {
    if (Number(fresh.dataset.version) < Number(old.dataset.version)) {
      return;
    }
    takeTime(fresh);
    var text = essence(fresh);
    if (rendered.get(old) === text) {
      old.dataset.version = fresh.dataset.version;
      return;
    }
    fresh.removeAttribute("hx-swap-oob");
    keepFields(old, fresh);
    keepOpen(old, fresh);
    var at = focused(old);
    old.replaceWith(fresh);
    rendered.set(fresh, text);
    window.htmx.process(fresh);
    fresh.querySelectorAll("[data-bar]").forEach(function (bar) {
      var heard = bars[bar.dataset.bar];
      if (heard) {
        move(bar, heard);
      }
    });
    focusAgain(fresh, at);
    tick();
  }

  function refreshSoon(delay) {
    if (over && !again) {
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(refresh, delay);
  }

  function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    window.htmx.ajax("GET", path + "/live", { source: live, target: live, swap: "none" }).then(answered, answered);
  }

  function answered() {
    busy = false;
    var state = document.getElementById("part-state");
    var version = Number(state.dataset.version);
    if (version > shown()) {
      live.dataset.version = String(version);
    }
    if (state.dataset.ended === "true") {
      end();
    } else if (again) {
      refreshSoon(DEBOUNCE);
    } else if (wanted > shown()) {
      tries++;
      if (tries < MOST_TRIES) {
        refreshSoon(1000);
      } else {
        // Nobody but the stream knows of such an event.
        wanted = shown();
      }
    }
  }

  function changed(event) {
    var words;
    try {
      words = JSON.parse(event.data);
    } catch (e) {
      return;
    }
    if (!(words.sequence > Math.max(wanted, shown()))) {
      return;
    }
    wanted = words.sequence;
    tries = 0;
    if (words.say) {
      window.hubferry.announce(words.say);
    }
    refreshSoon(DEBOUNCE);
  }

  function progressed(event) {
    var heard;
    try {
      heard = JSON.parse(event.data);
    } catch (e) {
      return;
    }
    var key = heard.row + "/" + heard.direction;
    var before = bars[key];
    if (before && before.attempt > heard.attempt) {
      return;
    }
    bars[key] = heard;
    var bar = live.querySelector('[data-bar="' + CSS.escape(key) + '"]');
    if (bar) {
      move(bar, heard);
    }
  }

  // A word about another attempt than the one that is shown says nothing of this one.
  function move(bar, heard) {
    if (Number(bar.dataset.attempt) !== heard.attempt) {
      return;
    }
    var line = bar.querySelector("progress");
    if (typeof heard.percent === "number") {
      line.value = heard.percent;
      line.setAttribute("aria-valuenow", String(heard.percent));
    } else {
      line.removeAttribute("value");
      line.removeAttribute("aria-valuenow");
    }
    line.setAttribute("aria-valuetext", heard.text);
    bar.querySelector(".bar-text").textContent = heard.text;
    var details = bar.querySelector("details");
    if (details && details.open && heard.homes) {
      listHomes(bar.querySelector("[data-homes]"), heard.homes);
    }
  }

  // Names come from directories, so they are text and nothing else.
  function listHomes(place, homes) {
    var words = document.createElement("p");
    words.className = "small";
    words.textContent = homes.text;
    var list = document.createElement("ul");
    list.className = "home-list small";
    homes.open.forEach(function (home) {
      var item = document.createElement("li");
      var name = document.createElement("span");
      name.className = "home-name";
      name.textContent = home.name;
      item.append(name, " ");
      if (typeof home.percent === "number") {
        var line = document.createElement("progress");
        line.className = "bar";
        line.max = 100;
        line.value = home.percent;
        line.setAttribute("aria-label", home.name);
        item.append(line, " " + home.percent + " %, ");
      }
      item.append(home.text);
      list.append(item);
    });
    place.replaceChildren(words, list);
    place.dataset.loaded = "true";
  }

  function tell(text, css, link) {
    var place = document.getElementById("liveness");
    if (place.textContent !== text) {
      place.textContent = text;
    }
    if (link) {
      var way = document.createElement("a");
      way.href = link;
      way.textContent = "sign in again";
      place.append(" – ", way);
    }
    place.className = "badge liveness " + css;
    place.hidden = false;
  }

  function open() {
    if (over || signedOut || document.hidden) {
      return;
    }
    close();
    stream = new EventSource(path + "/events?after=" + shown());
    stream.onopen = function () {
      lostAt = null;
      tell("live", "badge-ok");
      // What happened while nobody listened.
      refreshSoon(0);
    };
    stream.onmessage = changed;
    stream.addEventListener("progress", progressed);
    stream.onerror = lost;
  }

  function close() {
    if (stream) {
      stream.close();
      stream = null;
    }
  }

  function lost() {
    if (over || signedOut) {
      return;
    }
    if (lostAt === null) {
      lostAt = new Date(serverNow()).toISOString().substring(11, 19);
      setTimeout(tellLost, GRACE);
      setTimeout(poll, POLL);
    }
    if (stream && stream.readyState === EventSource.CLOSED) {
      // It was refused, so the browser does not try again by itself.
      close();
      setTimeout(open, REOPEN);
    }
  }

  function tellLost() {
    if (lostAt !== null && !over && !signedOut) {
      tell("not live, trying again since " + lostAt + " UTC", "badge-warn");
    }
  }

  function poll() {
    if (lostAt === null || over || signedOut) {
      return;
    }
    refreshSoon(0);
    setTimeout(poll, POLL);
  }

  function end() {
    over = true;
    clearTimeout(timer);
    close();
    tell("ended", "");
  }

  function start() {
    live = document.getElementById("live");
    path = live.dataset.path;
    live.querySelectorAll("[data-part]").forEach(function (part) {
      rendered.set(part, essence(part));
      takeTime(part);
    });
    wanted = shown();
    tick();
    setInterval(tick, 1000);
    if (location.pathname !== path) {
      // After a refusal the page has the address of its form, and a reload would send that once more.
      history.replaceState(null, "", path);
    }
    if (document.getElementById("part-state").dataset.ended === "true") {
      end();
    } else {
      open();
    }
  }

  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var target = event.detail.target;
    if (!live || !live.contains(target) || !target.hasAttribute("data-part")) {
      return;
    }
    event.detail.shouldSwap = false;
    var fresh = event.detail.fragment.firstElementChild;
    if (fresh) {
      put(target, fresh);
    }
  });

  // Whoever is signed out keeps what was typed, and says when to go.
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    var answer = event.detail.xhr;
    if (live && event.detail.elt === live && answer.status === 401) {
      event.preventDefault();
      signedOut = true;
      close();
      tell("not live: your sign-in has ended", "badge-warn", answer.getResponseHeader("HX-Redirect") || "/ui/sign-in");
    }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    var place = event.detail.target;
    if (place && place.dataset && place.dataset.homes) {
      place.dataset.loaded = "true";
    }
  });

  // Browsers have few connections to one server, and who does not look needs none.
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      close();
    } else {
      open();
    }
  });

  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      open();
    }
  });

  document.addEventListener("DOMContentLoaded", start);
})();
