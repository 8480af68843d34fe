// The sidebar: size, classes as a legend, properties by family, modality, dates, documents. Each change looks again.

const FILTERS = ["noClass", "noProperty", "noModality", "noCommunity", "documents"];

/** Fills the sidebar once. */
function buildFilters() {
  fill(find("size"), MEASURES.map((_, at) => make("option", { value: at }, capital(measureName(at)))));
  find("size").addEventListener("change", (event) => change(() => { state.measure = Number(event.target.value); }));
  buildLegend();
  ["all", "none"].forEach((which) => find(`properties-${which}`).addEventListener("click", () => change(() => {
    state.noProperty = new Set(which === "all" ? [] : PROPERTIES.keys());
  })));
  buildDates();
  buildAgreement();
  buildDocuments();
  [["communities", COMMUNITIES], ["modalities", CLAIMS], ["properties", CLAIMS], ["documents", DOCUMENTS]].forEach(([id, list]) => { find(id).closest("section").hidden = !list.length; });
  find("lone").addEventListener("change", (event) => change(() => { state.lone = event.target.checked; }));
  find("clear").addEventListener("click", clearFilters);
}

/** How many documents state a claim, and whether others contradict it; hidden where there is nothing to choose. */
function buildAgreement() {
  const disputes = CLAIMS.some((claim) => claim.against.length);
  find("corroborated").hidden = MOST_DOCUMENTS < 2 && !disputes;
  find("corroboration").hidden = MOST_DOCUMENTS < 2;
  find("corroboration-now").hidden = MOST_DOCUMENTS < 2;
  find("disputed").closest("label").hidden = !disputes;
  find("corroboration").max = MOST_DOCUMENTS;
  find("corroboration").addEventListener("input", (event) => change(() => { state.corroboration = Number(event.target.value); }));
  find("disputed").addEventListener("change", (event) => change(() => { state.disputed = event.target.checked; }));
}

/** Everything that shows colours: built anew when the theme changes. */
function buildLegend() {
  buildClasses();
  buildProperties();
  const members = counted(ENTITIES.map((entity) => entity.group));
  fill(find("communities"), COMMUNITIES.map(({ id }, at) => checkRow("noCommunity", at, null, said(id), members.get(at) || 0)));
  const counts = counted(CLAIMS.map((claim) => claim.mod));
  fill(find("modalities"), MODALITIES.map((modality, at) => counts.has(at) && checkRow(
    "noModality", at, lineMark(modality.style === "negated" ? tone(DENIED) : "currentColor", modality.style), capital(modality.id), counts.get(at))));
  fill(find("key"), MODALITIES.map(({ id, style }) => make("li", {}, lineMark(style === "negated" ? tone(DENIED) : "currentColor", style), `${id}: ${MEANINGS[id]}`)));
}

/** What the styles of lines mean, in the help: what happened, what is to come, what was denied. */
const MEANINGS = {
  asserted: "it happened or holds", planned: "it is to happen", requested: "someone asks for it",
  possible: "it may happen or hold", negated: "it did not happen or does not hold",
};

/** How often each value occurs. */
function counted(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) || 0) + 1));
  return counts;
}

/** A box that takes the number `at` out of one of the state's sets, or puts it in. */
function checkRow(set, at, mark, label, count, about) {
  const box = make("input", { type: "checkbox", "data-set": set, "data-at": at, onchange: (event) => change(() => {
    if (event.target.checked) state[set].delete(at); else state[set].add(at);
  }) });
  return make("label", { class: "row", title: about || null }, box, mark, make("span", { class: "name" }, label), make("span", { class: "number" }, count.toLocaleString("en")));
}

/** A heading with a box that turns its whole group on and off. */
function group(set, members, title, rows, count) {
  const box = make("input", { type: "checkbox", "data-group": members.join(" "), "data-set": set, "aria-label": title ? `All ${title}` : "The whole family", onchange: (event) => change(() => {
    members.forEach((at) => (event.target.checked ? state[set].delete(at) : state[set].add(at)));
  }) });
  return make("fieldset", { class: "group" }, title
    ? make("legend", {}, make("label", { class: "row head" }, box, make("span", { class: "name" }, title), make("span", { class: "number" }, count.toLocaleString("en"))))
    : null, rows);
}

