// What both pages need: asking the server, following a check, switching the language, forgetting a review.
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
export const one = (selector, root = document) => root.querySelector(selector);
export const english = document.documentElement.lang === "en";
export const say = (zh, en) => (english ? en : zh);

export class Refused extends Error {}

// A request that changes something: other sites cannot send this header.
export const send = async (address, { method = "POST", json, body, headers = {}, signal } = {}) => {
  const sent = { "X-Reportlint": "1", ...headers };
  if (json !== undefined) sent["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, { method, headers: sent, body: json === undefined ? body : JSON.stringify(json), signal, credentials: "same-origin" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(say("程序没有应答：命令窗口还开着吗？", "No answer: is the program still running?"));
  }
  if (answer.ok) return answer;
  let words = `${answer.status}`;
  try {
    words = (await answer.json()).error || words;
  } catch { /* not JSON: the status has to do */ }
  throw new Refused(words);
};

// Follow a check, line by line; what is at its end is where the review is.
export const follow = async (answer, tell) => {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += value || "";
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const news = JSON.parse(line);
      if (news.error) throw new Refused(news.error);
      if (news.review) return news.review;
      tell(news);
    }
    if (done) throw new Refused(say("检查中断了，请再试一次", "The check was interrupted, please try again"));
  }
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-lang], button[data-forget]");
  if (!button) return;
  if (button.dataset.lang) {
    await send("/lang", { json: { lang: button.dataset.lang } });
    location.reload();
    return;
  }
  const question = say("清除以后，这份报告和你的决定都没有了。要清除吗？", "The report and your decisions will be gone. Forget them?");
  if (!confirm(question)) return;
  await send(`/reviews/${button.dataset.forget}`, { method: "DELETE" });
  location.assign("/");
});
