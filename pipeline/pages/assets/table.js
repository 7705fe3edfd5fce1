// Sorting and filtering of the table of sessions. Undefined values stay last whichever way it is sorted.
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const body = find("tbody");
const rows = all("tr", body);
const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));

function sort(button) {
  const head = button.closest("th");
  const falls = head.getAttribute("aria-sort") === "ascending";
  const place = +button.dataset.sort;
  const compare = (one, other) => {
    const [a, b] = [one, other].map((row) => row.cells[place]);
    const [left, right] = [a.dataset.key, b.dataset.key];
    if (!left || !right) return Number(!left) - Number(!right);
    const order = "number" in a.dataset ? left - right : left.localeCompare(right, undefined, { numeric: true, sensitivity: "base" });
    return falls ? -order : order;
  };
  for (const each of all("th[aria-sort]")) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falls ? "descending" : "ascending");
  body.append(...rows.sort(compare));
}

function filter() {
  const phrase = find("#search").value.trim().toLocaleLowerCase();
  const manager = find("#manager").value;
  const doubtful = find("#doubtful").checked;
  let count = 0;
  for (const row of rows) {
    row.hidden = !texts.get(row).includes(phrase) || (manager && row.dataset.manager !== manager) || (doubtful && row.dataset.doubt === "0");
    count += !row.hidden;
  }
  find("#shown").textContent = count === rows.length ? "" : `${count} of ${rows.length} shown`;
  find("#nothing").hidden = count > 0;
}

for (const button of all("[data-sort]")) button.addEventListener("click", () => sort(button));
find("#search").addEventListener("input", filter);
find("#manager").addEventListener("change", filter);
find("#doubtful").addEventListener("change", filter);
