// A review: the walk through the findings, the filter, and what a person decides.
import { Refused, all, follow, one, say, send } from "./common.js";

const review = document.body.dataset.review;
const bar = one(".bar");
const list = one(".list");
const cards = all(".card");
const narrow = matchMedia("(max-width: 56rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const pieces = new Map();
for (const piece of all("[data-f]")) {
  for (const id of piece.dataset.f.split(" ")) pieces.set(id, [...(pieces.get(id) || []), piece]);
}
const changed = new Map();
for (const piece of all("[data-r]")) {
  for (const id of piece.dataset.r.split(" ")) changed.set(id, [...(changed.get(id) || []), piece]);
}

const announce = (words) => {
  one("#said").textContent = "";
  requestAnimationFrame(() => { one("#said").textContent = words; });
};

// Where we are
let current = null;
const shown = () => cards.filter((card) => !card.hidden);

const light = (card, on, how) => {
  for (const piece of pieces.get(card.dataset.n) || []) piece.classList.toggle(how, on);
};

// Scrolls only what has to be: the page (or, side by side, the pane) for the text, the list for the card.
const bring = (piece, box) => {
  const way = calm.matches ? "auto" : "smooth";
  if (box && box.scrollHeight > box.clientHeight + 1) {
    const inside = piece.getBoundingClientRect();
    const around = box.getBoundingClientRect();
    const top = box.scrollTop + inside.top - around.top - Math.max(0, (around.height - inside.height) / 2);
    box.scrollTo({ top, behavior: way });
    const above = one(".bar").offsetHeight + 12;
    if (around.top > above + 1) scrollTo({ top: scrollY + around.top - above, behavior: way });
    return;
  }
  const free = narrow.matches && list ? innerHeight - list.getBoundingClientRect().height : innerHeight;
  const top = scrollY + piece.getBoundingClientRect().top - free * 0.4;
  scrollTo({ top, behavior: way });
};

const go = (card, { focus = true } = {}) => {
  if (current && current !== card) {
    light(current, false, "on");
    current.classList.remove("on");
    current.removeAttribute("aria-current");
  }
  current = card;
  light(card, true, "on");
  card.classList.add("on");
  card.setAttribute("aria-current", "true");
  if (focus) card.focus({ preventScroll: true });
  const mine = pieces.get(card.dataset.n) || [];
  const mark = mine.find((piece) => (piece.dataset.about || "").split(" ").includes(card.dataset.n));
  if (mark) bring(mark, mark.closest(".pane"));
  const last = mine.find((piece) => piece.closest("#p"));
  if (last && !narrow.matches) bring(last, last.closest(".pane"));
  const around = list.getBoundingClientRect();
  const at = card.getBoundingClientRect();
  list.scrollTo({ top: list.scrollTop + at.top - around.top - 8 });
  if (card.dataset.seen === "0") act(card, "see");
};

const step = (by) => {
  const seen = shown();
  if (!seen.length) return;
  const at = seen.indexOf(current);
  go(seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : (at + by + seen.length) % seen.length]);
};

// Decisions
const settle = (standing) => {
  for (const [number, how] of Object.entries(standing.findings)) {
    const card = one(`#c${number}`);
    if (!card) continue;
    card.dataset.state = how.state;
    card.dataset.seen = how.seen ? "1" : "0";
    one(".reason", card).textContent = how.reason;
    for (const piece of changed.get(number) || []) {
      if (piece.tagName === "INS") piece.hidden = how.state !== "accepted";
      else piece.classList.toggle("gone", piece.dataset.r.split(" ").some((id) => one(`#c${id}`)?.dataset.state === "accepted"));
    }
  }
  one("#seen").textContent = `${say("已看", "seen")} ${standing.seen}/${standing.total}`;
  one(".seen progress").value = standing.seen;
  for (const [kind, obstacle] of Object.entries(standing.downloads)) offer(kind, obstacle);
  paint();
};

const offer = (kind, obstacle) => {
  const link = one(`a[data-kind="${kind}"]`);
  if (!link) return;
  link.parentElement.querySelector("small").textContent = obstacle;
  if (obstacle) {
    link.removeAttribute("href");
    link.setAttribute("aria-disabled", "true");
  } else {
    link.href = `/reviews/${review}/${kind}`;
    link.removeAttribute("aria-disabled");
  }
  if (kind === "corrected") {
    const again = one('[data-do="again"]');
    if (again) again.hidden = Boolean(obstacle);
  }
};

// One after the other: an answer that comes late must not undo what a later one said.
let before = Promise.resolve();
const act = (card, what, reason) => (before = before.then(() => acted(card, what, reason)));

const acted = async (card, what, reason) => {
  try {
    const answer = await send(`/reviews/${review}/findings/${card.dataset.n}`, { json: { do: what, ...(reason ? { reason } : {}) } });
    settle(await answer.json());
  } catch (error) {
    warn(error);
    return false;
  }
  const words = { accept: say("已采用修改", "fix accepted"), ignore: say("已忽略", "ignored"), reopen: say("已撤销", "taken back") }[what];
  if (words) announce(`${card.dataset.n}：${words}`);
  return true;
};

const warn = (error) => {
  const words = error instanceof Refused ? error.message : String(error);
  const box = one("#warning") || document.body.appendChild(Object.assign(document.createElement("div"), { id: "warning" }));
  box.setAttribute("role", "alert");
  box.textContent = words;
  box.hidden = false;
  clearTimeout(warn.timer);
  warn.timer = setTimeout(() => { box.hidden = true; }, 8000);
};

