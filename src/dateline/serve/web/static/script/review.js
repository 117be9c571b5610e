// Review by keyboard, and at once: what is said is shown as said while the server keeps it, and shown as not kept
// when it is not. Without this script every form leads to a page.
const queue = document.getElementById("queue");
const cards = queue ? [...queue.querySelectorAll(".review-card")] : [];
const dialog = document.getElementById("shortcuts");
const done = []; // what was said on this page, the last at the end
let at = -1;

const WORDS = { accept: "Accepted", reject: "Rejected", change: "Changed" };

function go(to, { focus = true } = {}) {
  if (!cards.length) return;
  cards[at]?.classList.remove("here");
  at = Math.max(0, Math.min(cards.length - 1, to));
  const card = cards[at];
  card.classList.add("here");
  if (!focus) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

const next = (from) => {
  const open = cards.findIndex((card, n) => n > from && !card.classList.contains("is-said"));
  if (open >= 0) go(open);
  else go(from);
};

function tell(card, problem) {
  const place = card.querySelector(".wrong-said");
  place.textContent = problem ?? "";
  place.hidden = !problem;
}

// (A form's own property of this name is its button "action".)
const target = (form) => form.getAttribute("action");

async function post(address, data) {
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(data),
      headers: { accept: "application/json" },
      credentials: "same-origin",
    });
  } catch {
    return { problem: "The server did not answer: nothing was kept. Try again when it is there." };
  }
  try {
    const answer = await response.json();
    if (response.ok) return answer;
    return { problem: answer.problem ?? answer.detail?.[0]?.msg ?? answer.detail ?? `Not kept (${response.status})` };
  } catch {
    return { problem: `Not kept: the server answered ${response.status}. Load the page again.` };
  }
}

function outcome(card, action, content) {
  card.querySelector(".outcome")?.remove();
  const line = document.createElement("p");
  line.className = `outcome was-${action}`;
  line.setAttribute("role", "status");
  line.append(...content);
  card.append(line);
  return line;
}

const strong = (words) => Object.assign(document.createElement("b"), { textContent: words });

async function say(card, form, submitter) {
  const data = new FormData(form, submitter);
  const action = data.get("action");
  tell(card, null);
  // At once, and honestly: "keeping" until the server has it.
  card.classList.add("is-said");
  card.setAttribute("aria-busy", "true");
  outcome(card, action, [strong(WORDS[action]), " keeping…"]);
  next(cards.indexOf(card));
  const answer = await post(target(form), data);
  card.removeAttribute("aria-busy");
  if (answer.problem) {
    card.classList.remove("is-said");
    card.querySelector(".outcome").remove();
    tell(card, answer.problem);
    go(cards.indexOf(card));
    return;
  }
  const back = document.createElement("button");
  back.type = "button";
  back.className = "small";
  back.textContent = "Take back";
  back.addEventListener("click", () => takeBack(card));
  outcome(card, action, [strong(WORDS[action]), ` as ${answer.who}, no. ${answer.kept.replaceAll(",", ", ")}`, back]);
  done.push({ card, kept: answer.kept });
}

async function takeBack(card) {
  const n = done.findLastIndex((said) => said.card === card);
  if (n < 0) return;
  const [{ kept }] = done.splice(n, 1);
  const form = card.querySelector("form.say");
  const data = new FormData(form);
  for (const name of ["report", "item", "seen", "why"]) data.delete(name);
  data.set("number", kept);
  card.setAttribute("aria-busy", "true");
  const answer = await post(target(form).replace(/say$/, "undo"), data);
  card.removeAttribute("aria-busy");
  if (answer.problem) {
    done.push({ card, kept });
    card.classList.remove("is-said");
    tell(card, answer.problem);
    return;
  }
  card.classList.remove("is-said");
  card.querySelector(".outcome")?.remove();
  go(cards.indexOf(card));
}

for (const card of cards) {
  for (const form of card.querySelectorAll("form.say, form.change")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say(card, form, event.submitter?.name ? event.submitter : undefined);
    });
    form.addEventListener("reset", () => {
      const details = card.querySelector("details.correct");
      if (details) details.open = false;
      go(cards.indexOf(card));
    });
  }
  card.addEventListener("focusin", () => {
    if (cards[at] !== card) go(cards.indexOf(card), { focus: false });
  });
}

document.getElementById("show-keys")?.addEventListener("click", () => dialog.showModal());

function press(card, action) {
  const button = card.querySelector(`form.say button[value="${action}"]`);
  if (button && !card.classList.contains("is-said")) button.form.requestSubmit(button);
}

const KEYS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  ArrowDown: () => go(at + 1),
  ArrowUp: () => go(at - 1),
  a: (card) => press(card, "accept"),
  r: (card) => press(card, "reject"),
  c: (card) => {
    const details = card.querySelector("details.correct");
    if (!details || card.classList.contains("is-said")) return;
    details.open = true;
    details.querySelector("select, input:not([type=hidden])").focus();
  },
  w: (card) => card.querySelector(".reason")?.focus(),
  u: () => {
    const last = done.at(-1);
    if (last) takeBack(last.card);
  },
  o: (card) => location.assign(card.dataset.href),
  n: () => document.querySelector('.pager a[rel="next"]')?.click(),
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
  const field = event.target.closest("input, select, textarea");
  if (field) {
    if (event.key === "Escape" && queue?.contains(field)) {
      const card = field.closest(".review-card");
      const form = field.closest("form.change");
      event.preventDefault();
      if (form) form.reset();
      else go(cards.indexOf(card));
    }
    return;
  }
  const act = KEYS[event.key];
  if (!act) return;
  if (!cards.length && event.key !== "?") return;
  if (at < 0 && !["j", "ArrowDown", "?", "n", "u"].includes(event.key)) go(0);
  event.preventDefault();
  act(cards[at], event);
});

if (cards.length === 1) go(0, { focus: false });
