// The start page: files dropped or chosen, text pasted, the check followed.
import { Refused, all, follow, one, say, send } from "./common.js";

const form = one("#start");
const pasted = one("#pasted");
const progress = one("#progress");
const bar = one("progress", progress);
const status = one("p", progress);
const problem = one("#problem");
const cancel = one("#cancel");
const most = Number(form.dataset.most);
const files = new Map();
let stop = null;

const complain = (words) => {
  problem.textContent = words;
  problem.hidden = !words;
  if (words) problem.focus();
};

const choose = (zone, file) => {
  complain("");
  const chosen = one(".chosen", zone);
  if (file) files.set(zone.dataset.role, file);
  else files.delete(zone.dataset.role);
  chosen.hidden = !file;
  zone.classList.toggle("full", Boolean(file));
  one("span", chosen).textContent = file ? `${file.name}（${size(file.size)}）` : "";
  if (file && file.size > most) complain(say(`${file.name} 超过 ${size(most)}，不会是一份报告`, `${file.name} is larger than ${size(most)}`));
  if (zone.dataset.role === "report") pasted.disabled = Boolean(file);
  if (file) one("button[type=submit]", form).focus();
};

const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

for (const zone of all(".zone")) {
  const input = one("input", zone);
  input.addEventListener("change", () => input.files.length && choose(zone, input.files[0]));
  one(".chosen button", zone).addEventListener("click", () => {
    input.value = "";
    choose(zone, null);
    input.focus();
  });
}

const zoneOf = (event) => event.target.closest?.(".zone") || one('.zone[data-role="report"]');
const lit = (zone) => all(".zone").forEach((each) => each.classList.toggle("over", each === zone));
document.addEventListener("dragover", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  event.preventDefault();
  lit(zoneOf(event));
});
document.addEventListener("dragleave", (event) => event.relatedTarget || lit(null));
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  lit(null);
  if (event.dataTransfer.files.length > 1) complain(say("一次查一份：只取了第一个文件", "One at a time: the first file was taken"));
  choose(zoneOf(event), event.dataTransfer.files[0]);
});

const tell = (news) => {
  status.textContent = news.stage;
  if (news.share === undefined) bar.removeAttribute("value");
  else bar.value = news.share;
};

const upload = async (role, file, name, signal) => {
  if (file.size > most) throw new Refused(say(`${name} 超过 ${size(most)}，不会是一份报告`, `${name} is larger than ${size(most)}`));
  tell({ stage: say(`正在交给本机的程序：${name}`, `handing over ${name}`) });
  const headers = { "X-File-Name": encodeURIComponent(name.toWellFormed ? name.toWellFormed().slice(-300) : name.slice(-300)), "Content-Type": "application/octet-stream" };
  return (await (await send(`/uploads/${role}`, { body: file, headers, signal })).json()).upload;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (stop) return;
  complain("");
  const given = new Map(files);
  if (!given.has("report") && pasted.value.trim()) {
    const name = say("粘贴的文字.txt", "pasted text.txt");
    given.set("report", new File([pasted.value], name, { type: "text/plain" }));
  }
  if (!given.has("report")) {
    complain(say("请先选择要查的报告，或粘贴文字", "Choose a report first, or paste its text"));
    return;
  }
  stop = new AbortController();
  form.classList.add("busy");
  progress.hidden = cancel.hidden = false;
  try {
    const wanted = {};
    for (const [role, file] of given) wanted[role] = await upload(role, file, file.name, stop.signal);
    const review = await follow(await send("/reviews", { json: wanted, signal: stop.signal }), tell);
    location.assign(`/reviews/${review}`);
    return;
  } catch (error) {
    if (error.name !== "AbortError") complain(error instanceof Refused ? error.message : String(error));
  } finally {
    stop = null;
    form.classList.remove("busy");
    progress.hidden = cancel.hidden = true;
  }
});
cancel.addEventListener("click", () => stop?.abort());
// Coming back with the browser's own button shows the page as it was left.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
