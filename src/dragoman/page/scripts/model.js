// The data of the page, and what the reader has chosen. Nothing here touches the document.

const DATA = JSON.parse(document.getElementById("data").textContent);
const NODES = JSON.parse(document.getElementById("nodes").textContent);
const EDGES = JSON.parse(document.getElementById("edges").textContent);
const { classes: CLASSES, properties: PROPERTIES, modalities: MODALITIES, measures: MEASURES } = DATA;
const { communities: COMMUNITIES, documents: DOCUMENTS, entities: ENTITIES, claims: CLAIMS } = DATA;

/** Entities that are drawn at first, and by which more are drawn on demand. */
const FIRST_DRAWN = 3000;
/** Steps from the focus that stand for any number of steps. */
const ALL_STEPS = 99;

const claimsOf = ENTITIES.map(() => []);
CLAIMS.forEach((claim, number) => {
  claimsOf[claim.s].push(number);
  if (claim.o !== claim.s) claimsOf[claim.o].push(number);
  claim.sources = claim.docs.length - claim.repeats;
  claim.day = claim.date || claim.docs.map((doc) => DOCUMENTS[doc].date).filter(Boolean).sort()[0] || "";
});
/** Entities of the graph that this page, which holds a part of it, knows by name alone. */
const OTHERS = DATA.others.flatMap(({ label, entities }) => entities.map(([id, claims, ...names]) => ({ id, claims, names, cls: label })));
const edgeOf = new Map();
EDGES.forEach((edge) => edge.claims.forEach((number) => edgeOf.set(number, edge.id)));
const DAYS = [...new Set(CLAIMS.map((claim) => claim.day).filter(Boolean))].sort();
const MOST_DOCUMENTS = CLAIMS.reduce((most, claim) => Math.max(most, claim.sources), 1);

/**
 * What the reader has chosen, as it is when the page opens; `readHash` and `hashOf` keep it in the address.
 * `node`, `edge` and `focus` are numbers or null, `path` is two entity numbers or null, `from` and `to` count in DAYS.
 */
const fresh = () => ({
  noClass: new Set(), noProperty: new Set(), noModality: new Set(), noCommunity: new Set(), documents: new Set(),
  from: 0, to: Math.max(0, DAYS.length - 1), corroboration: 1, disputed: false, lone: CLAIMS.length === 0,
  measure: 0, node: null, edge: null, focus: null, depth: 1, path: null, theme: "", drawn: FIRST_DRAWN,
});
let state = fresh();

const rankings = new Map();
/**
 * Entities by a measure, the highest first, those alike by degree and number.
 * @param {number} measure its place in MEASURES
 * @returns {{order: number[], rank: number[], place: number[]}} rank counts from 1 and is shared by equals
 */
function ranking(measure) {
  if (!rankings.has(measure)) {
    const order = ENTITIES.map((_, number) => number).sort((a, b) =>
      ENTITIES[b].m[measure] - ENTITIES[a].m[measure] || ENTITIES[b].m[0] - ENTITIES[a].m[0] || a - b);
    const rank = new Array(order.length);
    const place = new Array(order.length);
    order.forEach((number, at) => {
      const before = order[at - 1];
      place[number] = at;
      rank[number] = at && ENTITIES[before].m[measure] === ENTITIES[number].m[measure] ? rank[before] : at + 1;
    });
    rankings.set(measure, { order, rank, place });
  }
  return rankings.get(measure);
}

const documentName = (doc) => DOCUMENTS[doc].title || DOCUMENTS[doc].name;
const measureName = (measure) => MEASURES[measure].replace(/_/g, " ");
const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || `${one}s`}`;
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
/** A class's name for many: State, States; Body, Bodies. */
function pluralName(word) {
  if (/[^aeiou]y$/.test(word)) return `${capital(word).slice(0, -1)}ies`;
  return /s$/.test(word) ? capital(word) : `${capital(word)}s`;
}
