// The drawing: vis-network with the places that came with the page, and physics only when asked for.

let network = null;
let moving = false;
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
let shownNodes = new Map();
let shownEdges = new Map();
let grown = 0;

/** Before a frame: marks take the size that the zoom gives them. */
function sizeMarks() {
  const factor = growth(network.getScale());
  if (factor === grown) return;
  grown = factor;
  shownNodes.forEach((_, number) => {
    const body = network.body.nodes[number];
    body.options.size = sizeOf(number) * factor;
    body.shape.refreshNeeded = true;
  });
}

/** After a frame: a veil over everything, and what is lit once more above it. Far faster than new colours for the rest. */
function veil(pen, lit) {
  const { nodes, edges } = network.body;
  if (lit.some) {
    const { x, y } = network.getViewPosition();
    const reach = (find("canvas").clientWidth + find("canvas").clientHeight) / network.getScale();
    pen.fillStyle = faded(GROUND[themeName()], 0.84);
    pen.fillRect(x - reach, y - reach, 2 * reach, 2 * reach);
  } else if (!state.path) return;
  view.edges.forEach((id) => { if (edges[id] && lit.edge(id) !== "dim") drawLitEdge(pen, id, lit.edge(id)); });
  view.nodes.forEach((number) => { if (nodes[number] && lit.node(number) !== "dim") drawLitNode(pen, number, lit.node(number)); });
}

/** Brings the drawing in line with the view; only what changed is handed to vis-network. */
function redraw() {
  const look = `${themeName()} ${state.measure}`;
  const wantNodes = new Map([...view.nodes].map((number) => [number, look]));
  const wantEdges = new Map([...view.edges].map((id) => [id, look]));
  const gone = (want, shown) => [...shown.keys()].filter((key) => !want.has(key));
  const differs = (want, shown) => [...want.keys()].filter((key) => want.get(key) !== shown.get(key));
  const changes = [gone(wantEdges, shownEdges), gone(wantNodes, shownNodes), differs(wantNodes, shownNodes), differs(wantEdges, shownEdges)];
  const [lostEdges, lostNodes, newNodes, newEdges] = changes;
  if (lostEdges.length) edgeSet.remove(lostEdges);
  if (lostNodes.length) nodeSet.remove(lostNodes);
  if (newNodes.length) {
    nodeSet.update(newNodes.map((number) => {
      const { id, shape, x, y } = NODES[number];
      return shownNodes.has(number) ? { id, ...nodeLook(number) } : { id, shape, x, y, ...nodeLook(number) };
    }));
  }
  if (newEdges.length) {
    edgeSet.update(newEdges.map((id) => {
      const { from, to, arrows, dashes, smooth } = EDGES[id];
      return shownEdges.has(id) ? { id, ...edgeLook(id) } : { id, from, to, arrows, dashes, smooth, ...edgeLook(id) };
    }));
  }
  shownNodes = wantNodes;
  shownEdges = wantEdges;
  if (changes.some((change) => change.length)) grown = 0;
  find("stage").classList.toggle("bare", view.nodes.size === 0);
  if (network) network.redraw();
}

/** Whether so many links are seen from so far that arrowheads and crosses would only hide them. */
const isFar = () => network.getScale() < 0.22 && view.edges.size > 1500;

/** Makes the network and listens to what is pointed at. */
function startDrawing() {
  redraw();
  network = new vis.Network(find("canvas"), { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true,
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: {
      hover: true, hideEdgesOnDrag: ENTITIES.length > 1500, hideEdgesOnZoom: ENTITIES.length > 1500,
      selectConnectedEdges: false, multiselect: false, tooltipDelay: 1e9, zoomSpeed: 0.7,
    },
    nodes: { chosen: false },
    edges: {
      arrows: { to: { scaleFactor: 0.5 } }, chosen: false, arrowStrikethrough: false, hoverWidth: 0,
      selectionWidth: 0, endPointOffset: { to: 2 },
    },
  });
  const { renderer } = network;
  const drawArrows = renderer._drawArrows.bind(renderer);
  renderer._drawArrows = (pen) => { if (!isFar()) drawArrows(pen); };
  network.on("beforeDrawing", sizeMarks);
  network.on("afterDrawing", (pen) => {
    const lit = litState();
    veil(pen, lit);
    if (lit.some || !isFar()) drawCrosses(pen, lit);
    drawLabels(pen, lit);
  });
  network.on("click", ({ nodes, edges, pointer }) => {
    const named = nodes.length ? nodes[0] : labelAt(pointer.canvas);
    if (named !== undefined) choose({ node: named });
    else if (edges.length) choose({ edge: edges[0] });
    else if (state.node !== null || state.edge !== null) choose({});
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) focusOn(nodes[0], 1); });
  network.on("hoverNode", ({ node, event }) => hint(event, ENTITIES[node].label, CLASSES[ENTITIES[node].cls].label));
  network.on("hoverEdge", ({ edge, event }) => hint(event, ...edgeHint(EDGES[edge])));
  ["blurNode", "blurEdge", "dragStart", "dragging", "zoom"].forEach((name) => network.on(name, () => hint(null)));
  ["dragEnd", "zoom"].forEach((name) => network.on(name, () => writeHash(false)));
  find("canvas").addEventListener("mouseleave", () => hint(null));
  fitView(false);
}

