// Claims as text: a row below an entity, a card with everything that is known, the words that they were read from.

/** A claim in the list of the entity `number`: the other end, tags, and the quotes folded up. */
function claimRow(at, number) {
  const claim = CLAIMS[at];
  const other = claim.s === number ? claim.o : claim.s;
  return make("li", { class: `claim ${MODALITIES[claim.mod].style}` },
    entityButton(other),
    claim.by >= 0 && make("p", { class: "by" }, make("span", { class: "quiet" }, "according to "), said(ENTITIES[claim.by].label)),
    make("div", { class: "tags" }, claimTags(claim),
      make("button", { type: "button", class: "link", "aria-label": `Show the link with ${ENTITIES[other].label}`, onclick: () => choose({ edge: edgeOf.get(at) }) }, "show link")),
    make("details", {}, make("summary", {}, claim.quotes === 1 ? "Quote" : `${claim.quotes} quotes`), quotes(claim)));
}

/** What a reader has to know before believing: modality, date, how many documents, whether another contradicts. */
function claimTags(claim) {
  const modality = MODALITIES[claim.mod];
  return [
    modality.id !== "asserted" && tag(modality.id, modality.style),
    claim.date && tag(claim.date),
    claim.docs.length === 1 ? tag("1 document", "single") : tag(`${claim.docs.length} documents`, "many"),
    claim.repeats > 0 && tag(claim.sources === 1 ? "one source" : `${claim.sources} sources`, "single"),
    claim.against.length > 0 && tag("disputed", "disputed"),
  ].filter(Boolean);
}

/** Everything between the two ends of an edge, whichever way. */
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

/** A claim in words, as plain text. */
function sentence(claim) {
  const negated = MODALITIES[claim.mod].style === "negated";
  return [said(ENTITIES[claim.s].label), " ", negated && make("em", { class: "not" }, "not "), make("em", {}, PROPERTIES[claim.p].label), " ", said(ENTITIES[claim.o].label)];
}

/** A claim with all that is known of it. */
function claimCard(at) {
  const claim = CLAIMS[at];
  const modality = MODALITIES[claim.mod];
  const card = make("article", { class: `card ${modality.style}` },
    make("h4", { title: PROPERTIES[claim.p].about }, sentence(claim)),
    make("div", { class: "tags" }, modality.id === "asserted" && tag("asserted"), claimTags(claim)),
    quotes(claim),
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

/** The quotes of a claim that the page holds, and how many more there are. */
const quotes = (claim) => [
  ...claim.ev.map(quoteBlock),
  claim.quotes > claim.ev.length && make("p", { class: "quiet" }, `${plural(claim.quotes - claim.ev.length, "quote")} more, which this page leaves out: `, make("code", {}, `dragoman explain OUT ${claim.id}`)),
];

/** Characters that a build keeps before and after a quote; words that are cut there are left out. */
const CONTEXT = 60;
const before = (words) => (words.length < CONTEXT ? words : words.replace(/^\S+\s+(?=\S)/, "")).trimStart();
const after = (words) => (words.length < CONTEXT ? words : words.replace(/\s+\S+$/, "")).trimEnd();

/** The words that state a claim, marked within what stands around them, and the document. */
function quoteBlock([doc, prefix, exact, suffix, where]) {
  const { title, name, date, author } = DOCUMENTS[doc];
  return make("figure", {},
    make("blockquote", {}, make("bdi", { class: "said" }, prefix.trim() && `…${before(prefix)}`, make("mark", {}, exact), suffix.trim() && `${after(suffix)}${/[.!?]$/.test(after(suffix)) ? "" : "…"}`)),
    make("figcaption", {}, title && make("span", { class: "title" }, said(title)), make("span", {}, make("code", {}, name), where && ` · ${where}`, date && ` · ${date}`, author && [" · ", said(author)])));
}

