// What all pages do: the theme, relative times, and a word about what changed for those who do not see it.
(function () {
  "use strict";
  var THEMES = ["system", "light", "dark"];
  var root = document.documentElement;

  function theme() {
    try {
      var kept = localStorage.getItem("hubferry-theme");
      return THEMES.indexOf(kept) < 0 ? "system" : kept;
    } catch (e) {
      return "system"; // A browser may refuse to keep anything.
    }
  }

  function show(name) {
    if (name === "system") {
      root.removeAttribute("data-theme");
    } else {
      root.setAttribute("data-theme", name);
    }
  }

  // Before anything is painted.
  show(theme());

  function label(button) {
    var word = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" }[theme()];
    button.querySelector("[data-theme-name]").textContent = word;
    button.hidden = false;
  }

  var UNITS = [["day", 86400], ["hour", 3600], ["minute", 60]];
  var words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

  function relative(then) {
    var seconds = Math.round((then - Date.now()) / 1000);
    for (var i = 0; i < UNITS.length; i++) {
      if (Math.abs(seconds) >= UNITS[i][1]) {
        return words.format(Math.trunc(seconds / UNITS[i][1]), UNITS[i][0]);
      }
    }
    return Math.abs(seconds) < 5 ? "just now" : words.format(seconds, "second");
  }

  function tellTimes(within) {
    within.querySelectorAll("time[data-relative]").forEach(function (time) {
      var text = relative(Date.parse(time.dateTime));
      if (time.textContent !== text) {
        time.textContent = text;
      }
    });
  }

  // For screen readers; the same text twice is said once.
  window.hubferry = {
    announce: function (text) {
      var place = document.getElementById("announcer");
      if (place && place.textContent !== text) {
        place.textContent = text;
      }
    },
    tellTimes: tellTimes,
  };

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-theme-switch]");
    label(button);
    button.addEventListener("click", function () {
      var next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
      try {
        localStorage.setItem("hubferry-theme", next);
      } catch (e) {
        // It holds for this page, then.
      }
      show(next);
      label(button);
    });
    tellTimes(document);
    setInterval(function () {
      tellTimes(document);
    }, 10000);
    var first = document.querySelector("[data-focus]");
    if (first) {
      first.focus();
    }
  });

  document.addEventListener("htmx:load", function (event) {
    tellTimes(event.target);
    if (event.target.dataset && event.target.dataset.announce) {
      window.hubferry.announce(event.target.dataset.announce);
    }
  });

  // A problem that was shown is over when something works again.
  document.addEventListener("htmx:afterRequest", function (event) {
    var problems = document.getElementById("problems");
    if (event.detail.successful && problems) {
      problems.replaceChildren();
    }
  });

  document.addEventListener("htmx:sendError", function () {
    var problems = document.getElementById("problems");
    var notice = document.createElement("p");
    notice.className = "notice notice-danger";
    notice.textContent = "Hubferry does not answer. What you see may be old; this page goes on asking.";
    problems.replaceChildren(notice);
  });

  // Keeps what has data-refresh as new as the server has it, while somebody looks. What is being read stays where it is: rows are changed
  // in place, and when rows come, go or move, who has begun to read is asked first.
  var PERIOD = 4000;
  var tags = {};

  function isRead(place) {
    var selection = document.getSelection();
    var selected = selection && !selection.isCollapsed && place.contains(selection.anchorNode);
    return place.contains(document.activeElement) || selected || window.scrollY > 0;
  }

  function rows(place) {
    return Array.prototype.slice.call(place.querySelectorAll("[data-row]"));
  }

  function order(place) {
    return rows(place).map(function (row) { return row.dataset.row; }).join(" ");
  }

  function replaceRows(place, fresh) {
    var changed = false;
    tellTimes(place);
    rows(place).forEach(function (row) {
      var next = fresh.querySelector('[data-row="' + CSS.escape(row.dataset.row) + '"]');
      tellTimes(next);
      if (next.innerHTML === row.innerHTML) {
        return;
      }
      var focused = row.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      row.innerHTML = next.innerHTML;
      changed = true;
      if (focused) {
        var again = row.querySelector('a[href="' + CSS.escape(focused) + '"]') || row.querySelector("a");
        again.focus({ preventScroll: true });
      }
    });
    return changed;
  }

  function offer(place, fresh) {
    var box = place.querySelector(".fresh");
    if (!box) {
      box = document.createElement("div");
      box.className = "notice fresh";
      box.innerHTML = '<span>The list has changed.</span><button type="button" class="btn btn-small">Show it anew</button>';
      place.prepend(box);
    }
    box.querySelector("button").onclick = function () {
      swap(place, fresh);
    };
  }

  function swap(place, fresh) {
    place.replaceWith(fresh);
    htmx.process(fresh);
    tellTimes(fresh);
  }

  function refresh(place) {
    var url = place.dataset.refresh;
    var headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    if (tags[url]) {
      headers["If-None-Match"] = tags[url];
    }
    return fetch(url, { headers: headers, cache: "no-store" }).then(function (response) {
      if (response.headers.get("HX-Redirect")) {
        location.href = response.headers.get("HX-Redirect");
        return;
      }
      if (!response.ok) {
        return;
      }
      tags[url] = response.headers.get("ETag");
      return response.text().then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html").getElementById(place.id);
        // Somebody may have asked for something else meanwhile.
        if (!fresh || !place.isConnected || place.dataset.refresh !== url) {
          return;
        }
        if (order(fresh) === order(place)) {
          if (replaceRows(place, fresh)) {
            window.hubferry.announce("The list was brought up to date.");
          }
        } else if (isRead(place)) {
          offer(place, fresh);
        } else {
          swap(place, fresh);
          window.hubferry.announce("The list was brought up to date.");
        }
      });
    }, function () {
      // The next time, perhaps.
    });
  }

  function keepFresh() {
    setTimeout(function () {
      var place = document.querySelector("[data-refresh]");
      var done = place && document.visibilityState === "visible" ? refresh(place) : null;
      Promise.resolve(done).then(keepFresh, keepFresh);
    }, PERIOD);
  }

  document.addEventListener("DOMContentLoaded", keepFresh);
})();