/** Two lines about an edge: who does what, and how many claims say so. */
function edgeHint(edge) {
  const { label } = PROPERTIES[edgeProperty(edge)];
  const count = edge.claims.filter((number) => view.claims.has(number)).length;
  return [`${ENTITIES[edge.from].label} ${edge.arrows ? "" : "· "}${label} ${edge.arrows ? "" : "· "}${ENTITIES[edge.to].label}`,
    [plural(count, "claim"), edgeModality(edge).id, edge.claims.some((number) => CLAIMS[number].against.length) && "disputed"].filter(Boolean).join(" · ")];
}

/** Shows a box beside the pointer, or with no event hides it. */
function hint(event, title, below) {
  const box = find("hint");
  box.hidden = !event;
  if (!event) return;
  const cut = (words) => (words.length > 160 ? `${words.slice(0, 159)}…` : words);
  fill(box, make("strong", {}, said(cut(title))), make("span", {}, said(cut(below))));
  const area = find("stage").getBoundingClientRect();
  const at = event.clientX !== undefined ? event : event.srcEvent || { clientX: 0, clientY: 0 };
  box.style.left = `${Math.min(at.clientX - area.left + 14, area.width - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(at.clientY - area.top + 14, area.height - box.offsetHeight - 8)}px`;
}

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
/** How a view moves to another: at once for those who want little motion, and where there is much to draw. */
const glide = () => (calm.matches || view.nodes.size > 1500 ? false : { duration: 260, easingFunction: "easeInOutQuad" });

/** Shows everything in view. */
function fitView(animated = true) {
  if (!view.nodes.size) return;
  network.fit({ nodes: [...view.nodes], animation: animated && glide(), maxZoomLevel: 1.35 });
  if (animated) rememberSpot();
}

/** Once the drawing has come to rest, the address says where. */
let resting = 0;
function rememberSpot() {
  clearTimeout(resting);
  resting = setTimeout(() => writeHash(false), 450);
}

/** Moves entities into the middle, unless they stand in sight already; the two ends of a link, so that both are seen. */
function bringIntoSight(...numbers) {
  const spots = network.getPositions(numbers.filter((number) => shownNodes.has(number)));
  const middle = Object.values(spots);
  if (!middle.length) return;
  const at = { x: middle.reduce((sum, spot) => sum + spot.x, 0) / middle.length, y: middle.reduce((sum, spot) => sum + spot.y, 0) / middle.length };
  const { x, y } = network.canvasToDOM(at);
  const { clientWidth: width, clientHeight: height } = find("canvas");
  const inSight = x > width * 0.1 && x < width * 0.9 && y > height * 0.1 && y < height * 0.9;
  const scale = network.getScale();
  const apart = middle.length < 2 ? Infinity : Math.hypot(middle[0].x - middle[1].x, middle[0].y - middle[1].y);
  const most = middle.length < 2 ? Infinity : Math.min(width * 0.8 / Math.abs(middle[0].x - middle[1].x), height * 0.55 / Math.abs(middle[0].y - middle[1].y));
  const wanted = Math.min(1.5, most, Math.max(0.55, Math.min(300, width * 0.5) / apart)); // the ends of a link come apart
  if (inSight && scale >= wanted * 0.8 && scale <= most) return;
  network.moveTo({ position: at, scale: Math.min(most, Math.max(scale, wanted)), animation: glide() });
  rememberSpot();
}

/** Lets the drawing arrange itself by forces, or stops it where it is. */
function toggleMotion() {
  moving = !moving;
  network.setOptions({ physics: moving
    ? { enabled: true, solver: "forceAtlas2Based", stabilization: false, forceAtlas2Based: { gravitationalConstant: -90, springLength: 110, damping: 0.6 } }
    : { enabled: false } });
  find("motion").setAttribute("aria-pressed", String(moving));
}

/** Every mark back to the place that came with the page. */
function putBack() {
  if (moving) toggleMotion();
  nodeSet.update([...shownNodes.keys()].map((number) => ({ id: number, x: NODES[number].x, y: NODES[number].y })));
}

/** Zooms in the middle of the drawing. */
function zoomBy(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)), animation: glide() });
  rememberSpot();
}
