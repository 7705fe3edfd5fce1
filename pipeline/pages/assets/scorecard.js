// Transcript, timeline and recording of one scorecard. Every line of the transcript carries its times; the rest follows from it.
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const lines = all(".unit").map((node) => ({ node, start: +node.dataset.s, end: +node.dataset.e, said: find(".said", node) }));
const byTime = [...lines].sort((one, other) => one.start - other.start);
const lineOf = new Map(lines.map((line) => [line.node.id, line]));
const bars = new Map(all(".lane rect[data-a]").map((bar) => [bar.dataset.a, bar]));
const audio = find("#audio");
const duration = +(find(".lanes")?.dataset.duration ?? 0);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let picked = null;
let playing = null;
let following = true;

function clock(ms) {
  const whole = Math.floor(ms / 1000);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts[0] ? `${parts[0]}:${parts.slice(1).map((part) => String(part).padStart(2, "0")).join(":")}`
    : `${parts[1]}:${String(parts[2]).padStart(2, "0")}`;
}

function show(line) {
  const box = line.node.getBoundingClientRect();
  if (box.top < 60 || box.bottom > innerHeight - 90) line.node.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}

function pick(line, { scroll = true, seek = true } = {}) {
  picked?.node.classList.remove("picked");
  picked = line;
  line.node.classList.add("picked");
  if (scroll) show(line);
  if (seek && audio) audio.currentTime = line.start / 1000;
}

function play(ms) {
  if (!audio) return;
  if (ms !== undefined) audio.currentTime = ms / 1000;
  following = true;
  markFollowing();
  audio.play().catch(() => trouble());
}

function go(id, { sound = true, remember = false } = {}) {
  const line = lineOf.get(id);
  if (!line) return false;
  if (line.node.hidden) clearFilters();
  if (remember) history.pushState(null, "", `#${id}`); else history.replaceState(null, "", `#${id}`);
  pick(line);
  if (sound) play(line.start);
  return true;
}

function lineAt(ms) {
  let low = 0, high = byTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byTime[middle].start <= ms) low = middle + 1; else high = middle;
  }
  for (let place = low - 1; place >= Math.max(0, low - 8); place--) if (byTime[place].end > ms) return byTime[place];
  return null;
}

// The recording
function trouble() {
  if (audio.error) find("#trouble").textContent = "The recording is not beside this page.";
}

function markFollowing() {
  find("#follow")?.setAttribute("aria-pressed", String(following));
}

function tick() {
  const ms = audio.currentTime * 1000;
  find("#now").textContent = clock(ms);
  find("#seek").value = ms;
  find("#seek").setAttribute("aria-valuetext", clock(ms));
  const head = find(".playhead");
  if (head && duration) { head.hidden = false; head.style.left = `${Math.min(100, 100 * ms / duration)}%`; }
  const line = lineAt(ms);
  if (line === playing) return;
  if (playing) { playing.node.classList.remove("now"); bars.get(playing.node.id)?.classList.remove("now"); }
  playing = line;
  if (!line) return;
  line.node.classList.add("now");
  bars.get(line.node.id)?.classList.add("now");
  if (following && !audio.paused && !line.node.hidden) show(line);
}

if (audio) {
  const button = find("#play");
  const mark = () => { button.classList.toggle("on", !audio.paused); button.setAttribute("aria-label", audio.paused ? "Play" : "Pause"); };
  button.addEventListener("click", toggle);
  audio.addEventListener("timeupdate", tick);
  audio.addEventListener("seeked", tick);
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, mark);
  audio.addEventListener("error", trouble);
  find("#seek").addEventListener("input", (event) => { audio.currentTime = event.target.value / 1000; });
  find("#speed").addEventListener("change", (event) => { audio.playbackRate = +event.target.value; });
  find("#follow").addEventListener("click", () => { following = !following; markFollowing(); });
  // Whoever scrolls by hand wants to read elsewhere: the page stops following until asked again.
  for (const name of ["wheel", "touchmove"]) addEventListener(name, () => { if (!audio.paused) { following = false; markFollowing(); } }, { passive: true });
}

function toggle() {
  if (!audio) return;
  if (audio.paused) play(); else audio.pause();
}

// Links to a moment: #u12 is a unit, #t7 a turn that was not split, #t=63.2 a second
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (!link || event.ctrlKey || event.metaKey) return;
  const id = link.getAttribute("href").slice(1);
  // From a finding to its evidence and back again with the browser's own button; within the transcript no trail is left.
  if (id.startsWith("t=") ? goToTime(id) : go(id, { remember: !link.closest(".transcript") })) event.preventDefault();
});

function goToTime(hash, sound = true) {
  const ms = Number.parseFloat(hash.slice(2)) * 1000;
  if (!Number.isFinite(ms)) return false;
  const line = lineAt(ms) ?? byTime.findLast((each) => each.start <= ms) ?? byTime[0];
  if (line) pick(line, { seek: false });
  if (audio) audio.currentTime = ms / 1000;
  if (sound) play(ms);
  return true;
}

