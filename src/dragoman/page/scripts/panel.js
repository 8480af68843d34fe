// The panel at the right: the whole at a glance, one entity, or all claims between two.

/** Fills the panel for what is chosen. */
function showPanel() {
  const panel = find("panel");
  const body = find("panel-body");
  if (state.edge !== null) fill(body, ...edgePanel(EDGES[state.edge]));
  else if (state.node !== null) fill(body, ...nodePanel(state.node));
  else fill(body, ...overview());
  panel.classList.toggle("chosen", state.edge !== null || state.node !== null);
  panel.scrollTop = 0;
}

/** An entity that a click opens. */
const entityButton = (number, ...more) => make("button", { class: "entity", type: "button", onclick: () => choose({ node: number }) },
  classMark(ENTITIES[number].cls), said(ENTITIES[number].label), ...more);
const tag = (words, kind = "") => make("span", { class: `tag ${kind}` }, words);
const section = (title, ...content) => make("section", {}, make("h3", {}, title), ...content);

/** Where nothing is chosen: what is in view, in numbers and by rank. */
function overview() {
  const { order } = ranking(state.measure);
  const best = order.filter((number) => view.nodes.has(number)).slice(0, 12);
  const top = Math.max(...best.map((number) => ENTITIES[number].m[state.measure]), 0) || 1;
  const single = [...view.claims].filter((number) => CLAIMS[number].docs.length === 1).length;
  const perDocument = new Map();
  view.claims.forEach((number) => CLAIMS[number].docs.forEach((doc) => perDocument.set(doc, (perDocument.get(doc) || 0) + 1)));
  const either = (one, many) => (count) => (count === 1 ? one : many);
  const tile = (count, name) => make("div", { class: "tile" }, make("b", {}, count.toLocaleString("en")), make("span", {}, name(count)));
  const documents = [...perDocument].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 8);
  const disputed = [...view.claims].filter((number) => CLAIMS[number].against.length).slice(0, 6);
  return [
    make("h2", {}, "In view"),
    make("div", { class: "tiles" }, tile(view.nodes.size, either("entity", "entities")), tile(view.claims.size, either("claim", "claims")),
      tile(perDocument.size, either("document", "documents")), tile(single, either("claim from 1 document", "claims from 1 document"))),
    best.length > 0 && section(`Highest ${measureName(state.measure)}`, make("ol", { class: "ranked" }, best.map((number) => {
      const bar = make("i", { class: "bar", "aria-hidden": "true" });
      bar.style.width = `${Math.round(100 * ENTITIES[number].m[state.measure] / top)}%`;
      bar.style.background = tone(CLASSES[ENTITIES[number].cls].colour);
      return make("li", {}, entityButton(number, make("span", { class: "number" }, measured(ENTITIES[number].m[state.measure]))), bar);
    }))),
    disputed.length > 0 && section("Disputed", make("ul", { class: "plain disputes" }, disputed.map((at) => make("li", {},
      make("button", { class: "entity", type: "button", onclick: () => choose({ edge: edgeOf.get(at) }) }, make("span", {}, sentence(CLAIMS[at]))))))),
    documents.length > 0 && section("Documents with most claims", make("ul", { class: "plain" }, documents.map(([doc, count]) =>
      make("li", {}, make("button", { class: "entity", type: "button", title: "Show only this document", onclick: () => onlyDocument(doc) },
        said(documentName(doc)), make("span", { class: "number" }, String(count))))))),
    make("p", { class: "quiet" }, "Choose an entity or a link to read the sentences behind it. Press ? for help."),
  ];
}

/** A number in the fewest digits that tell it from others. */
const measured = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : value >= 1 ? value.toFixed(2) : value.toPrecision(2).replace(/^0\./, "."));

