// Before anything is painted: the theme and language chosen last, so that nothing flickers.
(function () {
  var root = document.documentElement, theme = null, language = null;
  try {
    theme = localStorage.getItem("nabla.theme");
    language = localStorage.getItem("nabla.language");
  } catch (refused) { /* storage is off: the browser's own wishes hold */ }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.lang = language === "ko" || language === "en" ? language : (navigator.language || "en").toLowerCase().startsWith("ko") ? "ko" : "en";
})();
