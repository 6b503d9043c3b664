// The list of lines: in order, each once, grouped, with days, scrolled as one reads.
import { line, mark } from "./line.js";

const GROUP = 3 * 60_000;
const NEAR = 80;

export class Log {
  constructor(list, scroll, below, say) {
    Object.assign(this, { list, scroll, below, say });
    this.byId = new Map();
    this.pending = new Map();
    this.agent = "";
    scroll.addEventListener("scroll", () => this.near() && (below.hidden = true), { passive: true });
    below.addEventListener("click", () => this.toEnd());
  }

  get last() {
    return Math.max(0, ...this.byId.keys());
  }

  clear() {
    this.list.replaceChildren();
    this.byId.clear();
    this.pending.clear();
    this.below.hidden = true;
  }

  // A message from the server; whether it was new to this page.
  add(message, press) {
    if (this.byId.has(message.id)) return false;
    const mine = message.sender === "shopper" && this.waiting(message.text);
    if (mine) {
      this.settle(mine, message.id);
      return false;
    }
    const stay = this.near();
    const made = line(message, this.name(message.sender), this.say, press);
    made.classList.add("appear");
    this.insert(made, message.id);
    this.tidy();
    if (stay) this.toEnd();
    else this.below.hidden = false;
    return true;
  }

  // Something of one's own that is on its way.
  queue(item) {
    const made = line({ sender: "shopper", text: item.label, sent_at: item.at }, this.say.you, this.say);
    made.classList.add("pending", "appear");
    mark(made, navigator.onLine ? this.say.sending : this.say.queued);
    made.dataset.label = item.label;
    this.pending.set(item.id, made);
    this.list.append(made);
    this.tidy();
    this.toEnd();
  }

  settle(key, id) {
    const made = this.pending.get(key);
    if (!made) return;
    this.pending.delete(key);
    if (this.byId.has(id)) return made.remove();
    made.classList.remove("pending", "failed", "appear");
    mark(made, new Date(made.dataset.at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" }));
    this.insert(made, id);
    this.tidy();
  }

  fail(key, reason, retry) {
    const made = this.pending.get(key);
    if (!made) return;
    made.classList.add("failed");
    made.classList.remove("pending");
    mark(made, reason, this.say.retry, () => {
      made.classList.replace("failed", "pending");
      mark(made, this.say.sending);
      retry();
    });
  }

  waiting(text) {
    for (const [key, made] of this.pending) if (made.dataset.label.trim() === text) return key;
    return null;
  }

  name(sender) {
    if (sender === "agent") return this.agent || this.say.agent;
    return { shopper: this.say.you, bot: this.say.assistant }[sender] ?? this.say.system;
  }

  // Behind the last line with a lower id; what waits stays at the end.
  insert(made, id) {
    let before = null;
    for (let each = this.list.lastElementChild; each; each = each.previousElementSibling) {
      if (each.dataset.id && Number(each.dataset.id) < id) break;
      if (each !== made) before = each;
    }
    made.dataset.id = id;
    this.byId.set(id, made);
    // A line that stands right is left alone: moving it would read it out again.
    if (made.parentElement !== this.list || made.nextElementSibling !== before) this.list.insertBefore(made, before);
  }

  tidy() {
    const lines = [...this.list.children];
    const answered = lines.findLastIndex((each) => each.dataset.sender === "shopper");
    lines.forEach((each, place) => {
      const previous = lines[place - 1];
      const next = lines[place + 1];
      each.classList.toggle("first", !together(previous, each));
      each.classList.toggle("last", !together(each, next));
      const day = this.day(each.dataset.at);
      if (!previous || this.day(previous.dataset.at) !== day) each.dataset.day = day;
      else delete each.dataset.day;
      // Choices are for now: an answer closes them.
      if (place < answered) each.querySelector(".chips")?.remove();
    });
  }

  day(at) {
    const date = new Date(at);
    const midnight = new Date().setHours(0, 0, 0, 0);
    if (date >= midnight) return this.say.today;
    if (date >= midnight - 86_400_000) return this.say.yesterday;
    return date.toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric", year: "numeric" });
  }

  near() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.below.hidden = true;
  }
}

function together(one, other) {
  if (!one || !other || one.dataset.sender !== other.dataset.sender) return false;
  return new Date(other.dataset.at) - new Date(one.dataset.at) < GROUP;
}
