// The desk in the browser: fetches a part anew when the stream says that it changed.
import { Composer } from "./composer.js";
import { act, listen, part } from "./server.js";

const NEAR = 120;
// Waiting times grow although nothing happens.
const QUEUE_AGAIN = 30_000;
const ALARM_AFTER = 4000;

const find = (id) => document.getElementById(id);
const say = JSON.parse(find("words").textContent);
const { events, talk, tab } = document.body.dataset;
const title = document.title;
let ending = null;
let trouble = 0;

function alarm(words) {
  find("alert").textContent = words;
  find("alert").hidden = !words;
}

// One refresh of a part at a time; what comes meanwhile is one more.
function refresher(name, show) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      const html = await part(name);
      if (html !== null) show(html);
    }
    running = false;
  };
}

const queue = refresher("queue", (html) => {
  const top = find("rows").scrollTop;
  const focused = document.activeElement?.dataset?.talk;
  find("queue").innerHTML = html;
  find("rows").scrollTop = top;
  if (focused) find("rows").querySelector(`[data-talk="${focused}"]`)?.focus();
  count();
});

const open = refresher("talk", (html) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const shown = find("talk");
  const next = fresh.getElementById("talk");
  const lines = find("lines");
  const stay = lines.scrollHeight - lines.scrollTop - lines.clientHeight < NEAR;
  find("side").replaceChildren(...fresh.getElementById("side").childNodes);
  if (shown.dataset.state !== next.dataset.state) {
    shown.replaceWith(next);
    begin();
    return;
  }
  find("head").replaceChildren(...fresh.getElementById("head").childNodes);
  merge(lines, fresh.getElementById("lines"));
  if (stay) toEnd();
});

// Only what differs is touched: a screen reader hears the new lines, not all of them.
function merge(shown, fresh) {
  const next = [...fresh.children];
  next.forEach((line, place) => {
    const old = shown.children[place];
    if (!old) shown.append(line);
    else if (!old.isEqualNode(line)) old.replaceWith(line);
  });
  while (shown.children.length > next.length) shown.lastElementChild.remove();
}

function toEnd() {
  find("lines").scrollTop = find("lines").scrollHeight;
}

function count() {
  const free = Number(find("rows").dataset.free);
  document.title = free ? `(${free}) ${title}` : title;
}

function done(wrong) {
  alarm(wrong ? say[wrong] : "");
  queue();
  if (talk) open();
  if (!wrong && talk) toEnd();
}

async function press(button) {
  button.disabled = true;
  done(await act(button.dataset.act));
  button.disabled = false;
}

function ask(button) {
  ending = button.dataset.close;
  find("close-title").textContent = button.dataset.title;
  find("close-yes").textContent = button.dataset.yes;
  find("note").value = "";
  find("close").returnValue = "";
  find("close").showModal();
}

function details(button) {
  const shown = find("side").classList.toggle("shown");
  button.setAttribute("aria-expanded", String(shown));
}

function begin() {
  if (!talk) return;
  toEnd();
  const form = find("composer");
  if (!form) return;
  new Composer(form, talk, done);
  if (matchMedia("(pointer: fine)").matches) find("text").focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.act) press(button);
  else if (button?.dataset.close) ask(button);
  else if (button?.id === "details") details(button);
});
find("close").addEventListener("close", async () => {
  if (find("close").returnValue === "yes") done(await act(ending, { note: find("note").value }));
});

begin();
count();
setInterval(queue, QUEUE_AGAIN);
listen(`${events}?talk=${talk}`, {
  up() {
    clearTimeout(trouble);
    trouble = 0;
    document.body.classList.remove("down");
    if (find("alert").textContent === say.offline) alarm("");
  },
  down() {
    // A stream ends from time to time, and begins again at once.
    trouble ||= setTimeout(() => {
      document.body.classList.add("down");
      alarm(say.offline);
    }, ALARM_AFTER);
  },
  tickets: () => tab !== "bot" && queue(),
  talks: () => tab === "bot" && queue(),
  talk: () => talk && open(),
  typing({ typing }) {
    const mark = find("typing");
    if (mark) mark.hidden = !typing;
  },
});
