// What is in view: claims under the filters, the edges and entities that they leave, within a focus or along a path.

let view = { claims: new Set(), edges: new Set(), nodes: new Set(), links: new Map(), way: null };

/** Entities that links in view join to one. */
const neighboursOf = (number) => view.links.get(number) || new Set();
/** Whether the filters leave an entity out, whatever is claimed of it. */
const isHidden = (number) => state.noClass.has(ENTITIES[number].cls)
  || (ENTITIES[number].group >= 0 && state.noCommunity.has(ENTITIES[number].group));

/** Whether an entity is among the most central, which are drawn before the rest is asked for. */
const isDrawn = (number) => ENTITIES.length <= state.drawn || ranking(0).place[number] < state.drawn;

/** Whether the filters leave a claim in view. */
function claimPasses(claim) {
  if (state.noProperty.has(claim.p) || state.noModality.has(claim.mod)) return false;
  if (isHidden(claim.s) || isHidden(claim.o)) return false;
  if (state.documents.size && !claim.docs.some((doc) => state.documents.has(doc))) return false;
  if (claim.sources < state.corroboration || (state.disputed && !claim.against.length)) return false;
  if (state.from > 0 && (!claim.day || claim.day < DAYS[state.from])) return false;
  return !(state.to < DAYS.length - 1 && (!claim.day || claim.day > DAYS[state.to]));
}

/** Brings `view` in line with `state`. A focus and a path look at everything, drawn before or not. */
function lookAgain() {
  const edges = new Set();
  const passing = CLAIMS.map((claim) => claimPasses(claim));
  const near = state.focus !== null || state.path !== null;
  EDGES.forEach(({ id, from, to, claims }) => {
    const drawn = near || (isDrawn(from) && isDrawn(to)) || from === state.node || to === state.node || id === state.edge;
    if (drawn && claims.some((number) => passing[number])) edges.add(id);
  });
  const links = linksOf(edges);
  const way = state.path ? shortestPath(state.path[0], state.path[1], links) : null;
  let nodes = new Set(links.keys());
  if (way) nodes = new Set(way);
  else if (state.focus !== null) nodes = within(state.focus, state.depth, links);
  else if (state.lone) loners().forEach((number) => nodes.add(number));
  if (state.node !== null) nodes.add(state.node);
  if (state.edge !== null) [EDGES[state.edge].from, EDGES[state.edge].to].forEach((end) => nodes.add(end));
  const step = way && new Map(way.map((number, at) => [number, at]));
  edges.forEach((id) => {
    const { from, to } = EDGES[id];
    if (!nodes.has(from) || !nodes.has(to) || (way && Math.abs(step.get(from) - step.get(to)) > 1)) edges.delete(id);
  });
  const claims = new Set(CLAIMS.keys());
  claims.forEach((number) => { if (!passing[number] || !edges.has(edgeOf.get(number))) claims.delete(number); });
  view = { claims, edges, nodes, links, way };
}

/** Entities that are shown although no claim in view tells of them. */
const loners = () => [...ENTITIES.keys()].filter((number) => isDrawn(number) && !isHidden(number)
  && (!state.documents.size || ENTITIES[number].docs.some((doc) => state.documents.has(doc))));

/** For each entity the set of those that edges join it to, whatever their direction. */
function linksOf(edges) {
  const links = new Map();
  const join = (a, b) => { if (links.has(a)) links.get(a).add(b); else links.set(a, new Set([b])); };
  edges.forEach((id) => { join(EDGES[id].from, EDGES[id].to); join(EDGES[id].to, EDGES[id].from); });
  return links;
}

/** Entities that can be reached from `start` in at most `depth` steps, itself among them. */
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

/** Entities from `start` to `end` over the fewest links, or null where none leads there. */
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
