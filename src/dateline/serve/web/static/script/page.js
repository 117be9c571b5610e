// What every page does: the switch of light and dark, tidy addresses of filters, waiting, news of new reports.
import { watchLive } from "./live.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

function setUpTheme(button) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // It then holds for this page alone.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}

// Fields that are empty need not stand in the address.
function setUpForm(form) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    document.getElementById("main")?.setAttribute("aria-busy", "true");
  });
}

// A page that comes back from the browser's memory must not look as if it were still loading.
addEventListener("pageshow", () => {
  document.getElementById("main")?.removeAttribute("aria-busy");
  for (const field of document.querySelectorAll("form.filters :disabled, form.find :disabled")) field.disabled = false;
});

const theme = document.querySelector("button.theme");
if (theme) setUpTheme(theme);
for (const form of document.querySelectorAll("form.filters, form.find")) setUpForm(form);

// On a phone the row of pages scrolls: the one that is open must be in sight.
const here = document.querySelector(".pages [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.clientWidth / 2 + here.clientWidth / 2;

// "/" leads to the search field, as on many pages.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  document.getElementById("find")?.focus();
});

const notices = document.getElementById("notices");
if (notices?.dataset.live) watchLive(notices.dataset.live, notices);
