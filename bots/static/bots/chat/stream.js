// Hears what happens in a talk: by event stream, or by long polls where that fails.
const TRIES = 3;
const POLL = 25;
const STREAM_AGAIN = 60_000;

export class Stream {
  // `hears` has message, typing, state, up, down and gone.
  constructor(api, token, after, hears) {
    Object.assign(this, { api, token, after, hears });
    this.closed = false;
    this.failures = 0;
    this.wake = () => {};
    this.online = () => this.again();
    addEventListener("online", this.online);
    this.listen();
  }

  close() {
    this.closed = true;
    this.source?.close();
    this.aborter?.abort();
    this.wake();
    removeEventListener("online", this.online);
  }

  listen() {
    const query = new URLSearchParams({ token: this.token, after: this.after });
    const source = (this.source = new EventSource(`${this.api}events?${query}`));
    source.onopen = () => {
      this.failures = 0;
      this.hears.up();
    };
    source.addEventListener("message", (event) => this.take(JSON.parse(event.data)));
    source.addEventListener("typing", (event) => this.hears.typing(JSON.parse(event.data).typing));
    source.addEventListener("state", (event) => this.hears.state(JSON.parse(event.data)));
    source.onerror = () => this.stumble(source);
  }

  // Back on the network: an old stream may hang without ever failing.
  again() {
    this.wake();
    if (this.source.readyState === EventSource.CLOSED) return;
    this.source.close();
    this.listen();
  }

  take(message) {
    this.after = Math.max(this.after, message.id);
    this.hears.message(message);
  }

  // The browser connects again by itself, unless the server refused the stream.
  stumble(source) {
    if (this.closed) return;
    this.hears.down();
    this.failures += 1;
    if (source.readyState !== EventSource.CLOSED && this.failures < TRIES) return;
    source.close();
    this.poll(Date.now() + STREAM_AGAIN);
  }

  async poll(until) {
    let pause = 1000;
    while (!this.closed) {
      const answer = await this.ask();
      if (this.closed) return;
      if (answer === "gone") return this.hears.gone();
      if (answer) {
        pause = 1000;
        if (Date.now() > until) {
          this.failures = 0;
          return this.listen();
        }
      } else {
        this.hears.down();
        await this.rest(pause * (0.5 + Math.random()));
        pause = Math.min(pause * 2, 30_000);
      }
    }
  }

  async ask() {
    this.aborter = new AbortController();
    try {
      const response = await fetch(`${this.api}messages?after=${this.after}&wait=${this.up ? POLL : 0}`, {
        headers: { Authorization: `Bearer ${this.token}` },
        signal: this.aborter.signal,
      });
      if (response.status === 401) return "gone";
      if (!response.ok) return null;
      const body = await response.json();
      this.up = true;
      this.hears.up();
      body.messages.forEach((message) => this.take(message));
      this.hears.typing(body.typing);
      return body;
    } catch {
      this.up = false;
      return null;
    }
  }

  rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