/** Classes below the one at the top of each, in the order of the ontology. */
function buildClasses() {
  const counts = counted(ENTITIES.map((entity) => entity.cls));
  const tops = new Map();
  CLASSES.forEach((cls, at) => {
    const name = cls.top ? pluralName(cls.top) : "Other";
    if (!tops.has(name)) tops.set(name, []);
    tops.get(name).push(at);
  });
  fill(find("classes"), [...tops].map(([name, members]) => group("noClass", members, name,
    members.map((at) => checkRow("noClass", at, classMark(at), capital(CLASSES[at].label), counts.get(at) || 0, CLASSES[at].about)),
    members.reduce((sum, at) => sum + (counts.get(at) || 0), 0))));
}

/** Properties by family. */
function buildProperties() {
  const counts = counted(CLAIMS.map((claim) => claim.p));
  const families = new Map();
  PROPERTIES.forEach((property, at) => {
    if (!families.has(property.family)) families.set(property.family, []);
    families.get(property.family).push(at);
  });
  fill(find("properties"), [...families].map(([, members]) => group("noProperty", members, "", members.map((at) =>
    checkRow("noProperty", at, lineMark(tone(PROPERTIES[at].colour), "solid"), PROPERTIES[at].label, counts.get(at) || 0, PROPERTIES[at].about)))));
}

/** Documents, the latest first, those chosen on top; where there are many, with a search. */
function buildDocuments() {
  const counts = counted(CLAIMS.flatMap((claim) => claim.docs));
  const order = DOCUMENTS.map((_, at) => at).sort((a, b) => (DOCUMENTS[b].date || "").localeCompare(DOCUMENTS[a].date || "") || a - b);
  const list = () => {
    const wanted = folded(find("document-search").value);
    const hits = order.filter((at) => !wanted || folded(`${DOCUMENTS[at].title} ${DOCUMENTS[at].name} ${DOCUMENTS[at].date}`).includes(wanted));
    hits.sort((a, b) => state.documents.has(b) - state.documents.has(a));
    fill(find("documents"), hits.slice(0, 60).map((at) => make("label", { class: "row document" },
      make("input", { type: "checkbox", checked: state.documents.has(at), "data-document": at, onchange: (event) => change(() => {
        if (event.target.checked) state.documents.add(at); else state.documents.delete(at);
      }) }),
      make("span", { class: "name" }, said(documentName(at)), DOCUMENTS[at].date && make("small", {}, DOCUMENTS[at].date)),
      make("span", { class: "number" }, (counts.get(at) || 0).toLocaleString("en")))),
    hits.length > 60 && make("p", { class: "quiet" }, `${(hits.length - 60).toLocaleString("en")} more: search to find them`));
  };
  find("document-search").hidden = DOCUMENTS.length < 9;
  find("document-search").addEventListener("input", list);
  buildDocuments.list = list;
  list();
}

/** Boxes and sliders as the state has them. */
function showFilters() {
  find("size").value = state.measure;
  document.querySelectorAll("#filters input[data-at]").forEach((box) => { box.checked = !state[box.dataset.set].has(Number(box.dataset.at)); });
  document.querySelectorAll("#filters input[data-group]").forEach((box) => {
    const off = box.dataset.group.split(" ").filter((at) => state[box.dataset.set].has(Number(at))).length;
    box.checked = off === 0;
    box.indeterminate = off > 0 && off < box.dataset.group.split(" ").length;
  });
  document.querySelectorAll("#documents input").forEach((box) => { box.checked = state.documents.has(Number(box.dataset.document)); });
  showDates();
  find("corroboration").value = state.corroboration;
  find("corroboration-now").textContent = state.corroboration === 1 ? "in any number of documents" : `in ${state.corroboration} documents or more`;
  find("disputed").checked = state.disputed;
  find("lone").checked = state.lone;
  find("clear").hidden = !filtersAreOn();
  find("filter-dot").hidden = !filtersAreOn();
}

/** Whether any filter leaves something out. */
const filtersAreOn = () => FILTERS.some((name) => state[name].size) || state.from > 0 || state.to < DAYS.length - 1
  || state.corroboration > 1 || state.disputed;

/** Takes all filters off and leaves the rest of the state. */
function clearFilters() {
  change(() => {
    const { noClass, noProperty, noModality, noCommunity, documents, from, to, corroboration, disputed } = fresh();
    Object.assign(state, { noClass, noProperty, noModality, noCommunity, documents, from, to, corroboration, disputed });
  });
  buildDocuments.list();
}

/** Leaves the claims of one document. */
function onlyDocument(doc) {
  change(() => { state.documents = new Set([doc]); state.node = null; state.edge = null; });
  buildDocuments.list();
  announce(`Only claims of ${documentName(doc)}`);
  fitView();
}
