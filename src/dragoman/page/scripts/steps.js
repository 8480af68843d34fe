// What a reader does step by step: choosing, focusing, looking for a path, beginning anew.

let pathFrom = null;

/** Every change of the state goes through here: look again, draw, list, remember. */
function change(how, isStep = false) {
  how();
  refresh();
  writeHash(isStep);
}

/** Shows the state, without writing it into the address. */
function refresh() {
  lookAgain();
  redraw();
  showFilters();
  showPanel();
  showStatus();
}

/** Opens an entity or an edge, or with neither lets go; where a path was begun, the entity is its other end. */
function choose({ node = null, edge = null }) {
  if (node !== null && pathFrom !== null && pathFrom !== node) {
    finishPath(node);
    return;
  }
  change(() => Object.assign(state, { node, edge }), true);
  if (node !== null) { bringIntoSight(node); announce(`${ENTITIES[node].label} chosen`); }
  if (edge !== null) { bringIntoSight(EDGES[edge].from, EDGES[edge].to); announce("Link chosen"); }
  const title = find("panel-title");
  if (title && document.activeElement !== find("canvas")) title.focus({ preventScroll: true });
}

/** Leaves only an entity and those within `depth` steps of it in view. */
function focusOn(number, depth) {
  change(() => Object.assign(state, { focus: number, depth, node: number, edge: null, path: null }), true);
  fitView();
}

/** Everything again, without focus or path. */
function unfocus() {
  change(() => Object.assign(state, { focus: null, path: null }), true);
  fitView();
}

/** The next entity chosen ends the path that begins here; called again it forgets. */
function startPath(number) {
  pathFrom = pathFrom === number ? null : number;
  showPanel();
  showStatus();
  announce(pathFrom === null ? "" : "Choose the entity at the other end of the path");
}

/** Shows the shortest path from where it was begun to `end`, or says that there is none. */
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

/** The page as it opened, in the theme that it has now. */
function reset() {
  pathFrom = null;
  const { theme, drawn } = state;
  change(() => { state = { ...fresh(), theme, drawn }; }, true);
  putBack();
  find("document-search").value = "";
  buildDocuments.list();
  fitView();
}
