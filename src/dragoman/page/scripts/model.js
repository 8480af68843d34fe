// The data of the page and what of it is in view. Nothing here touches the document.

const DATA = JSON.parse(document.getElementById("data").textContent);
const NODES = JSON.parse(document.getElementById("nodes").textContent);
const EDGES = JSON.parse(document.getElementById("edges").textContent);
const { classes: CLASSES, properties: PROPERTIES, modalities: MODALITIES, measures: MEASURES } = DATA;
const { documents: DOCUMENTS, entities: ENTITIES, claims: CLAIMS } = DATA;
const FIRST_DRAWN = 3000;

const claimsOf = ENTITIES.map(() => []);
CLAIMS.forEach((claim, number) => {
  claimsOf[claim.s].push(number);
  if (claim.o !== claim.s) claimsOf[claim.o].push(number);
  claim.docs = [...new Set(claim.ev.map((piece) => piece[0]))];
  claim.day = claim.date || claim.docs.map((doc) => DOCUMENTS[doc].date).filter(Boolean).sort()[0] || "";
});
const edgeOf = new Map();
EDGES.forEach((edge) => edge.claims.forEach((number) => edgeOf.set(number, edge.id)));
const DAYS = [...new Set(CLAIMS.map((claim) => claim.day).filter(Boolean))].sort();
const MOST_DOCUMENTS = CLAIMS.reduce((most, claim) => Math.max(most, claim.docs.length), 1);

// What the reader has chosen; `readHash` and `writeHash` keep it in the address.
const fresh = () => ({
  noClass: new Set(), noProperty: new Set(), noModality: new Set(), documents: new Set(),
  from: 0, to: Math.max(0, DAYS.length - 1), corroboration: 1, lone: CLAIMS.length === 0,
  measure: 0, node: null, edge: null, focus: null, depth: 1, path: null, theme: "", all: false,
});
let state = fresh();

const byRank = (measure) => ENTITIES.map((_, number) => number).sort((a, b) =>
  ENTITIES[b].m[measure] - ENTITIES[a].m[measure] || ENTITIES[b].m[0] - ENTITIES[a].m[0] || a - b);
const rankings = new Map();
function ranking(measure) {
  if (!rankings.has(measure)) {
    const order = byRank(measure);
    const rank = new Array(order.length);
    order.forEach((number, place) => {
      const before = order[place - 1];
      rank[number] = place && ENTITIES[before].m[measure] === ENTITIES[number].m[measure] ? rank[before] : place + 1;
    });
    rankings.set(measure, { order, rank });
  }
  return rankings.get(measure);
}

const mostCentral = new Set(ranking(0).order.slice(0, FIRST_DRAWN));
const isDrawn = (number) => state.all || ENTITIES.length <= FIRST_DRAWN || mostCentral.has(number);

function claimPasses(claim) {
  if (state.noProperty.has(claim.p) || state.noModality.has(claim.mod)) return false;
  if (state.noClass.has(ENTITIES[claim.s].cls) || state.noClass.has(ENTITIES[claim.o].cls)) return false;
  if (state.documents.size && !claim.docs.some((doc) => state.documents.has(doc))) return false;
  if (claim.docs.length < state.corroboration) return false;
  if (state.from > 0 && (!claim.day || claim.day < DAYS[state.from])) return false;
  return !(state.to < DAYS.length - 1 && (!claim.day || claim.day > DAYS[state.to]));
}

// Which claims, edges and entities are in view under the filters, the focus and the limit of what is drawn.
let view = { claims: new Set(), edges: new Set(), nodes: new Set(), links: new Map() };
function lookAgain() {
  const claims = new Set();
  const edges = new Set();
  CLAIMS.forEach((claim, number) => {
    if (claimPasses(claim) && isDrawn(claim.s) && isDrawn(claim.o)) {
      claims.add(number);
      edges.add(edgeOf.get(number));
    }
  });
  const links = new Map();
  edges.forEach((id) => {
    const edge = EDGES[id];
    [[edge.from, edge.to], [edge.to, edge.from]].forEach(([a, b]) => {
      if (!links.has(a)) links.set(a, new Set());
      links.get(a).add(b);
    });
  });
  let nodes = new Set(links.keys());
  if (state.lone) {
    ENTITIES.forEach((entity, number) => {
      const mentioned = !state.documents.size || entity.docs.some((doc) => state.documents.has(doc));
      if (isDrawn(number) && mentioned && !state.noClass.has(entity.cls)) nodes.add(number);
    });
  }
  const way = state.path ? shortestPath(state.path[0], state.path[1], links) : null;
  if (way) nodes = new Set(way);
  else if (state.focus !== null) nodes = within(state.focus, state.depth, links);
  if (state.node !== null) nodes.add(state.node);
  if (state.edge !== null) [EDGES[state.edge].from, EDGES[state.edge].to].forEach((end) => nodes.add(end));
  edges.forEach((id) => {
    const { from, to } = EDGES[id];
    if (!nodes.has(from) || !nodes.has(to) || (way && Math.abs(way.indexOf(from) - way.indexOf(to)) > 1)) edges.delete(id);
  });
  claims.forEach((number) => { if (!edges.has(edgeOf.get(number))) claims.delete(number); });
  view = { claims, edges, nodes, links, way };
}

function within(start, depth, links) {
  const seen = new Set([start]);
  let rim = [start];
  for (let step = 0; step < depth && rim.length; step += 1) {
    const next = [];
    rim.forEach((at) => (links.get(at) || []).forEach((other) => {
      if (!seen.has(other)) { seen.add(other); next.push(other); }
    }));
    rim = next;
  }
  return seen;
}

function shortestPath(start, end, links) {
  const before = new Map([[start, null]]);
  const queue = [start];
  for (const at of queue) {
    if (at === end) break;
    (links.get(at) || []).forEach((other) => {
      if (!before.has(other)) { before.set(other, at); queue.push(other); }
    });
  }
  if (!before.has(end)) return null;
  const way = [];
  for (let at = end; at !== null; at = before.get(at)) way.unshift(at);
  return way;
}

const neighboursOf = (number) => view.links.get(number) || new Set();
const documentName = (doc) => DOCUMENTS[doc].title || DOCUMENTS[doc].name;
const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || `${one}s`}`;
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
function pluralName(word) {
  if (/[^aeiou]y$/.test(word)) return `${capital(word).slice(0, -1)}ies`;
  return /s$/.test(word) ? capital(word) : `${capital(word)}s`;
}
