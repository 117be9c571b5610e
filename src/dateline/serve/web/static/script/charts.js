// Charts that answer: a tip under the pointer, a time chosen by dragging, a map that zooms. They read without it.
import { brushX, select, zoom, zoomIdentity } from "../vendor/d3.js";

function tip(figure) {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  figure.append(box);
  figure.style.position = "relative";
  return {
    show(words, event) {
      box.textContent = words;
      box.hidden = false;
      const around = figure.getBoundingClientRect();
      const x = event.clientX - around.left;
      box.style.left = `${Math.max(0, Math.min(x + 12, around.width - box.offsetWidth - 4))}px`;
      box.style.top = `${Math.max(0, event.clientY - around.top - box.offsetHeight - 10)}px`;
    },
    hide() {
      box.hidden = true;
    },
  };
}

// The words that browsers show late and plainly are shown at once.
function tipsOf(figure, links) {
  const shown = tip(figure);
  for (const link of links) {
    const title = link.querySelector("title");
    if (!title) continue;
    const words = title.textContent;
    title.remove();
    link.setAttribute("aria-label", words);
    link.addEventListener("pointermove", (event) => shown.show(words, event));
    link.addEventListener("pointerleave", () => shown.hide());
  }
  return shown;
}

function goTo(changes) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) address.searchParams.set(name, value);
  address.searchParams.delete("after");
  document.getElementById("main")?.setAttribute("aria-busy", "true");
  location.assign(address);
}

function timeline(figure) {
  const touch = figure.querySelector(".touch");
  const columns = [...touch.querySelectorAll("a")];
  const shown = tipsOf(figure, columns);
  const all = figure.querySelector(".all");
  const column = (x) => Math.max(0, Math.min(columns.length - 1, Math.floor((x / touch.clientWidth) * columns.length)));
  const layer = select(touch).append("g").attr("class", "brush");
  const brush = brushX()
    .on("start brush", (event) => {
      if (!event.selection || !event.sourceEvent) return;
      const [from, to] = event.selection.map(column);
      columns.forEach((c, k) => c.classList.toggle("picked", k >= from && k <= to && event.selection[1] > event.selection[0]));
      if (event.selection[1] > event.selection[0]) {
        const words = from === to ? columns[from].dataset.begin : `${columns[from].dataset.begin} to before ${columns[to].dataset.end}`;
        shown.show(words, event.sourceEvent.touches?.[0] ?? event.sourceEvent);
      }
    })
    .on("end", (event) => {
      if (!event.sourceEvent) return;
      if (event.selection && event.selection[1] - event.selection[0] > 4) {
        const [from, to] = event.selection.map((x) => column(x - 0.01));
        goTo({ since: columns[from].dataset.begin, until: columns[to].dataset.end });
      } else if (event.sourceEvent.type === "mouseup" || event.sourceEvent.type === "touchend") {
        // A click, not a drag: the column under it.
        const at = event.sourceEvent.changedTouches?.[0] ?? event.sourceEvent;
        const k = column(at.clientX - touch.getBoundingClientRect().left);
        goTo({ since: columns[k].dataset.begin, until: columns[k].dataset.end });
      }
    });
  const fit = () => {
    layer.call(brush.extent([[0, 0], [touch.clientWidth, all.clientHeight || 112]]));
  };
  fit();
  new ResizeObserver(fit).observe(touch);
  // The brush lies over the columns: they are found by position.
  layer.on("pointermove.tip", (event) => {
    if (event.buttons) return;
    const k = column(event.clientX - touch.getBoundingClientRect().left);
    columns.forEach((c, n) => c.classList.toggle("at", n === k));
    shown.show(columns[k].getAttribute("aria-label"), event);
  });
  layer.on("pointerleave.tip", () => {
    columns.forEach((c) => c.classList.remove("at"));
    shown.hide();
  });
}

function world(figure) {
  const svg = select(figure.querySelector("svg"));
  const view = svg.select(".view");
  const [, , width, height] = svg.attr("viewBox").split(" ").map(Number);
  tipsOf(figure, figure.querySelectorAll("svg a"));
  const zoomed = zoom()
    .scaleExtent([1, 12])
    .extent([[0, 0], [width, height]])
    .translateExtent([[0, 0], [width, height]])
    // The page scrolls over the map; it zooms with Ctrl, two fingers, or its buttons.
    .filter((event) => (event.type === "wheel" ? event.ctrlKey || event.metaKey : event.touches ? event.touches.length > 1 : !event.button))
    .on("zoom", ({ transform }) => {
      view.attr("transform", transform);
      // Circles keep their size: what grows is the land between them.
      for (const spot of view.node().querySelectorAll(".spot")) spot.setAttribute("r", spot.dataset.r / Math.sqrt(transform.k));
    });
  svg.call(zoomed).on("dblclick.zoom", null);
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "in") svg.call(zoomed.scaleBy, 1.7);
      else svg.call(zoomed.scaleBy, 1 / 1.7);
    });
  }
  figure.addEventListener("keydown", (event) => {
    if (event.key === "0" && event.target.closest(".zoom")) svg.call(zoomed.transform, zoomIdentity);
  });
}

function lanes(figure) {
  tipsOf(figure, figure.querySelectorAll(".touch g"));
}

document.querySelectorAll("figure.timeline:not(.lanes)").forEach(timeline);
document.querySelectorAll("figure.lanes").forEach(lanes);
document.querySelectorAll("figure.world").forEach(world);
