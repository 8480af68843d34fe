// The panel at the right: the whole at a glance, one entity, or all claims between two.

function showPanel() {
  const panel = find("panel");
  const body = find("panel-body");
  if (state.edge !== null) fill(body, ...edgePanel(EDGES[state.edge]));
  else if (state.node !== null) fill(body, ...nodePanel(state.node));
  else fill(body, ...overview());
  panel.classList.toggle("chosen", state.edge !== null || state.node !== null);
  panel.scrollTop = 0;
}

const entityButton = (number, ...more) => make("button", { class: "entity", type: "button", onclick: () => choose({ node: number }) },
  classMark(ENTITIES[number].cls), said(ENTITIES[number].label), ...more);
const tag = (words, kind = "") => make("span", { class: `tag ${kind}` }, words);
const section = (title, ...content) => make("section", {}, make("h3", {}, title), ...content);

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
    documents.length > 0 && section("Documents with most claims", make("ul", { class: "plain" }, documents.map(([doc, count]) =>
      make("li", {}, make("button", { class: "entity", type: "button", title: "Show only this document", onclick: () => onlyDocument(doc) },
        said(documentName(doc)), make("span", { class: "number" }, String(count))))))),
    make("p", { class: "quiet" }, "Choose an entity or a link to read the sentences behind it. Press ? for help."),
  ];
}

const measureName = (measure) => MEASURES[measure].replace(/_/g, " ");
const measured = (value) => (Number.isInteger(value) ? value.toLocaleString("en") : value >= 1 ? value.toFixed(2) : value.toPrecision(2).replace(/^0\./, "."));

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

// The panel keeps to the filters, but a focus or path does not hide an entity's own claims.
const claimInPanel = (number) => claimPasses(CLAIMS[number]);

function documentList(docs) {
  const rows = docs.map((doc) => make("li", {}, make("button", { class: "entity", type: "button", title: "Show only this document", onclick: () => onlyDocument(doc) },
    said(documentName(doc)), DOCUMENTS[doc].date && make("span", { class: "number" }, DOCUMENTS[doc].date))));
  if (rows.length <= 8) return make("ul", { class: "plain" }, rows);
  const list = make("ul", { class: "plain" }, rows.slice(0, 6));
  const more = make("button", { type: "button", class: "link", onclick: () => { list.append(...rows.slice(6)); more.remove(); } }, `${rows.length - 6} more`);
  return make("div", {}, list, more);
}

// An outside page opens only when its link is followed, and only over http(s).
const outLink = (iri) => (/^https?:\/\/[^\s]+$/.test(iri)
  ? make("a", { href: iri, rel: "noopener noreferrer", target: "_blank" }, said(iri.replace(/^https?:\/\/(www\.)?/, "")))
  : said(iri));

function claimRow(at, number) {
  const claim = CLAIMS[at];
  const other = claim.s === number ? claim.o : claim.s;
  return make("li", { class: `claim ${MODALITIES[claim.mod].style}` },
    entityButton(other),
    make("div", { class: "tags" }, claimTags(claim),
      make("button", { type: "button", class: "link", "aria-label": `Show the link with ${ENTITIES[other].label}`, onclick: () => choose({ edge: edgeOf.get(at) }) }, "show link")),
    make("details", {}, make("summary", {}, claim.ev.length === 1 ? "Quote" : `${claim.ev.length} quotes`), claim.ev.map(quoteBlock)));
}

function claimTags(claim) {
  const modality = MODALITIES[claim.mod];
  return [
    modality.id !== "asserted" && tag(modality.id, modality.style),
    claim.date && tag(claim.date),
    claim.docs.length === 1 ? tag("1 document", "single") : tag(`${claim.docs.length} documents`, "many"),
    claim.against.length > 0 && tag("disputed", "disputed"),
  ].filter(Boolean);
}

function edgePanel(edge) {
  const between = (other) => (other.from === edge.from && other.to === edge.to) || (other.from === edge.to && other.to === edge.from);
  const edges = [edge, ...EDGES.filter((other) => other !== edge && between(other))];
  const claims = edges.flatMap((other) => other.claims).filter(claimInPanel);
  const shown = claims.length ? claims : edge.claims;
  return [
    make("div", { class: "kind" }, lineMark(tone(edge.color), MODALITIES[CLAIMS[edge.claims[0]].mod].style), make("span", {}, plural(shown.length, "claim"), " between")),
    make("h2", { tabindex: "-1", id: "panel-title", class: "pair" }, entityButton(edge.from), make("span", { class: "quiet" }, "and"), entityButton(edge.to)),
    ...shown.map(claimCard),
  ];
}

function sentence(claim) {
  const negated = MODALITIES[claim.mod].style === "negated";
  return [said(ENTITIES[claim.s].label), " ", negated && make("em", { class: "not" }, "not "), make("em", {}, PROPERTIES[claim.p].label), " ", said(ENTITIES[claim.o].label)];
}

function claimCard(at) {
  const claim = CLAIMS[at];
  const modality = MODALITIES[claim.mod];
  const card = make("article", { class: `card ${modality.style}` },
    make("h4", { title: PROPERTIES[claim.p].about }, sentence(claim)),
    make("div", { class: "tags" }, modality.id === "asserted" && tag("asserted"), claimTags(claim)),
    claim.ev.map(quoteBlock),
    make("dl", { class: "facts" },
      claim.by >= 0 && [make("dt", {}, "said by"), make("dd", {}, entityButton(claim.by))],
      make("dt", {}, "confidence"), make("dd", {}, claim.conf.toFixed(2)),
      make("dt", {}, "read by"), make("dd", {}, make("code", {}, claim.rule))),
    claim.against.length > 0 && make("div", { class: "against" }, make("span", { class: "quiet" }, "Contradicted by"), claim.against.map((other) =>
      make("button", { type: "button", class: "link", onclick: () => choose({ edge: edgeOf.get(other) }) },
        sentence(CLAIMS[other]), ` (${MODALITIES[CLAIMS[other].mod].id}, ${plural(CLAIMS[other].docs.length, "document")})`))));
  card.style.setProperty("--line-of", tone(modality.style === "negated" ? DENIED : PROPERTIES[claim.p].colour));
  return card;
}

function quoteBlock([doc, prefix, exact, suffix]) {
  const { title, name, date, author } = DOCUMENTS[doc];
  return make("figure", {},
    make("blockquote", {}, make("bdi", { class: "said" }, prefix && `…${prefix.trimStart()}`, make("mark", {}, exact), suffix.trimEnd() && `${suffix.trimEnd()}${/[.!?]$/.test(suffix.trimEnd()) ? "" : "…"}`)),
    make("figcaption", {}, title && make("span", { class: "title" }, said(title)), make("span", {}, make("code", {}, name), date && ` · ${date}`, author && [" · ", said(author)])));
}

function depthPicker() {
  const options = [[1, "1 step"], [2, "2 steps"], [99, "all"]];
  const select = make("select", { "aria-label": "How far from it", onchange: (event) => focusOn(state.focus, Number(event.target.value)) },
    options.map(([depth, name]) => make("option", { value: depth, selected: state.depth === depth }, name)));
  return select;
}
