// Items to decide on, one at a time. Strings become text nodes and nothing else: what a document says is never markup.

const DATA = JSON.parse(document.getElementById("data").textContent);
const ITEMS = DATA.items;
const ANSWERS = DATA.answers; // of each answer of an item, in order: its key, its look in the list, the sign there, and a word
const FORMULA = /^[=+\-@\t]/;
const find = (id) => document.getElementById(id);
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const state = { at: 0, chosen: new Map(), whys: new Map(), theme: null };

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  });
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// Words from a document or a name: kept apart from their surroundings, so that right-to-left marks reach no further.
const said = (words) => make("bdi", { class: "said" }, String(words));

// What was decided stays in this browser until it is downloaded, where the browser allows it: by the items' own words.
const memory = {
  key: `dragoman ${DATA.file} ${hash(JSON.stringify(ITEMS))}`,
  load() {
    try { return JSON.parse(localStorage.getItem(this.key) || "{}"); } catch { return {}; }
  },
  save() {
    const told = { who: find("who").value, chosen: [...state.chosen], whys: [...state.whys], at: state.at };
    try { localStorage.setItem(this.key, JSON.stringify(told)); } catch { /* decisions still download */ }
  },
};

function hash(text) {
  let value = 5381;
  for (let at = 0; at < text.length; at += 1) value = ((value * 33) ^ text.charCodeAt(at)) >>> 0;
  return value.toString(36);
}

// ---- the list at the left

const rows = [];
function drawList() {
  const parts = Object.entries(DATA.sections).map(([kind, heading]) => {
    const numbers = ITEMS.map((item, at) => at).filter((at) => ITEMS[at].kind === kind);
    if (!numbers.length) return null;
    const count = make("span", { "data-count": kind });
    return make("section", {}, make("h2", {}, heading, count), numbers.map((at) => {
      rows[at] = make("button", { type: "button", class: "row", onclick: () => open(at) }, make("i", { "aria-hidden": "true" }), said(ITEMS[at].title));
      return rows[at];
    }));
  });
  find("list").replaceChildren(...parts.filter(Boolean));
}

function mark(at) {
  const answer = state.chosen.get(at);
  ANSWERS.forEach((told, number) => rows[at].classList.toggle(told.look, answer === number));
  rows[at].firstChild.textContent = answer === undefined ? "" : ANSWERS[answer].sign;
  rows[at].setAttribute("aria-current", String(at === state.at));
}

function drawStatus() {
  const done = state.chosen.size;
  find("status").textContent = `${done.toLocaleString("en")} of ${ITEMS.length.toLocaleString("en")} ${DATA.done}`
    + (DATA.kept.length ? `, ${DATA.kept.length.toLocaleString("en")} kept from before` : "");
  find("download").disabled = !done;
  find("progress").max = ITEMS.length || 1;
  find("progress").value = done;
  Object.keys(DATA.sections).forEach((kind) => {
    const count = document.querySelector(`[data-count="${kind}"]`);
    const all = ITEMS.map((item, at) => at).filter((at) => ITEMS[at].kind === kind);
    if (count) count.textContent = `${all.filter((at) => state.chosen.has(at)).length} / ${all.length}`;
  });
}

// ---- the item in the middle

function quote(told) {
  const source = [told.title || told.document, told.where, told.date].filter(Boolean).join(", ");
  return make("figure", {},
    make("blockquote", {}, make("bdi", {}, told.before), make("mark", {}, said(told.exact)), make("bdi", {}, told.after)),
    make("figcaption", {}, said(source)));
}

function part(told) {
  return make("section", { class: "part" },
    told.name ? make("h4", {}, said(told.name)) : null,
    told.about ? make("p", { class: "quiet" }, told.about) : null,
    told.quotes.length ? told.quotes.map(quote) : make("p", { class: "quiet" }, "Its name does not stand word for word in the kept texts."));
}

function drawCard() {
  const item = ITEMS[state.at];
  if (!item) {
    find("card").replaceChildren(make("p", { class: "none" }, DATA.none));
    return;
  }
  const answers = item.answers.map((answer, number) => make("button", {
    type: "button", class: `answer ${ANSWERS[number].look}${state.chosen.get(state.at) === number ? " chosen" : ""}`,
    "aria-pressed": String(state.chosen.get(state.at) === number), onclick: () => decide(number),
  }, answer.label, make("kbd", { "aria-hidden": "true" }, ANSWERS[number].key)));
  const why = make("input", { class: "why", type: "text", placeholder: "Why (optional)", "aria-label": "Why", value: state.whys.get(state.at) || "",
    oninput: (event) => { state.whys.set(state.at, event.target.value); memory.save(); },
    onkeydown: (event) => { if (event.key === "Enter" || event.key === "Escape") event.target.blur(); } });
  const undo = state.chosen.has(state.at)
    ? make("button", { type: "button", class: "answer other", onclick: takeBack }, "Undo", make("kbd", { "aria-hidden": "true" }, DATA.undo)) : null;
  find("card").replaceChildren(make("div", { class: "sheet" },
    make("p", { class: "kind" }, `${DATA.sections[item.kind]} · ${state.at + 1} of ${ITEMS.length}`),
    make("h3", {}, said(item.title)),
    make("p", { class: "quiet" }, said(item.about)),
    item.note ? make("p", { class: "note" }, said(item.note)) : null,
    make("div", { class: "answers" }, answers, undo, why),
    make("div", { class: "parts" }, item.parts.map(part))));
  find("card").scrollTop = 0;
}