/** One entity: names, claims by property, measures, documents, identifiers. */
function nodePanel(number) {
  const entity = ENTITIES[number];
  const cls = CLASSES[entity.cls];
  const claims = claimsOf[number].filter(claimInPanel);
  const hidden = claimsOf[number].length - claims.length;
  const groups = new Map();
  claims.forEach((at) => {
    const claim = CLAIMS[at];
    const key = `${claim.p} ${PROPERTIES[claim.p].both ? 0 : claim.s === number ? 1 : 2}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(at);
  });
  const ordered = [...groups].sort(([a], [b]) => parseInt(a, 10) - parseInt(b, 10) || a.localeCompare(b));
  const isFocus = state.focus === number;
  return [
    make("div", { class: "kind" }, classMark(entity.cls), make("span", { title: cls.about }, capital(cls.label))),
    make("h2", { tabindex: "-1", id: "panel-title" }, said(entity.label)),
    entity.names.length > 0 && make("p", { class: "names" }, make("span", { class: "quiet" }, "also "), entity.names.map((name, at) => [at ? " · " : "", said(name)])),
    entity.group >= 0 && make("p", { class: "names" }, make("span", { class: "quiet" }, "in the community "), said(COMMUNITIES[entity.group].id)),
    make("div", { class: "actions" },
      make("button", { type: "button", class: isFocus ? "on" : "", onclick: () => (isFocus ? unfocus() : focusOn(number, state.depth)) }, isFocus ? "Leave focus" : "Focus"),
      isFocus && depthPicker(),
      make("button", { type: "button", class: pathFrom === number ? "on" : "", onclick: () => startPath(number) }, pathFrom === number ? "Choose the other end…" : "Path to…")),
    ordered.length > 0 && section(plural(claims.length, "claim"), ordered.map(([key, group]) => {
      const [p, way] = key.split(" ").map(Number);
      const property = PROPERTIES[p];
      return make("div", { class: "group" },
        make("h4", { title: property.about }, lineMark(tone(property.colour), "solid"),
          way === 2 ? make("span", {}, make("span", { class: "quiet" }, "… "), property.label, make("span", { class: "quiet" }, " this")) : property.label,
          make("span", { class: "number" }, String(group.length))),
        make("ul", { class: "claims" }, group.map((at) => claimRow(at, number))));
    })),
    ordered.length === 0 && make("p", { class: "quiet" }, claimsOf[number].length ? "The filters leave none of its claims in view." : "No document states a claim about it."),
    hidden > 0 && make("p", { class: "quiet" }, `${plural(hidden, "more claim")} outside the filters. `, make("button", { type: "button", class: "link", onclick: clearFilters }, "Clear filters")),
    section("Measures", make("table", { class: "measures" }, make("tbody", {}, MEASURES.map((_, measure) => make("tr", {},
      make("th", { scope: "row" }, capital(measureName(measure))), make("td", {}, measured(entity.m[measure])),
      make("td", { class: "quiet" }, `rank ${ranking(measure).rank[number].toLocaleString("en")} of ${ENTITIES.length.toLocaleString("en")}`)))))),
    entity.docs.length > 0 && section(`Mentioned in ${plural(entity.docs.length, "document")}`, documentList(entity.docs)),
    section("Identifiers", make("dl", { class: "ids" },
      make("dt", {}, "id"), make("dd", {}, make("code", {}, entity.id)),
      entity.code && [make("dt", {}, "ISO code"), make("dd", {}, said(entity.code))],
      entity.same.map((iri) => [make("dt", {}, "same as"), make("dd", {}, outLink(iri))]))),
  ];
}

/** The panel keeps to the filters, but a focus or path does not hide an entity's own claims. */
const claimInPanel = (number) => claimPasses(CLAIMS[number]);

/** Documents, the first few; a click shows that document only. */
function documentList(docs) {
  const rows = docs.map((doc) => make("li", {}, make("button", { class: "entity", type: "button", title: "Show only this document", onclick: () => onlyDocument(doc) },
    said(documentName(doc)), DOCUMENTS[doc].date && make("span", { class: "number" }, DOCUMENTS[doc].date))));
  if (rows.length <= 8) return make("ul", { class: "plain" }, rows);
  const list = make("ul", { class: "plain" }, rows.slice(0, 6));
  const more = make("button", { type: "button", class: "link", onclick: () => { list.append(...rows.slice(6)); more.remove(); } }, `${rows.length - 6} more`);
  return make("div", {}, list, more);
}

/** An outside page opens only when its link is followed, and only over http(s). */
const outLink = (iri) => (/^https?:\/\/[^\s]+$/.test(iri)
  ? make("a", { href: iri, rel: "noopener noreferrer", target: "_blank" }, said(iri.replace(/^https?:\/\/(www\.)?/, "")))
  : said(iri));

/** How many steps from the focus are shown. */
function depthPicker() {
  const options = [...[1, 2, 3, 4, 5].map((depth) => [depth, plural(depth, "step")]), [ALL_STEPS, "all"]];
  return make("select", { "aria-label": "How far from it", onchange: (event) => focusOn(state.focus, Number(event.target.value)) },
    options.map(([depth, name]) => make("option", { value: depth, selected: state.depth === depth }, name)));
}
