"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const bar = document.querySelector(".bar");
  const help = document.querySelector("dialog");
  const notes = all(".note");
  if (!bar || !notes.length) return;
  bar.hidden = false;
  const count = bar.querySelector("output");
  const pieces = new Map();
  for (const piece of all("[data-f]")) {
    for (const id of piece.dataset.f.split(" ")) pieces.set(id, [...(pieces.get(id) || []), piece]);
  }
  let current = -1;
  const shown = () => notes.filter((note) => !note.classList.contains("gone"));

  const light = (note, on) => {
    note.classList.toggle("on", on);
    for (const piece of pieces.get(note.dataset.n) || []) piece.classList.toggle("on", on);
  };
  const tell = () => {
    const seen = shown();
    const at = seen.indexOf(notes[current]);
    count.textContent = `${at < 0 ? "–" : at + 1} / ${seen.length}`;
  };
  const go = (note) => {
    if (current >= 0) light(notes[current], false);
    current = notes.indexOf(note);
    light(note, true);
    note.tabIndex = -1;
    note.focus({ preventScroll: true });
    ((pieces.get(note.dataset.n) || []).find((piece) => piece.tagName === "MARK") || note).scrollIntoView({ block: "center" });
    tell();
  };
  const step = (by) => {
    const seen = shown();
    if (!seen.length) return;
    let at = seen.indexOf(notes[current]);
    at = at < 0 ? (by > 0 ? 0 : seen.length - 1) : (at + by + seen.length) % seen.length;
    go(seen[at]);
  };
  const filter = () => {
    const on = new Set(all("input:checked", bar).map((box) => `${box.name}:${box.value}`));
    const visible = new Set();
    for (const note of notes) {
      const keep = on.has(`level:${note.dataset.level}`) && on.has(`family:${note.dataset.family}`);
      note.classList.toggle("gone", !keep);
      if (keep) visible.add(note.dataset.n);
    }
    for (const mark of all("mark, .place")) {
      mark.classList.toggle("off", !mark.dataset.f.split(" ").some((id) => visible.has(id)));
    }
    for (const link of all("sup a")) link.classList.toggle("gone", !visible.has(link.dataset.n));
    if (current >= 0 && notes[current].classList.contains("gone")) {
      light(notes[current], false);
      current = -1;
    }
    tell();
  };
  bar.addEventListener("change", filter);
  bar.addEventListener("click", (event) => {
    const to = event.target.dataset.do;
    if (to === "next") step(1);
    if (to === "previous") step(-1);
    if (to === "help") help.showModal();
  });
  for (const note of notes) {
    note.addEventListener("mouseenter", () => light(note, true));
    note.addEventListener("mouseleave", () => notes[current] !== note && light(note, false));
  }
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark) return;
    const note = shown().find((one) => mark.dataset.f.split(" ").includes(one.dataset.n));
    if (note) go(note);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "f") bar.querySelector("input").focus();
    else if (event.key === "?") help.showModal();
    else return;
    event.preventDefault();
  });
  filter();
})();
