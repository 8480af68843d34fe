// The drawing as SVG, for print: everything in view at its place, with the names that the screen shows.

/** The drawing as SVG text; marks have the size that the zoom gives them. */
function vector() {
  const { nodes, edges } = network.body;
  const shape = (tag, attributes, words) => {
    const part = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => part.setAttribute(name, typeof value === "number" ? Number(value.toFixed(1)) : value));
    if (words !== undefined) part.textContent = words;
    return part;
  };
  const lit = litState();
  const strength = { plain: 0.7, dim: 0.12, lit: 1, strong: 1 };
  const ends = [...view.nodes].map((number) => nodes[number]);
  const [left, right] = [Math.min(...ends.map((end) => end.x)) - 140, Math.max(...ends.map((end) => end.x)) + 140];
  const [top, bottom] = [Math.min(...ends.map((end) => end.y)) - 70, Math.max(...ends.map((end) => end.y)) + 70];
  const root = shape("svg", { viewBox: [left, top, right - left, bottom - top].map(Math.round).join(" "), width: right - left, height: bottom - top, "font-family": FACE });
  root.append(shape("title", {}, document.title), shape("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: GROUND[themeName()] }));
  view.edges.forEach((id) => {
    const edge = EDGES[id];
    const [from, to] = [nodes[edge.from], nodes[edge.to]];
    const via = edge.smooth && from !== to ? edges[id].edgeType.getViaNode() : null;
    const aim = via || from;
    const distance = Math.hypot(to.x - aim.x, to.y - aim.y) || 1;
    const [across, down] = [(to.x - aim.x) / distance, (to.y - aim.y) / distance];
    const gap = to.options.size + 2;
    const tip = [to.x - across * gap, to.y - down * gap];
    const group = shape("g", { stroke: tone(edge.color), fill: tone(edge.color), opacity: strength[lit.edge(id)] });
    group.append(shape("path", {
      d: `M${from.x} ${from.y}${via ? `Q${via.x.toFixed(1)} ${via.y.toFixed(1)}` : "L"}${via ? " " : ""}${tip.map((at) => at.toFixed(1)).join(" ")}`,
      fill: "none", "stroke-width": edge.width, "stroke-dasharray": edge.dashes ? edge.dashes.join(" ") : "none",
    }));
    if (edge.arrows) {
      const wing = (side) => `${(tip[0] - across * 9 + side * down * 3.5).toFixed(1)} ${(tip[1] - down * 9 - side * across * 3.5).toFixed(1)}`;
      group.append(shape("path", { d: `M${tip.map((at) => at.toFixed(1)).join(" ")}L${wing(1)}L${wing(-1)}Z`, stroke: "none" }));
    }
    if (edge.crossed && from !== to) {
      const { x, y } = pointOn(edges[id], 0.5);
      group.append(shape("path", { d: `M${(x - 4).toFixed(1)} ${(y - 4).toFixed(1)}l8 8m0-8l-8 8`, fill: "none", "stroke-width": 2 }));
    }
    root.append(group);
  });
  view.nodes.forEach((number) => {
    const { x, y, options: { size } } = nodes[number];
    const cls = CLASSES[ENTITIES[number].cls];
    const scale = size / 6.2;
    root.append(shape("path", {
      d: PATHS[cls.shape], fill: tone(cls.colour), stroke: GROUND[themeName()], "stroke-width": 1.5 / scale, opacity: lit.node(number) === "dim" ? 0.16 : 1,
      transform: `translate(${(x - 8 * scale).toFixed(1)} ${(y - 8 * scale).toFixed(1)}) scale(${scale.toFixed(3)})`,
    }));
  });
  labels.filter(({ number }) => view.nodes.has(number)).forEach(({ number, box, size }) => lines[number].forEach((line, row) => root.append(shape("text", {
    x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 + (row - (lines[number].length - 1) / 2) * size * 1.12, "font-size": size, "text-anchor": "middle",
    "dominant-baseline": "central", fill: INK[themeName()], stroke: GROUND[themeName()], "stroke-width": size / 4, "stroke-linejoin": "round", "paint-order": "stroke",
  }, line))));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

function saveVector() {
  if (!view.nodes.size) return;
  save(`${fileName()}.svg`, new Blob([vector()], { type: "image/svg+xml" }));
  announce("Drawing saved");
}
