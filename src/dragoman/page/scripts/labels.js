// Names beside the marks, drawn by us: of one size on the screen whatever the zoom, the most important first, and none
// where it would cover another. So the zoom decides how many are seen.

let labels = [];
const lines = NODES.map(({ label }) => wrapped(label));
const widths = new Map();

/** On two lines of much the same length where it is long; line ends of its own become spaces. */
function wrapped(label) {
  const line = label.replace(/\s+/g, " ").trim();
  const breaks = [...line.matchAll(/ /g)].map((match) => match.index);
  if (line.length <= 24 || !breaks.length) return [line];
  const middle = breaks.reduce((best, at) => (Math.abs(at - line.length / 2) < Math.abs(best - line.length / 2) ? at : best));
  return [line.slice(0, middle), line.slice(middle + 1)];
}

/** Width of a name for each unit of its size. */
function widthOf(pen, number) {
  if (!widths.has(number)) {
    pen.font = `100px ${FACE}`;
    widths.set(number, Math.max(...lines[number].map((line) => pen.measureText(line).width)) / 100);
  }
  return widths.get(number);
}

/** Boxes that are taken, in a grid, so that each new one is held against its neighbours only. */
function occupied(step) {
  const cells = new Map();
  const over = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / step); x <= Math.floor(right / step); x += 1) {
      for (let y = Math.floor(top / step); y <= Math.floor(bottom / step); y += 1) if (visit(`${x} ${y}`)) return true;
    }
    return false;
  };
  const meet = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const shared = (a, b) => (meet(a, b) ? (Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * (Math.min(a[3], b[3]) - Math.max(a[1], b[1])) : 0);
  return {
    take: (box) => over(box, (key) => { if (cells.has(key)) cells.get(key).push(box); else cells.set(key, [box]); return false; }),
    isFree: (box, own) => !over(box, (key) => (cells.get(key) || []).some((other) => other !== own && meet(box, other))),
    /** Area of a box that others take, `own` left out. */
    covered: (box, own) => {
      const met = new Set();
      over(box, (key) => { (cells.get(key) || []).forEach((other) => { if (other !== own) met.add(other); }); });
      return [...met].reduce((sum, other) => sum + shared(box, other), 0);
    },
  };
}

/** Where a name may stand, the best first: below its mark, above, right, left, then at the corners. */
const PLACES = [[0, 1], [0, -1], [1, 0], [-1, 0], [0.75, 0.75], [-0.75, 0.75], [0.75, -0.75], [-0.75, -0.75]];
/** Names that may cover some of a mark, a third of them even whole marks, but no other name. */
const FOREMOST = 12;
/** Entities of which names are tried in a frame. */
const MOST_NAMES = 1000;