function open(at) {
  if (at < 0 || at >= ITEMS.length) return;
  const before = state.at;
  state.at = at;
  mark(before);
  mark(at);
  rows[at].scrollIntoView({ block: "nearest" });
  drawCard();
  memory.save();
}

function decide(number) {
  if (!ITEMS[state.at] || !ITEMS[state.at].answers[number]) return;
  state.chosen.set(state.at, number);
  find("live").textContent = `${ITEMS[state.at].answers[number].label}: ${ITEMS[state.at].title}`;
  const next = ITEMS.findIndex((item, at) => at > state.at && !state.chosen.has(at));
  drawStatus();
  mark(state.at);
  if (next >= 0) open(next);
  else { drawCard(); memory.save(); }
}

function takeBack() {
  state.chosen.delete(state.at);
  drawStatus();
  mark(state.at);
  drawCard();
  memory.save();
}

// ---- the table that leaves the page

// A cell that a spreadsheet would take for a formula begins with an apostrophe, which the build takes off again.
function cell(value) {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

function table() {
  const today = new Date();
  const when = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const who = find("who").value.trim();
  const decided = [...state.chosen].sort((left, right) => left[0] - right[0]).flatMap(([at, number]) => ITEMS[at].answers[number].rows
    .map((row) => ({ ...row, who, when, why: (state.whys.get(at) || "").trim() || (DATA.reason && `${DATA.reason}: ${ITEMS[at].about}`) })));
  const lines = [...DATA.kept, ...decided].map((row) => DATA.columns.map((column) => cell(row[column] || "")).join(","));
  return `${[DATA.columns.join(","), ...lines].join("\r\n")}\r\n`;
}

function download() {
  const who = find("who");
  who.classList.toggle("needed", !who.value.trim());
  if (!who.value.trim()) {
    who.focus();
    find("live").textContent = "Say who decided";
    return;
  }
  const address = URL.createObjectURL(new Blob([table()], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: address, download: DATA.file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// ---- keys, looks, start

const KEYS = {
  ...Object.fromEntries(ANSWERS.map((told, number) => [told.key, () => decide(number)])), [DATA.undo]: takeBack, d: turn, ArrowDown: () => open(state.at + 1), ArrowUp: () => open(state.at - 1),
  ArrowRight: () => open(state.at + 1), ArrowLeft: () => open(state.at - 1), s: download, [DATA.because]: () => document.querySelector(".why")?.focus(),
};
const TOLD = [
  ...ANSWERS.map((told) => [told.key, told.word]), [DATA.undo, "undo"], ["↓ ↑", "next, last"], [DATA.because, "say why"], ["s", "download"], ["d", "dark or light"],
];

function turn() {
  const dark = state.theme ? state.theme === "dark" : systemDark.matches;
  state.theme = dark ? "light" : "dark";
  document.documentElement.dataset.theme = state.theme;
}

function start() {
  const told = memory.load();
  find("who").value = told.who || "";
  (told.chosen || []).forEach(([at, number]) => state.chosen.set(at, number));
  (told.whys || []).forEach(([at, why]) => state.whys.set(at, why));
  document.documentElement.dataset.theme = systemDark.matches ? "dark" : "light";
  systemDark.addEventListener("change", () => { if (!state.theme) document.documentElement.dataset.theme = systemDark.matches ? "dark" : "light"; });
  drawList();
  ITEMS.forEach((item, at) => mark(at));
  find("keys").replaceChildren(...TOLD.flatMap(([key, what]) => [make("kbd", {}, key), ` ${what}`]));
  drawStatus();
  if (ITEMS.length) open(Math.min(told.at || 0, ITEMS.length - 1));
  else drawCard();
  find("download").addEventListener("click", download);
  find("theme").addEventListener("click", turn);
  find("who").addEventListener("input", (event) => { event.target.classList.remove("needed"); memory.save(); });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    if (event.key === "Enter" && event.target.matches("button")) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.documentElement.dataset.drawn = "yes";
}

start();
