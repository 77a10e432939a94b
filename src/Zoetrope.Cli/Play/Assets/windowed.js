// A list of any length, of which only what is seen, and a little around it, is in the document. What is not there is room, as high as it was when it was.

// The items that come and go together.
const size = 20;

// How far beyond the window there still are rows, in pixels.
const around = 1000;

// The height of a row that was never there, in pixels.
const guess = 50;

// Rows are made by makeRow(item), and made anew when they are seen again: what is to stay is in the item. A row has a node, and the item that it shows.
export function windowedList(list, makeRow, signal) {
  const blocks = [];
  let items = 0, isWhole = false, isWaiting = false, width = innerWidth;
  const later = () => {
    if (isWaiting)
      return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      if (!signal.aborted)
        update();
    });
  };
  addEventListener("scroll", later, { passive: true, signal });
  addEventListener("resize", later, { signal });
  return { add, focus, rows: allRows };

  // Adds items at the end; it is known whether they are the last ones.
  function add(more, areLast) {
    isWhole = areLast;
    for (const item of more) {
      let last = blocks.at(-1);
      if (last === undefined || last.items.length === size)
        blocks.push(last = { from: items, items: [], rows: null, height: 0 });
      last.items.push(item);
      items++;
      if (last.rows !== null)
        show(last, last.items.length - 1, null);
      else
        last.height += guess;
    }
    if (isWhole)
      allRows().forEach(row => row.node.setAttribute("aria-setsize", String(items)));
    update({ isLonger: true });
  }

  function focus(index, selector) {
    const block = blocks[Math.floor(index / size)];
    update({ wanted: block });
    block?.rows[index % size]?.node.querySelector(selector)?.focus();
  }

  function allRows() {
    return blocks.flatMap(block => block.rows ?? []);
  }

  // What has the focus stays, wherever it is.
  function update({ wanted = null, isLonger = false } = {}) {
    const isResized = measure();
    let top = list.getBoundingClientRect().top;
    const isKept = blocks.map(block => {
      const from = top;
      top += block.height;
      return block === wanted || (top > -around && from < innerHeight + around)
        || block.rows !== null && block.rows.some(row => row.node.contains(document.activeElement));
    });
    if (!isResized && !isLonger && blocks.every((block, index) => isKept[index] === (block.rows !== null)))
      return;
    const seen = blocks.filter((block, index) => isKept[index] && block.rows !== null).flatMap(block => block.rows)
      .find(row => row.node.getBoundingClientRect().bottom > 0);
    const before = seen?.node.getBoundingClientRect().top;
    blocks.forEach((block, index) => {
      if (!isKept[index] && block.rows !== null) {
        block.rows.forEach(row => row.node.remove());
        block.rows = null;
      }
    });
    let next = null;
    for (let index = blocks.length - 1; index >= 0; index--) {
      const block = blocks[index];
      if (!isKept[index])
        continue;
      if (block.rows === null) {
        block.rows = [];
        block.items.forEach((_, position) => show(block, position, next));
      }
      next = block.rows[0].node;
    }
    makeRoom();
    // What was guessed was another height: what is seen stays where it is.
    if (seen !== undefined)
      scrollBy({ top: seen.node.getBoundingClientRect().top - before, behavior: "instant" });
  }

  function show(block, position, next) {
    const row = makeRow(block.items[position]);
    row.node.setAttribute("aria-posinset", String(block.from + position + 1));
    row.node.setAttribute("aria-setsize", isWhole ? String(items) : "-1");
    block.rows.push(row);
    list.insertBefore(row.node, next);
  }

  // Whether the window has another width. Rows of another width have another height: those that are not there are as high as those that are.
  function measure() {
    const shown = blocks.filter(block => block.rows !== null);
    for (const block of shown)
      block.height = block.rows.at(-1).node.getBoundingClientRect().bottom - block.rows[0].node.getBoundingClientRect().top;
    if (width === innerWidth || shown.length === 0)
      return false;
    width = innerWidth;
    const height = sum(shown, block => block.height) / sum(shown, block => block.items.length);
    for (const block of blocks.filter(one => one.rows === null))
      block.height = height * block.items.length;
    return true;
  }

  function makeRoom() {
    let room = 0;
    for (const block of blocks) {
      if (block.rows === null) {
        room += block.height;
        continue;
      }
      block.rows[0].node.style.marginTop = room === 0 ? "" : `${room}px`;
      room = 0;
    }
    list.style.paddingBottom = `${room}px`;
  }
}

const sum = (all, of) => all.reduce((total, one) => total + of(one), 0);
