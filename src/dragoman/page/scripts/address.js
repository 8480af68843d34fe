// The view in the fragment of the address, so that it can be bookmarked and sent; and the steps back and forward.

/** The place in a list of the item whose `key` is `value`, or -1. */
const numberOf = (list, key, value) => list.findIndex((item) => item[key] === value);
const entityNumber = (id) => numberOf(ENTITIES, "id", id);

/** The state as the fragment of an address, without #. */
function hashOf() {
  const parts = new URLSearchParams();
  const put = (name, value) => { if (value) parts.set(name, value); };
  const ids = (set, list, key = "id") => [...set].sort((a, b) => a - b).map((at) => list[at][key]);
  if (state.node !== null) put("entity", ENTITIES[state.node].id);
  if (state.edge !== null) put("claim", CLAIMS[EDGES[state.edge].claims[0]].id);
  if (state.focus !== null) put("focus", `${ENTITIES[state.focus].id}~${state.depth}`);
  if (state.path) put("path", state.path.map((end) => ENTITIES[end].id).join("~"));
  put("hide", ids(state.noClass, CLASSES).join(" "));
  put("without", ids(state.noProperty, PROPERTIES).join(" "));
  put("not", ids(state.noModality, MODALITIES).join(" "));
  ids(state.noCommunity, COMMUNITIES).forEach((name) => parts.append("apart", name));
  ids(state.documents, DOCUMENTS, "name").forEach((name) => parts.append("document", name));
  if (state.from > 0) put("from", DAYS[state.from]);
  if (state.to < DAYS.length - 1) put("to", DAYS[state.to]);
  if (state.corroboration > 1) put("documents", String(state.corroboration));
  if (state.measure) put("size", MEASURES[state.measure]);
  if (state.lone !== fresh().lone) put("lone", state.lone ? "1" : "0");
  if (state.disputed) put("disputed", "1");
  if (state.drawn !== FIRST_DRAWN) put("drawn", String(state.drawn));
  put("theme", state.theme);
  if (network) {
    const { x, y } = network.getViewPosition();
    put("at", `${Math.round(x)},${Math.round(y)},${Number(network.getScale().toPrecision(3))}`);
  }
  return parts.toString();
}

let written = "";
let step = 0;
let lastStep = 0;

/** Writes the view into the address; a step can be taken back, other changes go with the step before them. */
function writeHash(isStep) {
  written = hashOf();
  const address = `#${written}`;
  if (isStep) {
    step += 1;
    lastStep = step;
    history.pushState({ step }, "", address);
  } else history.replaceState({ step }, "", address);
  showSteps();
}

/** Buttons that lead nowhere are dimmed. */
function showSteps() {
  find("back").disabled = step === 0;
  find("forward").disabled = step === lastStep;
}

/** One step back or forward among those taken on this page; never to another page. */
function takeStep(way) {
  if (way < 0 ? step > 0 : step < lastStep) history.go(way);
}

/**
 * Makes the address the state; what it names and the graph lacks is left out.
 * @returns {{x: number, y: number, scale: number}|null} where the address says that the drawing stands
 */
function readHash() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const next = fresh();
  const known = (number) => (number >= 0 ? number : null);
  const several = (name, list) => new Set((parts.get(name) || "").split(" ").map((id) => numberOf(list, "id", id)).filter((at) => at >= 0));
  next.node = known(entityNumber(parts.get("entity")));
  const claim = numberOf(CLAIMS, "id", parts.get("claim"));
  if (claim >= 0) { next.edge = edgeOf.get(claim); next.node = null; }
  const [focus, depth] = (parts.get("focus") || "").split("~");
  next.focus = known(entityNumber(focus));
  next.depth = [1, 2, 3, 4, 5, ALL_STEPS].includes(Number(depth)) ? Number(depth) : 1;
  const ends = (parts.get("path") || "").split("~").map(entityNumber);
  if (ends.length === 2 && ends.every((end) => end >= 0)) next.path = ends;
  next.noClass = several("hide", CLASSES);
  next.noProperty = several("without", PROPERTIES);
  next.noModality = several("not", MODALITIES);
  next.noCommunity = new Set(parts.getAll("apart").map((name) => numberOf(COMMUNITIES, "id", name)).filter((at) => at >= 0));
  next.documents = new Set(parts.getAll("document").map((name) => numberOf(DOCUMENTS, "name", name)).filter((at) => at >= 0));
  const day = (name, otherwise) => (DAYS.includes(parts.get(name)) ? DAYS.indexOf(parts.get(name)) : otherwise);
  next.from = day("from", next.from);
  next.to = day("to", next.to);
  next.corroboration = Math.min(MOST_DOCUMENTS, Math.max(1, Math.round(Number(parts.get("documents"))) || 1));
  next.measure = Math.max(0, MEASURES.indexOf(parts.get("size")));
  if (parts.has("lone")) next.lone = parts.get("lone") === "1";
  next.disputed = parts.get("disputed") === "1";
  next.drawn = Math.max(FIRST_DRAWN, Math.round(Number(parts.get("drawn"))) || 0);
  next.theme = ["dark", "light"].includes(parts.get("theme")) ? parts.get("theme") : "";
  if (next.to < next.from) [next.from, next.to] = [next.to, next.from];
  state = next;
  const at = (parts.get("at") || "").split(",").map(Number);
  return at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], scale: at[2] } : null;
}

