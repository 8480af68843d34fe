// How marks and links look: size by the measure chosen, colour by class and property, a cross on what is denied.

const INK = { light: "#1c2430", dark: "#e3e7ee" };
const GROUND = { light: "#fbfaf7", dark: "#12161c" };
const FACE = '"Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif';
/** By how much each shape is larger than a dot, so that all seem alike. */
const GROW = { dot: 1, square: 0.88, diamond: 1.12, triangle: 1.12, triangleDown: 1.12, star: 1.2, hexagon: 1 };
const themeName = () => (isDark() ? "dark" : "light");

/** The measure chosen, 0 to 1, as a root: so that areas and not widths compare. */
function importance(number) {
  const top = ENTITIES[ranking(state.measure).order[0]].m[state.measure];
  return top > 0 ? Math.sqrt(Math.max(0, ENTITIES[number].m[state.measure]) / top) : 0;
}

/** Radius of a mark at zoom 1. */
const sizeOf = (number) => (7 + 19 * importance(number)) * GROW[CLASSES[ENTITIES[number].cls].shape];

/** What a zoom makes of that radius: marks shrink more slowly than the drawing, and grow more slowly. */
const growth = (scale) => scale ** (scale < 1 ? -0.4 : -0.35);

/** A mark as vis-network takes it. */
const nodeLook = (number) => ({
  size: sizeOf(number), borderWidth: 1.5, color: { background: tone(CLASSES[ENTITIES[number].cls].colour), border: GROUND[themeName()] },
});

/** A link as vis-network takes it: the fainter, the more there are. */
const edgeLook = (id) => ({
  color: faded(tone(EDGES[id].color), EDGES.length > 2500 ? 0.3 : EDGES.length > 700 ? 0.45 : 0.62), width: EDGES[id].width,
});

/** Draws a mark of the network with a strong rim, or as it is. */
function drawLitNode(pen, number, lit) {
  const body = network.body.nodes[number];
  const { borderWidth, color } = body.options;
  if (lit === "strong") Object.assign(body.options, { borderWidth: 4, color: { ...color, border: INK[themeName()] } });
  body.draw(pen);
  Object.assign(body.options, { borderWidth, color });
}

/** Draws a link of the network in its full colour, and wider if it is the one chosen. */
function drawLitEdge(pen, id, lit) {
  const body = network.body.edges[id];
  const { width, color } = body.options;
  Object.assign(body.options, { width: lit === "strong" ? width + 2 : width, color: { ...color, color: tone(EDGES[id].color), inherit: false } });
  body.draw(pen);
  body.drawArrows(pen);
  Object.assign(body.options, { width, color });
}
/** The property of an edge, the same for all its claims; so is the modality. */
const edgeProperty = (edge) => CLAIMS[edge.claims[0]].p;
const edgeModality = (edge) => MODALITIES[CLAIMS[edge.claims[0]].mod];
/** What stands beside an edge: its property, with its modality where that is not asserted. */
const edgeLabel = (edge) => (edgeModality(edge).id === "asserted" ? PROPERTIES[edgeProperty(edge)].label
  : `${PROPERTIES[edgeProperty(edge)].label} (${edgeModality(edge).id})`);

/**
 * What is lit: the chosen entity with its neighbours, or the chosen edge with its ends; the rest is "dim".
 * @returns {{node: function(number): string, edge: function(number): string, some: boolean}} some: whether any is dim
 */
function litState() {
  if (state.edge !== null) {
    const { from, to } = EDGES[state.edge];
    const pair = (edge) => (edge.from === from && edge.to === to) || (edge.from === to && edge.to === from);
    return {
      some: true,
      node: (number) => (number === from || number === to ? "strong" : "dim"),
      edge: (id) => (id === state.edge ? "strong" : pair(EDGES[id]) ? "lit" : "dim"),
    };
  }
  if (state.node !== null) {
    const near = neighboursOf(state.node);
    return {
      some: true,
      node: (number) => (number === state.node ? "strong" : near.has(number) ? "plain" : "dim"),
      edge: (id) => (EDGES[id].from === state.node || EDGES[id].to === state.node ? "lit" : "dim"),
    };
  }
  return { some: false, node: () => "plain", edge: () => (state.path ? "lit" : "plain") };
}

/** The point at a share of the way along a drawn edge, from its subject's middle to its object's. */
const pointOn = (body, share) => body.edgeType.getPoint(share);

/** A cross over the middle of each denied link, as large on the screen at any zoom. */
function drawCrosses(pen, lit) {
  const scale = network.getScale();
  const arm = (scale < 0.4 ? 3.2 : 5.5) / scale;
  const { edges } = network.body;
  const crosses = new Path2D();
  view.edges.forEach((id) => {
    if (!EDGES[id].crossed || !edges[id] || EDGES[id].from === EDGES[id].to || lit.edge(id) === "dim") return;
    const [before, { x, y }] = [pointOn(edges[id], 0.47), pointOn(edges[id], 0.5)];
    const along = Math.atan2(y - before.y, x - before.x);
    [Math.PI / 4, -Math.PI / 4].forEach((turn) => {
      const [across, down] = [Math.cos(along + turn) * arm, Math.sin(along + turn) * arm];
      crosses.moveTo(x - across, y - down);
      crosses.lineTo(x + across, y + down);
    });
  });
  pen.setLineDash([]);
  [[4.4, GROUND[themeName()]], [2, tone(DENIED)]].forEach(([width, colour]) => {
    Object.assign(pen, { lineWidth: width / scale, strokeStyle: colour, lineCap: "round" });
    pen.stroke(crosses);
  });
  pen.lineCap = "butt";
}
