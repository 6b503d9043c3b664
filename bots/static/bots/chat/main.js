// The page: ties the talk to what is seen and pressed.
import { Log } from "./log.js";
import { listen, tell } from "./frame.js";
import { Talk } from "./talk.js";

const TYPED_EVERY = 3000;
const BANNER_AFTER = 3000;

const find = (id) => document.getElementById(id);
const say = JSON.parse(find("words").textContent);
const { api, language } = document.body.dataset;
const text = find("text");
const title = document.title;

const log = new Log(find("log"), find("scroll"), find("below"), say);
let unread = 0;
let readUpTo = 0;
let typedAt = 0;
let trouble = 0;
// Whether what comes is said now: first comes what was said before this page opened.
let live = false;

const page = {
  queued(item) {
    find("welcome").hidden = true;
    log.queue(item);
    if (item.failed) page.failed(item);
  },
  sent: (item, id) => log.settle(item.id, id),
  failed: (item, status) =>
    log.fail(item.id, status === 413 || status === 422 ? say.tooLong : say.failed, () => talk.retry(item.id)),
  slowed: () => banner(say.slowDown),
  closed: () => banner(say.closed),
  message(message) {
    find("welcome").hidden = true;
    if (!log.add(message, (value, label) => talk.send(value, label))) return;
    if (message.sender !== "shopper") find("typing").hidden = true;
    if (live && message.sender !== "shopper" && !attentive()) count(unread + 1);
    markRead();
  },
  typing(on) {
    catchUp();
    const stay = log.near();
    find("typing").hidden = !on;
    if (stay) log.toEnd();
  },
  state({ owner, read, agent }) {
    readUpTo = Math.max(readUpTo, read);
    log.agent = agent;
    find("state-text").textContent =
      owner === "bot" ? say.bot : agent ? say.person.replace("{name}", agent) : say.waiting;
    catchUp();
  },
  up() {
    clearTimeout(trouble);
    trouble = 0;
    banner("");
    document.body.classList.remove("down");
  },
  down() {
    find("typing").hidden = true;
    trouble ||= setTimeout(() => {
      document.body.classList.add("down");
      banner(navigator.onLine ? say.reconnecting : say.offline);
    }, BANNER_AFTER);
  },
  cleared() {
    log.clear();
    count(0);
    readUpTo = 0;
    page.up();
    find("typing").hidden = true;
    find("welcome").hidden = false;
    find("state-text").textContent = say.bot;
  },
};

const talk = new Talk(api, language, page);

function banner(words) {
  find("banner").textContent = words;
  find("banner").hidden = !words;
}

// From now on, new lines are read out and counted.
function catchUp() {
  live = true;
  find("log").setAttribute("aria-live", "polite");
}

const attentive = () => !document.hidden && document.hasFocus();

function count(number) {
  unread = number;
  document.title = number ? `(${number}) ${title}` : title;
  tell({ type: "unread", count: number });
}

function markRead() {
  if (!attentive()) return;
  if (unread) count(0);
  if (log.last <= readUpTo) return;
  readUpTo = log.last;
  talk.read(readUpTo);
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
}

function submit(event) {
  event?.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  talk.send(words);
  text.value = "";
  typedAt = 0;
  grow();
  text.focus();
}

find("composer").addEventListener("submit", submit);
text.addEventListener("input", () => {
  grow();
  if (!text.value.trim() || Date.now() - typedAt < TYPED_EVERY) return;
  typedAt = Date.now();
  talk.typed();
});
text.addEventListener("keydown", (event) => {
  // While an input method composes, Enter chooses characters.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
});
find("welcome").addEventListener("click", (event) => {
  const chip = event.target.closest(".chip");
  if (chip) talk.send(chip.textContent.trim());
});
find("renew").addEventListener("click", () => {
  if (!find("log").children.length) return text.focus();
  find("sure").returnValue = "";
  find("sure").showModal();
});
find("sure").addEventListener("close", () => {
  if (find("sure").returnValue === "yes") talk.reset();
  text.focus();
});
addEventListener("focus", markRead);
document.addEventListener("visibilitychange", markRead);
addEventListener("offline", () => page.down());

listen({
  identify: (customer) => talk.identify(customer),
  opened: () => text.focus(),
});
find("hide")?.addEventListener("click", () => tell({ type: "hide" }));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !find("sure").open) tell({ type: "hide" });
});

talk.resume();
if (!("embedded" in document.body.dataset) && matchMedia("(pointer: fine)").matches) text.focus();
