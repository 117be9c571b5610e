// Pointing at a piece of text lights up its records, and the other way round. The page works without it.
const lit = [];
function clear() {
  for (const element of lit.splice(0)) element.classList.remove("lit");
}
function show(event) {
  const from = event.target instanceof Element ? event.target.closest("[data-r]") : null;
  clear();
  if (!from) return;
  for (const key of from.dataset.r.split(" ")) {
    for (const element of document.querySelectorAll(`[data-r~="${key}"]`)) {
      element.classList.add("lit");
      lit.push(element);
    }
  }
}
document.addEventListener("mouseover", show);
document.addEventListener("focusin", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    clear();
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  }
});
