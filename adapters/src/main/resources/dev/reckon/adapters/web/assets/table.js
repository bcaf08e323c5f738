// Sorts, filters and pages a table. Of a long one the server drew the first rows only; the others are fetched when
// they are asked for.

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
  const heads = [...table.tHead.rows[0].cells];
  const numeric = heads.map((head) => head.classList.contains("number"));
  const size = Number(box.dataset.rows || ROWS);
  let all = [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent));
  let shown = all;
  let total = Number(box.dataset.total || all.length);
  let page = Number(box.dataset.page || 0);
  let drawn = page; // what of a long table the server drew
  let whole = null; // a promise of all rows, once they are asked for

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
  if (total > FEW) {
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

  /** Does something with all rows, when they are here. */
  async function withAll(does) {
    if (all.length < total) {
      whole ??= fetch(box.dataset.source, { redirect: "error" }).then((answer) => {
        if (!answer.ok) {
          throw new Error(`${answer.status}`);
        }
        return answer.json();
      });
      count.textContent = "Loading …";
      try {
        const rows = await whole;
        if (all.length < total) {
          all = shown = rows;
          total = rows.length;
          drawn = -1;
        }
      } catch {
        whole = null;
        count.textContent = "The other rows could not be loaded. Try again.";
        return;
      }
    }
    does();
    draw();
  }
  function turn(by) {
    withAll(() => {
      page += by;
      box.scrollTop = 0;
    });
  }
  function row(texts) {
    const made = document.createElement("tr");
    texts.forEach((text, column) => {
      const cell = document.createElement("td");
      if (numeric[column]) {
        cell.className = "number";
      }
      cell.textContent = text;
      made.append(cell);
    });
    return made;
  }
  function draw() {
    const most = all.length < total ? total : shown.length;
    const pages = Math.max(1, Math.ceil(most / size));
    page = Math.min(Math.max(0, page), pages - 1);
    const from = page * size;
    if (all.length >= total || drawn !== page) {
      body.replaceChildren(...shown.slice(from, from + size).map(row));
    }
    count.textContent = most === 0 ? "No rows" : `${from + 1}–${Math.min(from + size, most)} of ${most}`;
    back.hidden = on.hidden = pages === 1;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }
  filter.addEventListener("input", () => withAll(() => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = all.filter((texts) => {
      const line = texts.join("\n").toLowerCase();
      return words.every((word) => line.includes(word));
    });
    page = 0;
  }));
  heads.forEach((head, column) => {
    const sort = document.createElement("button");
    sort.type = "button";
    sort.append(...head.childNodes);
    head.append(sort);
    sort.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      withAll(() => {
        const compare = numeric[column]
          ? (a, b) => compareNumbers(number(a[column]), number(b[column]))
          : (a, b) => collator.compare(a[column], b[column]);
        const before = (a, b) => (down ? -1 : 1) * compare(a, b);
        all.sort(before);
        shown.sort(before);
        page = 0;
      });
    });
  });
  draw();
}

/** Cells without a number come last when sorted upwards. */
function compareNumbers(a, b) {
  return Number.isNaN(a) || Number.isNaN(b) ? Number(Number.isNaN(a)) - Number(Number.isNaN(b)) : a - b;
}
