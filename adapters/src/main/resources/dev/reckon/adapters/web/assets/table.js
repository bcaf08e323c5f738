// Sorts, filters and pages a table that the server drew whole.

const ROWS = 25;
const FEW = 8;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export function improveTables(root) {
  for (const box of root.querySelectorAll(".table:not(.improved)")) {
    box.classList.add("improved");
    improve(box);
  }
}

/** A number as the server recognised it, whatever stands before and behind it. */
function number(text) {
  const plain = text.replace(/[−]/g, "-").replace(/[\s',_\u00a0\u202f]/g, "").replace(/[^0-9.eE+-]/g, "");
  const value = Number.parseFloat(plain);
  return /^\s*\(/.test(text) ? -value : value;
}

function improve(box) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let shown = rows;
  let page = 0;

  const tools = document.createElement("div");
  tools.className = "table-tools";
  const filter = document.createElement("input");
  filter.type = "search";
  filter.placeholder = "Filter rows";
  filter.setAttribute("aria-label", "Filter rows");
  const count = document.createElement("span");
  count.className = "count";
  count.setAttribute("role", "status");
  const back = button("←", "Previous rows", () => turn(-1));
  const on = button("→", "Next rows", () => turn(1));
  tools.append(filter, count, back, on);
  if (rows.length > FEW) {
    box.before(tools);
  }

  function button(label, name, does) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "tool";
    made.textContent = label;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", does);
    return made;
  }
  function turn(by) {
    page += by;
    draw();
    box.scrollTop = 0;
  }
  function draw() {
    const pages = Math.max(1, Math.ceil(shown.length / ROWS));
    page = Math.min(Math.max(0, page), pages - 1);
    const from = page * ROWS;
    body.replaceChildren(...shown.slice(from, from + ROWS));
    count.textContent = shown.length === 0 ? "No rows"
      : `${from + 1}–${Math.min(from + ROWS, shown.length)} of ${shown.length}`;
    back.hidden = on.hidden = pages === 1;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = rows.filter((row) => words.every((word) => texts.get(row).includes(word)));
    page = 0;
    draw();
  });
  heads.forEach((head, column) => {
    const sort = document.createElement("button");
    sort.type = "button";
    sort.append(...head.childNodes);
    head.append(sort);
    sort.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numeric = head.classList.contains("number");
      const value = (row) => row.cells[column]?.textContent ?? "";
      const compare = numeric
        ? (a, b) => compareNumbers(number(value(a)), number(value(b)))
        : (a, b) => collator.compare(value(a), value(b));
      rows.sort((a, b) => (down ? -1 : 1) * compare(a, b));
      const kept = new Set(shown);
      shown = rows.filter((row) => kept.has(row));
      page = 0;
      draw();
    });
  });
  draw();
}

/** Cells without a number come last when sorted upwards. */
function compareNumbers(a, b) {
  return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b;
}
