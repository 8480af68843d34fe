// The dates of claims: bars that tell how many there are, and a slider with two ends below them.

/** Bars at most; each stands for as many of the dates. */
const BARS = 48;
const bars = Math.min(BARS, DAYS.length);
/** The bar of a date by its place in DAYS. */
const barOf = (at) => Math.floor((at * bars) / DAYS.length);

/** Draws the bars; hidden where all claims have one date. */
function buildDates() {
  find("dates").hidden = DAYS.length < 2;
  const at = new Map(DAYS.map((day, number) => [day, number]));
  const counts = new Array(bars).fill(0);
  CLAIMS.forEach((claim) => { if (claim.day) counts[barOf(at.get(claim.day))] += 1; });
  const most = Math.max(1, ...counts);
  fill(find("histogram"), counts.map((count) => {
    const bar = make("i");
    bar.style.height = `${count ? Math.max(8, 100 * Math.sqrt(count / most)) : 0}%`;
    return bar;
  }));
  ["from", "to"].forEach((end) => {
    find(end).max = DAYS.length - 1;
    find(end).addEventListener("input", (event) => change(() => {
      const to = Number(event.target.value);
      state[end] = end === "from" ? Math.min(to, state.to) : Math.max(to, state.from);
    }));
  });
}

/** The slider as the state has it. */
function showDates() {
  find("from").value = state.from;
  find("to").value = state.to;
  find("dates-now").textContent = DAYS.length ? `${DAYS[state.from]} to ${DAYS[state.to]}` : "";
  ["from", "to"].forEach((end) => find(end).setAttribute("aria-valuetext", DAYS[state[end]] || ""));
  [...find("histogram").children].forEach((bar, number) => bar.classList.toggle("out", number < barOf(state.from) || number > barOf(state.to)));
  const last = Math.max(1, DAYS.length - 1);
  find("slider").style.setProperty("--from", String(state.from / last));
  find("slider").style.setProperty("--to", String(state.to / last));
}
