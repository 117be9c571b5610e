// The page of a report: pointing at a piece of text lights up its records and the other way round; keys go
// from record to record. Everything is there without this script, too.
const text = document.querySelector(".reading .text");
const records = document.getElementById("records");
const cards = [...records.querySelectorAll(".card")];
const places = new Map(); // key of a card -> what in the page belongs to it, in the order of the page
for (const element of document.querySelectorAll(".reading [data-r]")) {
  for (const key of element.dataset.r.split(" ")) {
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(element);
  }
}

let lit = [];
function light(element) {
  for (const old of lit) old.classList.remove("lit");
  lit = [];
  if (!element) return;
  for (const key of element.dataset.r.split(" ")) lit.push(...(places.get(key) ?? []));
  for (const each of lit) each.classList.add("lit");
}

const marked = (event) => (event.target instanceof Element ? event.target.closest("[data-r]") : null);
let held = null; // what keys or a click chose stays lit when the pointer is elsewhere
document.addEventListener("mouseover", (event) => light(marked(event) ?? held));
document.addEventListener("focusin", (event) => {
  const on = marked(event);
  if (on) light((held = on));
});

// Scrolls the one of the two columns that holds the element, and not the page under it.
function reveal(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
}

const inText = (key) => (places.get(key) ?? []).find((element) => text.contains(element) && element.matches("a"))
  ?? (places.get(key) ?? []).find((element) => text.contains(element));

let at = -1;
function go(to) {
  if (!cards.length) return;
  cards[at]?.classList.remove("at");
  at = Math.max(0, Math.min(cards.length - 1, to));
  const card = cards[at];
  card.classList.add("at");
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  reveal(card);
  const there = inText(card.dataset.k);
  if (there && text.scrollHeight > text.clientHeight) reveal(there);
}

// A link into the text leads to an empty anchor: what follows it is what is meant.
for (const link of records.querySelectorAll('a[href^="#x"]')) {
  link.addEventListener("click", () => {
    const anchor = document.getElementById(link.hash.slice(1));
    const key = anchor?.dataset.k;
    let piece = anchor?.nextElementSibling;
    while (piece && !piece.dataset.r?.split(" ").includes(key)) piece = piece.nextElementSibling;
    if (!piece) return;
    light((held = piece));
    if (piece.matches("a")) setTimeout(() => piece.focus({ preventScroll: true }));
  });
}
for (const link of text.querySelectorAll('a[href^="#"]')) {
  link.addEventListener("click", () => {
    const card = document.getElementById(link.hash.slice(1));
    if (card) go(cards.indexOf(card));
  });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const on = event.target;
  if (on.closest("input, select, textarea, dialog, [contenteditable]") && on.type !== "checkbox") return;
  const card = on.closest(".card");
  const piece = text.contains(on) ? on.closest("a[data-r]") : null;
  const key = event.key;
  if (key === "j" || key === "k") {
    // In the text from mark to mark, else from record to record.
    if (piece) {
      const links = [...text.querySelectorAll("a[data-r]")];
      const next = links[links.indexOf(piece) + (key === "j" ? 1 : -1)];
      next?.focus();
    } else {
      const from = card ? cards.indexOf(card) : at;
      go(from + (key === "j" ? 1 : -1));
    }
  } else if (key === "ArrowLeft" && card) {
    const there = inText(card.dataset.k);
    if (!there) return;
    reveal(there);
    if (there.matches("a")) there.focus({ preventScroll: true });
    else {
      text.focus({ preventScroll: true });
      light((held = there));
    }
  } else if (key === "ArrowRight" && (piece || on === text)) {
    const there = document.getElementById(piece ? piece.hash.slice(1) : (held ?? cards[0])?.dataset.r.split(" ")[0]);
    if (there) go(cards.indexOf(there));
  } else if (key === "Escape") {
    held = null;
    light(null);
    cards[at]?.classList.remove("at");
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
  } else return;
  event.preventDefault();
});

// Layers stay in the address.
const layers = document.querySelector(".reading .layers");
layers?.addEventListener("change", () => {
  const address = new URL(location.href);
  address.searchParams.delete("show");
  const boxes = [...layers.querySelectorAll('input[name="show"]')];
  const on = boxes.filter((box) => box.checked);
  if (on.length < boxes.length) for (const box of on.length ? on : [{ value: "none" }]) address.searchParams.append("show", box.value);
  history.replaceState(history.state, "", address);
});

const opened = location.hash && cards.findIndex((card) => card.id === location.hash.slice(1));
if (opened > -1 && location.hash) go(opened);
