// Search with completion over every name of every entity.

/** Without accents and capitals. */
const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const INDEX = ENTITIES.map((entity) => [entity.label, ...entity.names].map((name) => [folded(name), name]));

/**
 * Entities one of whose names holds every word, the best first: at its start, at the start of a word, elsewhere.
 * @param {string} words
 * @returns {{number: number, score: number, written: string}[]} `written` is the name found where it is not the label
 */
function matches(words) {
  const wanted = folded(words).trim().split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  const found = [];
  INDEX.forEach((names, number) => {
    let best = null;
    names.forEach(([name, written], place) => {
      const spots = wanted.map((word) => name.indexOf(word));
      if (spots.some((at) => at < 0)) return;
      const worst = Math.max(...spots.map((at) => (at === 0 || /[\s"'(«“-]/.test(name[at - 1]) ? 1 : 3)));
      const score = worst - (spots[0] === 0 ? 1 : 0) + (place ? 0.5 : 0) - (name === wanted.join(" ") ? 1 : 0);
      if (!best || score < best.score) best = { number, score, written: place ? written : "" };
    });
    if (best) found.push(best);
  });
  const { rank } = ranking(0);
  return found.sort((a, b) => a.score - b.score || rank[a.number] - rank[b.number]).slice(0, 12);
}

let elsewhere = null;
/**
 * Entities that the page knows by name alone, those that most claims tell of first.
 * @param {string} words
 * @param {number} most
 */
function matchesElsewhere(words, most) {
  const wanted = folded(words).trim().split(/\s+/).filter(Boolean);
  if (!wanted.length || most <= 0) return [];
  elsewhere = elsewhere || OTHERS.map(({ names }) => names.map(folded));
  const found = OTHERS.filter((_, at) => elsewhere[at].some((name) => wanted.every((word) => name.includes(word))));
  return found.sort((a, b) => b.claims - a.claims).slice(0, most);
}

/** An entity that is not on this page, and how to ask for it. */
const optionElsewhere = ({ id, claims, names, cls }) => make("li", { role: "option", "aria-disabled": "true", class: "elsewhere" },
  make("span", { class: "name" }, said(names[0]), make("small", {}, `${plural(claims, "claim")}, not on this page: `, make("code", {}, `dragoman ask OUT about --entity ${id}`))),
  make("span", { class: "quiet" }, cls));

let active = -1;
/** A combobox as WAI-ARIA has it: arrows go through the list, Enter takes, Escape clears. */
function buildSearch() {
  const box = find("search");
  const list = find("results");
  const close = () => { list.hidden = true; active = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const take = (number) => { box.value = ""; close(); box.blur(); choose({ node: number }); };
  const light = () => [...list.children].forEach((option, at) => {
    option.setAttribute("aria-selected", String(at === active));
    if (at === active) { box.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  });
  box.addEventListener("input", () => {
    const found = matches(box.value);
    active = found.length ? 0 : -1;
    fill(list, found.map(({ number, written }, at) => make("li", { role: "option", id: `result-${at}`, "data-entity": number, onmousedown: (event) => { event.preventDefault(); take(number); } },
      classMark(ENTITIES[number].cls),
      make("span", { class: "name" }, said(ENTITIES[number].label), written && make("small", {}, said(written))),
      make("span", { class: "quiet" }, CLASSES[ENTITIES[number].cls].label))));
    const others = matchesElsewhere(box.value, 12 - found.length);
    list.append(...others.map(optionElsewhere));
    if (!found.length && !others.length && box.value.trim()) fill(list, make("li", { class: "none", role: "option", "aria-disabled": "true" }, "No entity has such a name"));
    list.hidden = !box.value.trim();
    box.setAttribute("aria-expanded", String(!list.hidden));
    light();
  });
  box.addEventListener("keydown", (event) => {
    const options = list.querySelectorAll("[data-entity]");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      active = (active + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      light();
    } else if (event.key === "Enter" && active >= 0) take(Number(options[active].dataset.entity));
    else if (event.key === "Escape") { if (box.value) { box.value = ""; close(); } else box.blur(); event.stopPropagation(); } else return;
    event.preventDefault();
  });
  box.addEventListener("blur", close);
}
