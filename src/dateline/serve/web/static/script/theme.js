// Set before anything is drawn: the reader's choice of light or dark, and that scripts run.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // Storage may be forbidden; the system's choice stands.
  }
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
})();
