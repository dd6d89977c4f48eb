// Keys for who works through a list all day; everything they do can also be clicked. A line on the page says which, and switches them off.
const line = document.querySelector("[data-keys]");
const KEPT = "keys-off";

const rows = () => [...document.querySelectorAll("[data-key-row]")].filter((link) => link.getClientRects().length);

const place = (links) => {
  const focused = links.indexOf(document.activeElement);
  return focused >= 0 ? focused : links.findIndex((link) => link.hasAttribute("aria-current"));
};

const step = (by) => {
  const links = rows();
  const next = links[Math.min(Math.max(place(links) + by, 0), links.length - 1)];
  if (!next) return;
  if (line.dataset.keys === "open") {
    if (!next.hasAttribute("aria-current")) next.click();
  } else {
    next.focus();
  }
};

const acts = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.querySelector("[data-key-search]")?.focus(),
  n: () => document.querySelector("[data-key-new]")?.click(),
};

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

const listen = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const act = acts[event.key.toLowerCase()] ?? (/^[1-9]$/.test(event.key) && line.dataset.keys === "open" ? () => rows()[event.key - 1]?.click() : null);
  if (!act) return;
  event.preventDefault();
  act();
};

const show = (off) => {
  const button = line.querySelector("button");
  button.textContent = off ? button.dataset.on : button.dataset.off;
  line.classList.toggle("keys-off", off);
  (off ? document.removeEventListener : document.addEventListener).call(document, "keydown", listen);
};

if (line) {
  line.hidden = false;
  show(localStorage.getItem(KEPT) === "1");
  line.querySelector("button").addEventListener("click", () => {
    const off = localStorage.getItem(KEPT) !== "1";
    if (off) localStorage.setItem(KEPT, "1");
    else localStorage.removeItem(KEPT);
    show(off);
  });
}
