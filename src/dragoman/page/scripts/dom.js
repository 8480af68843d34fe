// Making elements. Strings become text nodes and nothing else: what a document says is never markup.

const SVG = "http://www.w3.org/2000/svg";
const DENIED = "#c0392b";
const find = (id) => document.getElementById(id);

/**
 * An element with attributes; `on…` adds a listener, `true` an attribute without value, null and false none.
 * @param {string} tag
 * @param {Object<string, *>} attributes
 * @param {...(Node|string|Array)} children strings become text
 * @returns {HTMLElement}
 */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(([name, value]) => {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  });
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Words of a document or a name: kept apart from what surrounds them, so that right-to-left marks reach no further. */
const said = (words) => make("bdi", { class: "said" }, String(words));

/** Puts children in the place of those that an element has. */
function fill(element, ...children) {
  element.replaceChildren(...children.flat(9).filter(Boolean));
  return element;
}

/** Outlines of the shapes of classes, 16 by 16. */
const PATHS = {
  dot: "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6z",
  square: "M3 3h10v10h-10z",
  diamond: "M8 1.2l6.8 6.8l-6.8 6.8l-6.8-6.8z",
  triangle: "M8 2l6.6 11.6h-13.2z",
  triangleDown: "M8 14l6.6-11.6h-13.2z",
  star: "M8 1l2 4.9l5.2.4l-4 3.4l1.3 5.1l-4.5-2.8l-4.5 2.8l1.3-5.1l-4-3.4l5.2-.4z",
  hexagon: "M4.4 1.8h7.2l3.6 6.2l-3.6 6.2h-7.2l-3.6-6.2z",
};

/** A small picture that is no more than 16 high; `parts` are pairs of a tag and attributes. */
function drawing(width, parts) {
  const svg = document.createElementNS(SVG, "svg");
  Object.entries({ viewBox: `0 0 ${width} 16`, width, height: 16, "aria-hidden": "true", class: "mark" })
    .forEach(([name, value]) => svg.setAttribute(name, value));
  parts.forEach(([tag, attributes]) => {
    const part = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => part.setAttribute(name, value));
    svg.append(part);
  });
  return svg;
}

/** The mark of a class, for lists. */
const classMark = (cls) => drawing(16, [["path", { d: PATHS[CLASSES[cls].shape], fill: tone(CLASSES[cls].colour) }]]);
/** How each style of line is dashed in a mark 28 wide; `data.py` says the same of the drawing. */
const DASHES = { solid: "none", dashed: "7 3.5", dotdash: "7 3 1.5 3", dotted: "2 3.5", negated: "none" };
/** A line as the drawing has it, for legends and headings. */
const lineMark = (colour, style) => drawing(28, [
  ["line", { x1: 2, x2: 26, y1: 8, y2: 8, stroke: colour, "stroke-width": 2.4, "stroke-dasharray": DASHES[style] }],
  style === "negated" && ["path", { d: "M10 4l8 8m0-8l-8 8", stroke: colour, "stroke-width": 2 }],
].filter(Boolean));

const toned = new Map();
/** The colour, lightened on dark and darkened on light until it stands out from the ground: by 3 to 1 at least. */
function tone(colour) {
  const key = colour + isDark();
  if (!toned.has(key)) {
    const ground = isDark() ? 0.012 : 0.95;
    const goal = isDark() ? 255 : 0;
    let rgb = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    for (let step = 0; step < 12 && contrast(luminance(rgb), ground) < (isDark() ? 4.2 : 3); step += 1) {
      rgb = rgb.map((part) => Math.round(part + (goal - part) * 0.12));
    }
    toned.set(key, `#${rgb.map((part) => part.toString(16).padStart(2, "0")).join("")}`);
  }
  return toned.get(key);
}
/** Relative luminance as WCAG 2.1 has it, 0 to 1, of red, green and blue up to 255. */
const luminance = (rgb) => rgb.map((part) => part / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
/** Contrast of two luminances as WCAG 2.1 has it, 1 to 21. */
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
/** A colour with an opacity of 0 to 1. */
const faded = (colour, share) => colour + Math.round(share * 255).toString(16).padStart(2, "0");

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (state.theme ? state.theme === "dark" : systemDark.matches);
/** Tells a screen reader what has happened. */
const announce = (words) => { find("live").textContent = words; };
