// Names beside the marks, drawn by us: of one size on the screen whatever the zoom, the most important first, and none
// where it would cover another. So the zoom decides how many are seen.

let labels = [];
const lines = NODES.map(({ label }) => wrapped(label));
const widths = new Map();

// On two lines of much the same length where it is long; line ends of its own become spaces.
function wrapped(label) {
  const line = label.replace(/\s+/g, " ").trim();
  const breaks = [...line.matchAll(/ /g)].map((match) => match.index);
  if (line.length <= 24 || !breaks.length) return [line];
  const middle = breaks.reduce((best, at) => (Math.abs(at - line.length / 2) < Math.abs(best - line.length / 2) ? at : best));
  return [line.slice(0, middle), line.slice(middle + 1)];
}

function widthOf(pen, number) {
  if (!widths.has(number)) {
    pen.font = `100px ${FACE}`;
    widths.set(number, Math.max(...lines[number].map((line) => pen.measureText(line).width)) / 100);
  }
  return widths.get(number);
}

// Boxes that are taken, in a grid, so that each new one is held against its neighbours only.
function occupied(step) {
  const cells = new Map();
  const over = ([left, top, right, bottom], visit) => {
    for (let x = Math.floor(left / step); x <= Math.floor(right / step); x += 1) {
      for (let y = Math.floor(top / step); y <= Math.floor(bottom / step); y += 1) if (visit(`${x} ${y}`)) return true;
    }
    return false;
  };
  return {
    take: (box) => over(box, (key) => { if (cells.has(key)) cells.get(key).push(box); else cells.set(key, [box]); return false; }),
    isFree: (box, own) => !over(box, (key) => (cells.get(key) || []).some((other) => other !== own
      && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])),
  };
}

function drawLabels(pen) {
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const { clientWidth, clientHeight } = find("canvas");
  const [halfWidth, halfHeight] = [clientWidth / scale / 2, clientHeight / scale / 2];
  const lit = litState();
  const bodies = network.body.nodes;
  const inSight = ranking(state.measure).order.filter((number) => {
    const body = bodies[number];
    return body && Math.abs(body.x - x) < halfWidth && Math.abs(body.y - y) < halfHeight && lit.node(number) !== "dim";
  });
  inSight.sort((a, b) => (lit.node(b) === "strong") - (lit.node(a) === "strong"));
  const crowd = occupied(90 / scale);
  const names = occupied(90 / scale);
  const marks = new Map();
  if (inSight.length <= 900) {
    inSight.forEach((number) => {
      const { x: left, y: top, options: { size } } = bodies[number];
      const box = [left - size, top - size, left + size, top + size];
      marks.set(number, box);
      crowd.take(box);
    });
  }
  labels = [];
  const grow = Math.min(1.35, Math.max(1, scale ** 0.35));
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  inSight.slice(0, 1500).forEach((number, rank) => {
    const size = ((11.5 + 4 * importance(number)) * grow) / scale;
    const half = (widthOf(pen, number) * size) / 2 + 2 / scale;
    const high = lines[number].length * size * 1.12;
    const { x: atX, y: atY, options: { size: radius } } = bodies[number];
    const gap = radius + 3 / scale;
    const strong = lit.node(number) === "strong";
    const boxes = [[0, gap + high / 2], [0, -gap - high / 2], [gap + half, 0], [-gap - half, 0]]
      .map(([across, down]) => [atX + across - half, atY + down - high / 2, atX + across + half, atY + down + high / 2]);
    const free = boxes.filter((box) => names.isFree(box)
      && box[0] > x - halfWidth && box[2] < x + halfWidth && box[1] > y - halfHeight && box[3] < y + halfHeight);
    const box = free.find((one) => crowd.isFree(one, marks.get(number))) // the most important may cover marks, not names
      || (rank < 12 && free[0]) || (strong && boxes[0]);
    if (!box) return;
    names.take(box);
    labels.push({ number, box, size });
    pen.font = `${strong ? 600 : 400} ${size}px ${FACE}`;
    pen.strokeStyle = GROUND[themeName()];
    pen.lineWidth = 3.5 / scale;
    pen.fillStyle = INK[themeName()];
    lines[number].forEach((line, row) => {
      const top = (box[1] + box[3]) / 2 + (row - (lines[number].length - 1) / 2) * size * 1.12;
      pen.strokeText(line, (box[0] + box[2]) / 2, top);
      pen.fillText(line, (box[0] + box[2]) / 2, top);
    });
  });
}

function labelAt({ x, y }) {
  return labels.find(({ box }) => x > box[0] && x < box[2] && y > box[1] && y < box[3])?.number;
}
