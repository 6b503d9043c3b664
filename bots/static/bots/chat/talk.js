// The talk: its session, what is still to be sent, and what comes in.
import { KEY, load, save, uuid } from "./store.js";
import { Stream } from "./stream.js";

const PAUSE = 2000;
const LONGEST_PAUSE = 30_000;

export class Talk {
  // `page` has queued, sent, failed, slowed, closed, cleared and all that a stream hears.
  constructor(api, language, page) {
    Object.assign(this, { api, language, page });
    this.kept = load();
    this.customer = null;
    this.pause = PAUSE;
    this.sending = false;
    addEventListener("online", () => this.flush());
    addEventListener("storage", (event) => event.key === KEY && this.follow());
  }

  resume() {
    this.kept.queue.forEach((item) => this.page.queued(item));
    if (this.kept.token) this.connect();
    this.flush();
  }

  send(text, label = text) {
    const item = { id: uuid(), text, label, at: new Date().toISOString() };
    this.kept.queue.push(item);
    save(this.kept);
    this.page.queued(item);
    this.flush();
  }

  retry(id) {
    const item = this.kept.queue.find((one) => one.id === id);
    if (item) item.failed = false;
    this.flush();
  }

  // The shop's page says who is logged in: another person does not see this talk.
  identify(customer) {
    this.customer = customer;
    if ((customer?.ref ?? "") !== this.kept.customer && this.kept.token) this.reset();
  }

  reset() {
    this.stream?.close();
    this.stream = null;
    this.kept = { token: "", customer: "", queue: [] };
    save(this.kept);
    this.page.cleared();
  }

  typed() {
    this.post("typing", {});
  }

  read(id) {
    this.post("read", { id });
  }

  // Another tab of this browser began a talk, or ended it.
  follow() {
    const kept = load();
    if (kept.token === this.kept.token) return;
    this.stream?.close();
    this.stream = null;
    this.kept = { ...kept, queue: [] };
    this.page.cleared();
    if (kept.token) this.connect();
  }

  connect() {
    this.stream?.close();
    const page = this.page;
    this.stream = new Stream(this.api, this.kept.token, 0, {
      message: (message) => page.message(message),
      typing: (on) => page.typing(on),
      state: (state) => page.state(state),
      up: () => {
        page.up();
        this.flush();
      },
      down: () => page.down(),
      gone: () => this.lose(),
    });
  }

  // The server does not know the session any more; what waits goes to a new one.
  lose() {
    this.stream?.close();
    this.stream = null;
    this.kept.token = "";
    save(this.kept);
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      let item;
      while ((item = this.kept.queue.find((one) => !one.failed))) {
        if (!(await this.deliver(item))) break;
        this.pause = PAUSE;
      }
    } finally {
      this.sending = false;
    }
  }

  // Whether to go on with the next.
  async deliver(item) {
    if (!this.kept.token && !(await this.begin())) return false;
    const response = await this.post("messages", { client_id: item.id, text: item.text });
    if (response?.status === 202) {
      this.done(item, (await response.json()).id);
      this.page.up();
      return true;
    }
    if (response?.status === 401) {
      this.lose();
      return this.deliver(item);
    }
    if (response && response.status < 500 && response.status !== 429) {
      item.failed = true;
      save(this.kept);
      this.page.failed(item, response.status);
      return true;
    }
    this.later(response);
    return false;
  }

  async begin() {
    const response = await this.post("sessions", {
      language: this.language,
      ...(this.customer ? { customer: this.customer } : {}),
    });
    if (response?.status === 201) {
      this.kept.token = (await response.json()).token;
      this.kept.customer = this.customer?.ref ?? "";
      save(this.kept);
      this.connect();
      return true;
    }
    if (response?.status === 403 && this.customer) {
      // The proof is wrong or old: talk as a visitor.
      this.customer = null;
      return this.begin();
    }
    this.later(response);
    return false;
  }

  done(item, id) {
    this.kept.queue = this.kept.queue.filter((one) => one.id !== item.id);
    save(this.kept);
    this.page.sent(item, id);
  }

  later(response) {
    const asked = Number(response?.headers.get("Retry-After")) * 1000;
    if (response?.status === 429) this.page.slowed();
    else if (response?.status === 503) this.page.closed();
    else this.page.down();
    this.timer = setTimeout(() => this.flush(), asked || this.pause * (0.5 + Math.random()));
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }

  // The response, or null where the network did not carry it.
  async post(path, body) {
    const headers = { "Content-Type": "application/json" };
    if (this.kept.token) headers.Authorization = `Bearer ${this.kept.token}`;
    else if (path !== "sessions") return null;
    try {
      return await fetch(this.api + path, { method: "POST", headers, body: JSON.stringify(body) });
    } catch {
      return null;
    }
  }
}