// After a decision the next open finding is what comes.
const onward = (card) => {
  const rest = shown();
  const behind = [...rest.slice(rest.indexOf(card) + 1), ...rest];
  const next = behind.find((each) => each.dataset.state === "open" && each !== card);
  if (next) go(next);
  else card.focus({ preventScroll: true });
};

const accept = async (card) => {
  if (card.dataset.state !== "open" || !one('[data-act="accept"]', card)) return;
  if (await act(card, "accept")) onward(card);
};

const dialog = one("#reason");
let about = null;
const ask = (card) => {
  if (card.dataset.state !== "open") return;
  about = card;
  one("#about").textContent = one(".words", card).textContent;
  one("#why").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  one("#why").focus();
};
dialog.addEventListener("close", async () => {
  const reason = one("#why").value.trim();
  if (dialog.returnValue !== "ignore" || !about) return;
  if (reason && (await act(about, "ignore", reason))) onward(about);
});
one("#why").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) one('button[value="ignore"]', dialog).click();
});

// The filter
const filter = one(".filter");
const paint = () => {
  if (!filter) return;
  const on = new Set(all("input:checked", filter).map((box) => `${box.name}:${box.value}`));
  const visible = new Set();
  for (const card of cards) {
    const keep = ["level", "family", "state"].every((name) => on.has(`${name}:${card.dataset[name]}`));
    card.hidden = !keep;
    if (keep) visible.add(card.dataset.n);
  }
  for (const piece of all("[data-f]")) {
    piece.classList.toggle("off", !piece.dataset.f.split(" ").some((id) => visible.has(id)));
  }
  one("#none").hidden = visible.size > 0;
  one("output", filter).textContent = visible.size === cards.length ? "" : say(`显示 ${visible.size}/${cards.length}`, `${visible.size} of ${cards.length} shown`);
  if (current?.hidden) {
    light(current, false, "on");
    current.classList.remove("on");
    current = null;
  }
};

// What is clicked
document.addEventListener("click", async (event) => {
  const target = event.target;
  const button = target.closest("button");
  const card = target.closest(".card");
  if (button?.dataset.do) return press(button);
  if (button?.dataset.rule) return one(`#rule-${CSS.escape(button.dataset.rule)}`)?.showModal();
  if (button?.dataset.act && card) {
    if (button.dataset.act === "accept") return accept(card);
    if (button.dataset.act === "ignore") return ask(card);
    if (await act(card, "reopen")) go(card);
    return undefined;
  }
  const link = target.closest(".places a");
  if (link && card) {
    event.preventDefault();
    go(card, { focus: false });
    const row = one(link.getAttribute("href"));
    const place = row && (one(`[data-f~="${card.dataset.n}"].place, [data-f~="${card.dataset.n}"]`, row) || row);
    if (place) bring(place, place.closest(".pane"));
    link.focus({ preventScroll: true });
    return undefined;
  }
  if (target.closest("[aria-disabled=true]")) return event.preventDefault();
  const mark = target.closest("mark[data-about]");
  if (mark) {
    const ids = mark.dataset.about.split(" ");
    const at = ids.indexOf(current?.dataset.n);
    const wanted = shown().find((each) => each.dataset.n === ids[(at + 1) % ids.length]) || shown().find((each) => ids.includes(each.dataset.n));
    if (wanted) go(wanted);
    return undefined;
  }
  if (card && !target.closest("button, a") && !String(getSelection())) go(card);
  return undefined;
});

const press = async (button) => {
  const what = button.dataset.do;
  if (what === "next") step(1);
  if (what === "previous") step(-1);
  if (what === "help") one("#help").showModal();
  if (what === "safe") {
    try {
      const standing = await (await send(`/reviews/${review}/safe`, { json: {} })).json();
      settle(standing);
      const count = Object.keys(standing.findings).length;
      announce(say(`采用了 ${count} 处`, `${count} fixes accepted`));
    } catch (error) {
      warn(error);
    }
  }
  if (what === "again") {
    button.disabled = true;
    try {
      await follow(await send(`/reviews/${review}/again`, { json: {} }), (news) => announce(news.stage));
      location.reload();
    } catch (error) {
      button.disabled = false;
      warn(error);
    }
  }
};

for (const card of cards) {
  card.addEventListener("mouseenter", () => light(card, true, "near"));
  card.addEventListener("mouseleave", () => light(card, false, "near"));
}

// Keys, unless somebody writes or has switched them off
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])") || !one("#keys").checked) return;
  const on = current && !current.hidden ? current : null;
  if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "a" && on) accept(on);
  else if (event.key === "i" && on) ask(on);
  else if (event.key === "u" && on) act(on, "reopen");
  else if (event.key === "f" && filter) {
    filter.open = true;
    list.scrollTo({ top: 0 });
    one("input", filter).focus();
  } else if (event.key === "?") one("#help").showModal();
  else return;
  event.preventDefault();
});

if (filter) {
  filter.open = !narrow.matches;
  filter.addEventListener("change", paint);
  const corrected = one('a[data-kind="corrected"]');
  const again = one('[data-do="again"]');
  if (again && corrected) again.hidden = corrected.hasAttribute("aria-disabled");
  paint();
}
document.body.dataset.ready = "1";
