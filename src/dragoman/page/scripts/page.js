// Buttons and keys, what is told above the drawing, the theme, print; then the start of the page.

/** How much is in view, below the title; what is not drawn or focused on, above the drawing; why it is empty. */
function showStatus() {
  find("status").textContent = `${view.nodes.size.toLocaleString("en")} of ${plural(ENTITIES.length, "entity", "entities")} · ${view.claims.size.toLocaleString("en")} of ${plural(CLAIMS.length, "claim")}`
    + (OTHERS.length || CLAIMS.length < DATA.allClaims ? `, the most central of ${plural(ENTITIES.length + OTHERS.length, "entity", "entities")} and ${plural(DATA.allClaims, "claim")}` : "");
  const notice = find("notice");
  const button = (words, act) => make("button", { type: "button", class: "link", onclick: act }, words);
  const lines = [];
  if (state.path) lines.push(["Shortest path: ", said(ENTITIES[state.path[0]].label), " to ", said(ENTITIES[state.path[1]].label), ". ", button("Show all", unfocus)]);
  else if (state.focus !== null) lines.push(["Focus on ", said(ENTITIES[state.focus].label), ". ", button("Show all", unfocus)]);
  else if (ENTITIES.length > state.drawn) {
    const draw = (drawn) => () => { change(() => { state.drawn = drawn; }); fitView(); };
    const left = ENTITIES.length - state.drawn;
    lines.push([`The ${state.drawn.toLocaleString("en")} most connected of ${ENTITIES.length.toLocaleString("en")} entities are drawn. `,
      left > FIRST_DRAWN && [button(`Draw ${FIRST_DRAWN.toLocaleString("en")} more`, draw(state.drawn + FIRST_DRAWN)), " · "],
      button("Draw all", draw(ENTITIES.length))]);
  }
  if (pathFrom !== null) lines.unshift(["Path from ", said(ENTITIES[pathFrom].label), ": choose the other end, in the drawing or by search. ", button("Leave it", () => startPath(pathFrom))]);
  fill(notice, lines.map((line) => make("p", {}, line)));
  const empty = find("empty");
  empty.hidden = view.nodes.size > 0;
  fill(empty, ...(ENTITIES.length === 0 ? ["This graph is empty: no entities were found in the documents."] : [
    make("span", {}, filtersAreOn() ? "The filters leave nothing in view. " : "No document states a claim; the entities that they name can be shown. "),
    filtersAreOn() ? button("Clear filters", () => { clearFilters(); fitView(); }) : button("Show entities", () => { change(() => { state.lone = true; }); fitView(); })]));
}

function setTheme(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = themeName();
}

/** Everything that shows colours, in those of the theme. */
function recolour() {
  setTheme(state.theme);
  buildLegend();
  refresh();
}

/** On a phone, the filters slide in over the drawing. */
function drawer(open) {
  document.body.classList.toggle("drawer", open);
  find("drawer").setAttribute("aria-expanded", String(open));
}

/** One step out of whatever is open. */
function escape() {
  if (find("help").open) find("help").close();
  else if (find("menu").open) find("menu").open = false;
  else if (document.body.classList.contains("drawer")) drawer(false);
  else if (pathFrom !== null) startPath(pathFrom);
  else if (state.node !== null || state.edge !== null) choose({});
  else if (state.focus !== null || state.path) unfocus();
}

/** Keys that act wherever nothing is typed. */
const KEYS = {
  "/": () => find("search").focus(),
  "?": () => find("help").showModal(),
  f: () => { if (state.node !== null) focusOn(state.node, state.depth); },
  1: () => deepen(1), 2: () => deepen(2), 3: () => deepen(3), 4: () => deepen(4), 5: () => deepen(5), a: () => deepen(ALL_STEPS),
  p: () => { if (state.node !== null) startPath(state.node); },
  n: () => next(1), N: () => next(-1),
  "[": () => takeStep(-1), "]": () => takeStep(1),
  r: reset,
  0: () => fitView(),
  "+": () => zoomBy(1.3), "=": () => zoomBy(1.3), "-": () => zoomBy(1 / 1.3),
  d: () => toggleTheme(),
  Escape: escape,
};
/** Chooses the entity in view that comes next by the measure chosen, or before; from the last on to the first. */
function next(way) {
  const order = ranking(state.measure).order.filter((number) => view.nodes.has(number));
  if (!order.length) return;
  const at = order.indexOf(state.node);
  choose({ node: order[at < 0 && way < 0 ? order.length - 1 : (at + way + order.length) % order.length] });
}
/** Focuses on what is chosen, or changes how far the focus reaches. */
function deepen(depth) { if (state.focus !== null || state.node !== null) focusOn(state.focus ?? state.node, depth); }
function toggleTheme() {
  state.theme = isDark() ? "light" : "dark";
  recolour();
  writeHash(false);
}

/** Keys act unless something is typed or the help is open. */
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

/** What each button does, and what the browser tells. */
function listenToButtons() {
  const act = {
    "zoom-in": () => zoomBy(1.3), "zoom-out": () => zoomBy(1 / 1.3), fit: () => fitView(), motion: toggleMotion, reset, back: () => takeStep(-1), forward: () => takeStep(1),
    "theme-phone": toggleTheme, "reset-phone": reset,
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
  window.addEventListener("popstate", (event) => {
    step = event.state ? event.state.step : 0;
    lastStep = Math.max(step, lastStep);
    if (location.hash.slice(1) !== written) goTo();
    showSteps();
  });
  window.addEventListener("beforeprint", printLight);
}

/**
 * Paper is white, and cannot be clicked: the drawing is made in the light colours and the quotes are opened; the theme
 * and the quotes that were closed come back after the print.
 */
function printLight() {
  const { theme } = state;
  const wasDark = isDark();
  if (wasDark) { state.theme = "light"; recolour(); }
  network.redraw();
  find("printed").src = picture().toDataURL("image/png");
  const closed = [...find("panel").querySelectorAll("details:not([open])")];
  closed.forEach((quotes) => { quotes.open = true; });
  window.addEventListener("afterprint", () => {
    closed.forEach((quotes) => { quotes.open = false; });
    if (wasDark) { state.theme = theme; recolour(); }
  }, { once: true });
}

/** The entity chosen, or the ends of the link. */
function chosen() {
  if (state.edge !== null) return [EDGES[state.edge].from, EDGES[state.edge].to];
  return state.node === null ? [] : [state.node];
}

/** The view that the address says. */
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

step = history.state ? history.state.step : 0;
lastStep = step;
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
showSteps();
if (spot) network.moveTo({ position: { x: spot.x, y: spot.y }, scale: spot.scale });
else if (state.focus === null && state.path === null) bringIntoSight(...chosen());
network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
