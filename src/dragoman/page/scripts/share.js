// What can be taken along: the view in the address, a picture, a table.

const numberOf = (list, key, value) => list.findIndex((item) => item[key] === value);
const entityNumber = (id) => numberOf(ENTITIES, "id", id);

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
  ids(state.documents, DOCUMENTS, "name").forEach((name) => parts.append("document", name));
  if (state.from > 0) put("from", DAYS[state.from]);
  if (state.to < DAYS.length - 1) put("to", DAYS[state.to]);
  if (state.corroboration > 1) put("documents", String(state.corroboration));
  if (state.measure) put("size", MEASURES[state.measure]);
  if (state.lone !== fresh().lone) put("lone", state.lone ? "1" : "0");
  if (state.all) put("all", "1");
  put("theme", state.theme);
  if (network) {
    const { x, y } = network.getViewPosition();
    put("at", `${Math.round(x)},${Math.round(y)},${Number(network.getScale().toPrecision(3))}`);
  }
  return parts.toString();
}

let written = "";
function writeHash(isStep) {
  written = hashOf();
  const address = `#${written}`;
  if (isStep) history.pushState(null, "", address); else history.replaceState(null, "", address);
}

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
  next.depth = [1, 2, 99].includes(Number(depth)) ? Number(depth) : 1;
  const ends = (parts.get("path") || "").split("~").map(entityNumber);
  if (ends.length === 2 && ends.every((end) => end >= 0)) next.path = ends;
  next.noClass = several("hide", CLASSES);
  next.noProperty = several("without", PROPERTIES);
  next.noModality = several("not", MODALITIES);
  next.documents = new Set(parts.getAll("document").map((name) => numberOf(DOCUMENTS, "name", name)).filter((at) => at >= 0));
  const day = (name, otherwise) => (DAYS.includes(parts.get(name)) ? DAYS.indexOf(parts.get(name)) : otherwise);
  next.from = day("from", next.from);
  next.to = day("to", next.to);
  next.corroboration = Math.min(MOST_DOCUMENTS, Math.max(1, Math.round(Number(parts.get("documents"))) || 1));
  next.measure = Math.max(0, MEASURES.indexOf(parts.get("size")));
  if (parts.has("lone")) next.lone = parts.get("lone") === "1";
  next.all = parts.get("all") === "1";
  next.theme = ["dark", "light"].includes(parts.get("theme")) ? parts.get("theme") : "";
  state = next;
  const at = (parts.get("at") || "").split(",").map(Number);
  return at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], scale: at[2] } : null;
}

function save(name, blob) {
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const fileName = () => document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60).toLowerCase() || "graph";

function picture() {
  const drawn = find("canvas").querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = GROUND[themeName()];
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  return copy;
}

function savePicture() {
  picture().toBlob((blob) => { save(`${fileName()}.png`, blob); announce("Picture saved"); });
}

// One line a quote. A cell that a spreadsheet would take for a formula gets an apostrophe before it.
function table() {
  const rows = [["claim", "subject", "property", "object", "modality", "date", "said by", "confidence", "documents", "document", "document date", "quote", "subject id", "object id"]];
  [...view.claims].sort((a, b) => a - b).forEach((at) => {
    const claim = CLAIMS[at];
    const [subject, object] = [ENTITIES[claim.s], ENTITIES[claim.o]];
    claim.ev.forEach(([doc, , exact]) => rows.push([claim.id, subject.label, PROPERTIES[claim.p].label, object.label, MODALITIES[claim.mod].id, claim.date,
      claim.by >= 0 ? ENTITIES[claim.by].label : "", claim.conf, claim.docs.length, DOCUMENTS[doc].name, DOCUMENTS[doc].date, exact, subject.id, object.id]));
  });
  const cell = (value) => {
    const words = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function saveTable() {
  save(`${fileName()}.csv`, new Blob([table()], { type: "text/csv;charset=utf-8" }));
  announce(`${plural(view.claims.size, "claim")} saved`);
}
