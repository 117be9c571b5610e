// An account by keyboard: from telling to telling, tick those that are another occurrence, split, merge.
const tellings = [...document.querySelectorAll(".tellings > li")];
const dialog = document.getElementById("shortcuts");
let at = -1;

function go(to) {
  if (!tellings.length) return;
  tellings[at]?.classList.remove("here");
  at = Math.max(0, Math.min(tellings.length - 1, to));
  tellings[at].classList.add("here");
  (tellings[at].querySelector("input") ?? tellings[at].querySelector("a")).focus({ preventScroll: true });
  tellings[at].scrollIntoView({ block: "nearest" });
}

// An account chosen from the list is the one to merge with.
const second = document.getElementById("second");
for (const radio of document.querySelectorAll('#merge input[name="near"]')) {
  radio.addEventListener("change", () => (second.value = radio.value));
}

const KEYS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: () => {
    const box = tellings[at]?.querySelector('input[type="checkbox"]');
    if (box) box.checked = !box.checked;
  },
  s: () => document.querySelector("#split button")?.focus(),
  m: () => (document.querySelector('#merge input[name="near"]') ?? second)?.focus(),
  o: () => tellings[at]?.querySelector(".title a")?.click(),
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
  const field = event.target.closest("input, select, textarea");
  if (field && field.type !== "checkbox") {
    if (event.key === "Escape") field.blur();
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