/** After a frame: names of entities, the most important first, then of the links that are lit. */
function drawLabels(pen, lit) {
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const { clientWidth, clientHeight } = find("canvas");
  const [halfWidth, halfHeight] = [clientWidth / scale / 2, clientHeight / scale / 2];
  const sight = [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight];
  const isSeen = (box) => box[0] > sight[0] && box[2] < sight[2] && box[1] > sight[1] && box[3] < sight[3];
  const bodies = network.body.nodes;
  const inSight = ranking(state.measure).order.filter((number) => {
    const body = bodies[number];
    return body && Math.abs(body.x - x) < halfWidth && Math.abs(body.y - y) < halfHeight && lit.node(number) !== "dim";
  });
  inSight.sort((a, b) => (lit.node(b) === "strong") - (lit.node(a) === "strong"));
  const crowd = occupied(90 / scale);
  const names = occupied(90 / scale);
  const marks = new Map();
  inSight.forEach((number) => {
    const { x: left, y: top, options: { size } } = bodies[number];
    const box = [left - size, top - size, left + size, top + size];
    marks.set(number, box);
    crowd.take(box);
  });
  names.take(toolBox(sight, scale));
  labels = [];
  const foremost = Math.min(FOREMOST, Math.round(clientWidth / 70));
  const grow = Math.min(1.35, Math.max(1, scale ** 0.35));
  const air = Math.max(0, 9 * (1 - scale)) / scale; // from afar names stand apart, so that the drawing is seen
  Object.assign(pen, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5 / scale, strokeStyle: GROUND[themeName()] });
  const leastCovered = (boxes, rank) => {
    const shares = boxes.map((box) => crowd.covered(box) / ((box[2] - box[0]) * (box[3] - box[1])));
    const least = Math.min(...shares);
    return rank < foremost / 3 || least < 0.1 ? boxes[shares.indexOf(least)] : undefined;
  };
  inSight.slice(0, MOST_NAMES).forEach((number, rank) => {
    const size = ((11.5 + 4 * importance(number)) * grow) / scale;
    const half = (widthOf(pen, number) * size) / 2 + 2 / scale;
    const high = (lines[number].length * size * 1.12) / 2;
    const { x: atX, y: atY, options: { size: radius } } = bodies[number];
    const strong = lit.node(number) === "strong";
    const gap = radius + (strong ? 6 : 3) / scale;
    const boxes = PLACES.map(([right, down]) => {
      const [across, below] = [right * gap + Math.sign(right) * half, down * gap + Math.sign(down) * high];
      return [atX + across - half, atY + below - high, atX + across + half, atY + below + high];
    });
    const free = boxes.filter((box) => isSeen(box) && names.isFree([box[0] - air, box[1] - air, box[2] + air, box[3] + air]));
    const clear = free.find((box) => crowd.isFree(box, marks.get(number)));
    const box = clear || (rank < foremost && leastCovered(free, rank)) || (strong && boxes[0]);
    if (!box) return;
    names.take(box);
    labels.push({ number, box, size });
    write(pen, lines[number], box, `${strong ? 600 : 400} ${size}px ${FACE}`, INK[themeName()], size);
  });
  drawLinkLabels(pen, lit, (box) => isSeen(box) && names.isFree(box) && crowd.isFree(box), names.take);
}

/** What the buttons over the drawing cover of it, where no name is to stand. */
function toolBox([left, , , bottom], scale) {
  const { offsetLeft, offsetTop, offsetWidth } = find("tools");
  return [left, bottom - (find("canvas").clientHeight - offsetTop) / scale, left + (offsetLeft + offsetWidth) / scale, bottom];
}

/** Shares of the way along a link at which its name may stand, the best first. */
const STOPS = [0.5, 0.42, 0.58, 0.34, 0.66];
/** Links that are lit up to which their names are written. */
const FEW = 40;

/** Names of the links that are lit, where they cover nothing; none where there are too many. */
function drawLinkLabels(pen, lit, isFree, take) {
  const { edges } = network.body;
  const scale = network.getScale();
  const named = [...view.edges].filter((id) => edges[id] && EDGES[id].from !== EDGES[id].to && !["dim", "plain"].includes(lit.edge(id)));
  if (named.length > FEW) return;
  named.sort((a, b) => (lit.edge(b) === "strong") - (lit.edge(a) === "strong") || a - b);
  const size = 11 / scale;
  named.forEach((id) => {
    const strong = lit.edge(id) === "strong";
    pen.font = `${strong ? 600 : 400} ${size}px ${FACE}`;
    const words = edgeLabel(EDGES[id]);
    const half = pen.measureText(words).width / 2 + 2 / scale;
    const lift = EDGES[id].crossed ? 13 / scale : 0;
    const boxes = STOPS.map((share) => pointOn(edges[id], share))
      .map((spot) => [spot.x - half, spot.y - lift - size * 0.6, spot.x + half, spot.y - lift + size * 0.6]);
    const box = boxes.find(isFree) || (strong && boxes[0]);
    if (!box) return;
    take(box);
    write(pen, [words], box, pen.font, tone(EDGES[id].color), size);
  });
}

/** Lines of text in the middle of a box, with a rim of the ground's colour. */
function write(pen, rows, box, font, colour, size) {
  pen.font = font;
  pen.fillStyle = colour;
  rows.forEach((line, row) => {
    const top = (box[1] + box[3]) / 2 + (row - (rows.length - 1) / 2) * size * 1.12;
    pen.strokeText(line, (box[0] + box[2]) / 2, top);
    pen.fillText(line, (box[0] + box[2]) / 2, top);
  });
}

/** The entity whose name is drawn at a point of the drawing, if any. */
function labelAt({ x, y }) {
  return labels.find(({ box }) => x > box[0] && x < box[2] && y > box[1] && y < box[3])?.number;
}
