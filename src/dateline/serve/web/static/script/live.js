// New reports of a running watch: a discreet notice, and a link that loads the page anew.
const SETTLE = 1500; // milliseconds: reports come in chunks, one notice is enough for a chunk

export function watchLive(address, place) {
  let stream = null;
  let last = null;
  let count = 0;
  let timer = 0;
  const listen = () => {
    if (stream) return;
    stream = new EventSource(last === null ? address : `${address}?after=${last}`);
    stream.addEventListener("report", (event) => {
      last = event.lastEventId || last;
      count += 1;
      clearTimeout(timer);
      timer = setTimeout(() => show(place, count, () => (count = 0)), SETTLE);
    });
  };
  const stop = () => {
    stream?.close();
    stream = null;
  };
  // A browser keeps few connections to a server: a tab that nobody sees lets go of its own.
  const follow = () => (document.visibilityState === "visible" ? listen() : stop());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", follow);
}

function show(place, count, dismissed) {
  const notice = document.createElement("div");
  notice.className = "notice";
  const words = document.createElement("span");
  words.textContent = count === 1 ? "1 new report" : `${count.toLocaleString("en")} new reports`;
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = "Show";
  again.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  const close = document.createElement("button");
  close.type = "button";
  close.className = "icon";
  close.setAttribute("aria-label", "Dismiss");
  close.textContent = "✕";
  close.addEventListener("click", () => {
    notice.remove();
    dismissed();
  });
  notice.append(words, again, close);
  place.replaceChildren(notice);
}