function open() {
  const hash = location.hash.slice(1);
  if (hash.startsWith("t=")) goToTime(hash, false); else go(hash, { sound: false });
}
addEventListener("hashchange", open);

// Filter and search
const chosen = new Set();
const search = find("#search");
const buttons = all("[data-filter]");

function filter() {
  const phrase = search.value.trim().toLocaleLowerCase();
  const active = Boolean(phrase || chosen.size);
  let count = 0;
  for (const { node, said } of lines) {
    node.hidden = active && ((chosen.size > 0 && !chosen.has(node.dataset.code)) || !said.textContent.toLocaleLowerCase().includes(phrase));
    bars.get(node.id)?.classList.toggle("dim", node.hidden);
    count += !node.hidden;
  }
  for (const turn of all(".turn")) turn.hidden = active && !find(".unit:not([hidden])", turn);
  find("#shown").textContent = active ? `${count} of ${lines.length} shown` : "";
  find("#clear").hidden = !active;
  find("#nothing").hidden = !active || count > 0;
  highlight(phrase);
}

function highlight(phrase) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const ranges = [];
  if (phrase) for (const { node, said } of lines) {
    if (node.hidden || !said.firstChild) continue;
    const text = said.textContent.toLocaleLowerCase();
    for (let place = text.indexOf(phrase); place >= 0; place = text.indexOf(phrase, place + phrase.length)) {
      if (place + phrase.length > said.firstChild.length) break;
      const range = new Range();
      range.setStart(said.firstChild, place);
      range.setEnd(said.firstChild, place + phrase.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

function clearFilters() {
  chosen.clear();
  search.value = "";
  for (const button of buttons) button.setAttribute("aria-pressed", "false");
  filter();
}

for (const button of buttons) button.addEventListener("click", () => {
  const code = button.dataset.filter;
  if (!chosen.delete(code)) chosen.add(code);
  button.setAttribute("aria-pressed", String(chosen.has(code)));
  filter();
});
search.addEventListener("input", filter);
for (const id of ["#clear", "#clear-too"]) find(id).addEventListener("click", clearFilters);

// Keys
const keys = find("#keys");
const reach = () => { for (const link of all(".unit .at")) link.tabIndex = keys.checked ? -1 : 0; };
keys.addEventListener("change", reach);
reach();

function step(way) {
  const shown = lines.filter(({ node }) => !node.hidden);
  const from = audio && !audio.paused && playing ? playing : picked;
  const place = shown.indexOf(from);
  const next = shown[place < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, place + way))];
  if (!next) return;
  pick(next);
  next.node.focus({ preventScroll: true });
  history.replaceState(null, "", `#${next.node.id}`);
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox], [type=range]), select, textarea");
  if (event.key === "Escape") { clearFilters(); document.activeElement.blur(); return; }
  if (typing || !keys.checked) return;
  const pressed = event.target.matches("button, summary, input[type=checkbox]");
  const unit = event.target.closest(".unit");
  const act = { Enter: unit && !event.target.matches("a") ? () => go(unit.id) : null, j: () => step(1), k: () => step(-1), "/": () => search.focus(), " ": audio && !pressed ? toggle : null }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// Timeline
const canvas = find(".canvas");
const tip = find(".tip");
if (canvas) {
  const hide = () => { tip.hidden = true; };
  canvas.addEventListener("click", (event) => {
    const bar = event.target.closest("[data-a]");
    if (bar) { go(bar.dataset.a); return; }
    const box = canvas.getBoundingClientRect();
    goToTime(`t=${(event.clientX - box.left) / box.width * duration / 1000}`);
  });
  canvas.addEventListener("pointermove", (event) => {
    const { a, label } = event.target.dataset ?? {};
    const line = lineOf.get(a);
    if (!line) { hide(); return; }
    const head = document.createElement("b");
    head.textContent = [clock(line.start), label ?? find(".chip", line.node)?.textContent].filter(Boolean).join(" · ");
    tip.replaceChildren(head, line.said.textContent);
    tip.hidden = false;
    tip.style.left = `${Math.max(8, Math.min(event.pageX - 20, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${event.pageY - tip.offsetHeight - 16}px`;
  });
  canvas.addEventListener("pointerleave", hide);
  for (const button of all("[data-zoom]")) button.addEventListener("click", () => {
    canvas.style.width = `${button.dataset.zoom * 100}%`;
    for (const each of all("[data-zoom]")) each.setAttribute("aria-pressed", String(each === button));
    const bar = playing ?? picked;
    if (bar) bars.get(bar.node.id)?.scrollIntoView({ inline: "center", block: "nearest" });
  });
}

open();
