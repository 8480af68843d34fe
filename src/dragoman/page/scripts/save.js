// What can be taken along: a picture of the view, a table of its claims.

/** Hands a file to the reader. */
function save(name, blob) {
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** The title of the page as the name of a file. */
const fileName = () => document.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60).toLowerCase() || "graph";

/** A copy of what is drawn, on its ground. */
function picture() {
  const drawn = find("canvas").querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = drawn.width;
  copy.height = drawn.height;
  const pen = copy.getContext("2d");
  pen.fillStyle = GROUND[themeName()];
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  return copy;
}

function savePicture() {
  picture().toBlob((blob) => { save(`${fileName()}.png`, blob); announce("Picture saved"); });
}

/** CSV (RFC 4180), a line for each quote. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function table() {
  const rows = [["claim", "subject", "property", "object", "modality", "date", "said by", "confidence", "documents", "disputed", "document", "document date", "quote", "subject id", "object id"]];
  [...view.claims].sort((a, b) => a - b).forEach((at) => {
    const claim = CLAIMS[at];
    const [subject, object] = [ENTITIES[claim.s], ENTITIES[claim.o]];
    claim.ev.forEach(([doc, , exact]) => rows.push([claim.id, subject.label, PROPERTIES[claim.p].label, object.label, MODALITIES[claim.mod].id, claim.date,
      claim.by >= 0 ? ENTITIES[claim.by].label : "", claim.conf, claim.docs.length, claim.against.length ? "yes" : "", DOCUMENTS[doc].name, DOCUMENTS[doc].date, exact, subject.id, object.id]));
  });
  const cell = (value) => {
    const words = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(words) ? `"${words.replace(/"/g, '""')}"` : words;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function saveTable() {
  save(`${fileName()}.csv`, new Blob([table()], { type: "text/csv;charset=utf-8" }));
  announce(`${plural(view.claims.size, "claim")} saved`);
}
