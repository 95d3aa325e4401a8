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
})();
