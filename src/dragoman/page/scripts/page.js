// What happens when: choosing, focusing, going back, keys; then the start.

let pathFrom = null;

// Every change of the state goes through here: look again, draw, list, remember.
function change(how, isStep = false) {
  how();
  refresh();
  writeHash(isStep);
}

function refresh() {
  lookAgain();
  redraw();
  showFilters();
  showPanel();
  showStatus();
}

function choose({ node = null, edge = null }) {
  if (node !== null && pathFrom !== null && pathFrom !== node) {
    finishPath(node);
    return;
  }
  change(() => {
    if (node !== null && !isDrawn(node)) state.all = true;
    Object.assign(state, { node, edge });
  }, true);
  if (node !== null) { bringIntoSight(node); announce(`${ENTITIES[node].label} chosen`); }
  if (edge !== null) { bringIntoSight(EDGES[edge].from, EDGES[edge].to); announce("Link chosen"); }
  const title = find("panel-title");
  if (title && document.activeElement !== find("canvas")) title.focus({ preventScroll: true });
}

function focusOn(number, depth) {
  change(() => Object.assign(state, { focus: number, depth, node: number, edge: null, path: null }), true);
  fitView();
}

function unfocus() {
  change(() => Object.assign(state, { focus: null, path: null }), true);
  fitView();
}

function startPath(number) {
  pathFrom = pathFrom === number ? null : number;
  showPanel();
  announce(pathFrom === null ? "" : "Choose the entity at the other end of the path");
}

function finishPath(end) {
  const start = pathFrom;
  pathFrom = null;
  change(() => Object.assign(state, { path: [start, end], focus: null, node: null, edge: null }), true);
  if (view.way) fitView();
  else {
    state.path = null;
    refresh();
    writeHash(false);
    announce("No chain of links in view joins the two");
    find("notice").textContent = "No chain of links in view joins the two.";
  }
}

function reset() {
  pathFrom = null;
  const { theme, all } = state;
  change(() => { state = { ...fresh(), theme, all }; }, true);
  putBack();
  find("document-search").value = "";
  buildDocuments.list();
  fitView();
}

function showStatus() {
  find("status").textContent = `${view.nodes.size.toLocaleString("en")} of ${plural(ENTITIES.length, "entity", "entities")} · ${view.claims.size.toLocaleString("en")} of ${plural(CLAIMS.length, "claim")}`;
  const notice = find("notice");
  const button = (words, act) => make("button", { type: "button", class: "link", onclick: act }, words);
  const lines = [];
  if (state.path) lines.push(["Shortest path: ", said(ENTITIES[state.path[0]].label), " to ", said(ENTITIES[state.path[1]].label), ". ", button("Show all", unfocus)]);
  else if (state.focus !== null) lines.push(["Focus on ", said(ENTITIES[state.focus].label), ". ", button("Show all", unfocus)]);
  if (ENTITIES.length > FIRST_DRAWN && !state.all) {
    lines.push([`The ${FIRST_DRAWN.toLocaleString("en")} most connected of ${ENTITIES.length.toLocaleString("en")} entities are drawn. `,
      button("Draw all", () => { change(() => { state.all = true; }); fitView(); })]);
  }
  fill(notice, lines.map((line) => make("p", {}, line)));
  const empty = find("empty");
  empty.hidden = view.nodes.size > 0;
  empty.textContent = ENTITIES.length === 0
    ? "This graph is empty: no entities were found in the documents."
    : "Nothing in view: the filters leave no claim. Clear them at the left, or show entities without claims.";
}

function setTheme(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = themeName();
}

function recolour() {
  setTheme(state.theme);
  buildLegend();
  refresh();
}

function drawer(open) {
  document.body.classList.toggle("drawer", open);
  find("drawer").setAttribute("aria-expanded", String(open));
}

function escape() {
  if (find("help").open) find("help").close();
  else if (find("menu").open) find("menu").open = false;
  else if (document.body.classList.contains("drawer")) drawer(false);
  else if (pathFrom !== null) startPath(pathFrom);
  else if (state.node !== null || state.edge !== null) choose({});
  else if (state.focus !== null || state.path) unfocus();
}

const KEYS = {
  "/": () => find("search").focus(),
  "?": () => find("help").showModal(),
  f: () => { if (state.node !== null) focusOn(state.node, state.depth); },
  1: () => deepen(1), 2: () => deepen(2), 3: () => deepen(99),
  r: reset,
  0: () => fitView(),
  "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3),
  d: () => toggleTheme(),
  Escape: escape,
};
function deepen(depth) { if (state.focus !== null || state.node !== null) focusOn(state.focus ?? state.node, depth); }
function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  recolour();
  writeHash(false);
}

function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !/^(checkbox|range)$/.test(event.target.type);
    if (event.ctrlKey || event.metaKey || event.altKey || (typing && event.key !== "Escape")) return;
    if (find("help").open && event.key !== "Escape") return;
    if (event.target === find("canvas") && event.key.startsWith("Arrow")) {
      const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      const at = network.getViewPosition();
      const step = 90 / network.getScale();
      network.moveTo({ position: { x: at.x + x * step, y: at.y + y * step } });
    } else if (Object.hasOwn(KEYS, event.key)) KEYS[event.key]();
    else return;
    event.preventDefault();
  });
}

function listenToButtons() {
  const act = {
    "zoom-in": () => zoomBy(1.3), "zoom-out": () => zoomBy(1 / 1.3), fit: () => fitView(), motion: toggleMotion, reset,
    theme: toggleTheme, "open-help": () => find("help").showModal(), "close-help": () => find("help").close(),
    png: savePicture, svg: saveVector, csv: saveTable, print: () => window.print(),
    drawer: () => drawer(!document.body.classList.contains("drawer")), "close-drawer": () => drawer(false),
    "close-panel": () => choose({}),
  };
  Object.entries(act).forEach(([id, does]) => find(id).addEventListener("click", does));
  find("menu").addEventListener("click", (event) => { if (event.target.closest("button")) find("menu").open = false; });
  document.addEventListener("click", (event) => { if (!find("menu").contains(event.target)) find("menu").open = false; });
  find("help").addEventListener("click", (event) => { if (event.target === find("help")) find("help").close(); });
  systemDark.addEventListener("change", () => { if (!state.theme) recolour(); });
  window.addEventListener("popstate", () => { if (location.hash.slice(1) !== written) goTo(); });
  window.addEventListener("beforeprint", printLight);
}

// Paper is white: the drawing is made in the light colours, and the theme comes back after the print.
function printLight() {
  const { theme } = state;
  const wasDark = isDark();
  if (wasDark) { state.theme = "light"; recolour(); network.redraw(); }
  find("printed").src = picture().toDataURL("image/png");
  if (wasDark) window.addEventListener("afterprint", () => { state.theme = theme; recolour(); }, { once: true });
}

function goTo() {
  clearTimeout(resting);
  const { theme } = state;
  const spot = readHash();
  written = location.hash.slice(1);
  if (theme !== state.theme) recolour(); else refresh();
  buildDocuments.list();
  if (spot) network.moveTo({ position: { x: spot.x, y: spot.y }, scale: spot.scale, animation: glide() });
  else fitView(false);
}

const spot = readHash();
setTheme(state.theme);
buildFilters();
buildSearch();
lookAgain();
startDrawing();
showFilters();
showPanel();
showStatus();
listenToKeys();
listenToButtons();
if (spot) network.moveTo({ position: { x: spot.x, y: spot.y }, scale: spot.scale });
network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
