// A line to the kernel behind a served page: Jupyter's websocket, spoken in JSON, kept up through cuts and restarts.
//
// states: "connecting", "open", "cut" (trying again), "renewing" (kernel gone, fetching a new one),
//         "signed-out" (somebody must sign in again), "stranger" (somebody else did), "handed" (to the partner), "stopped"

const HANDED_OVER = 4004; // the device was handed to the partner

const PING_MS = 5000;
const SILENT_MS = 8000; // no word for so long after a ping: the connection or the kernel is gone
const BACK_OFF_MS = [0, 500, 1000, 2000, 4000, 8000];

/** The page's data inside a document of ours, or null when there is none (yet). */
export function pageData(document) {
  const script = document.getElementById("iopkit-page");
  if (!script?.textContent) return null;
  try {
    const data = JSON.parse(script.textContent);
    script.textContent = ""; // the first view does not stay in the document when another one is shown
    return data;
  } catch {
    return null; // still being received
  }
}

export class Kernel {
  constructor({ kernel, model, base_url, view }, { address = location.pathname + location.search } = {}) {
    Object.assign(this, { kernel, model, base: base_url || "/", address });
    this.person = view.person;
    this.session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.state = "connecting";
    this.tries = 0;
    this.silences = 0;
    this.listeners = { reply: [], push: [], state: [], renewed: [] };
    this.onOnline = () => this.retryNow();
    this.onOffline = () => this.socket?.close();
    this.onSight = () => document.visibilityState === "visible" && this.retryNow();
  }

  on(event, listener) {
    this.listeners[event].push(listener);
  }

  off(event, listener) {
    this.listeners[event] = this.listeners[event].filter((one) => one !== listener);
  }

  emit(event, value) {
    for (const listener of this.listeners[event]) listener(value);
  }

  start() {
    addEventListener("online", this.onOnline);
    addEventListener("offline", this.onOffline);
    document.addEventListener("visibilitychange", this.onSight);
    this.connect();
  }

  stop() {
    removeEventListener("online", this.onOnline);
    removeEventListener("offline", this.onOffline);
    document.removeEventListener("visibilitychange", this.onSight);
    this.become("stopped");
    this.hangUp();
  }

  become(state) {
    if (this.state === state || this.state === "stopped") return;
    this.state = state;
    this.emit("state", state);
  }

  /** Hands an action to the kernel; false when there is no connection (the caller keeps it). */
  send(action) {
    if (this.state !== "open" || this.socket?.readyState !== WebSocket.OPEN) return false; // it may be closing already
    this.socket.send(JSON.stringify(this.frame(action)));
    return true;
  }

  frame(action) {
    return {
      channel: "shell",
      header: {
        msg_id: `${this.session}-${action.id}`,
        msg_type: "comm_msg",
        username: "",
        session: this.session,
        date: new Date().toISOString(),
        version: "5.3",
      },
      parent_header: {},
      metadata: {},
      content: { comm_id: this.model, data: { method: "custom", content: action } },
      buffers: [],
    };
  }

  connect() {
    this.hangUp();
    const url = new URL(`${this.base}api/kernels/${this.kernel}/channels`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("session_id", this.session);
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.tries = 0;
      this.become("open");
      this.ping();
    };
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = ({ code }) => {
      if (code === HANDED_OVER) this.become("handed");
      else if (this.socket === socket) this.lost();
    };
  }

  hangUp() {
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.silence = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  receive(data) {
    if (typeof data !== "string") return;
    const message = JSON.parse(data);
    const type = message.msg_type ?? message.header?.msg_type;
    const content = message.content ?? {};
    if (type === "status" && ["dead", "restarting", "autorestarting"].includes(content.execution_state)) {
      this.renew();
    } else if (type === "comm_msg" && content.comm_id === this.model && content.data?.method === "custom") {
      this.heard();
      this.take(content.data.content);
    }
  }

  /** A reply names the action it answers; what names none is a push: the kernel says it of its own accord. */
  take(reply) {
    if ((reply.reply ?? null) === null) this.emit("push", reply);
    else if (reply.reply !== this.pinged) this.emit("reply", reply);
    else if (reply.kind === "refused") this.renew(); // this login has ended
  }

  heard() {
    this.silences = 0;
    clearTimeout(this.silence);
    this.silence = null;
  }

  ping() {
    this.pinged = newId();
    this.send({ kind: "ping", id: this.pinged });
    this.silence ??= setTimeout(() => this.wentSilent(), SILENT_MS);
    this.timer = setTimeout(() => this.ping(), PING_MS);
  }

  /** First silence: perhaps the connection is dead, so make a new one. Second: the kernel is. */
  wentSilent() {
    this.silences += 1;
    this.become("cut");
    if (this.silences > 1) this.renew();
    else this.connect();
  }

  /** A connection ended, or could not be made. */
  async lost() {
    const wasOpen = this.state === "open";
    this.hangUp();
    if (this.state === "stopped") return;
    this.become("cut");
    if (!wasOpen && (await this.serverIsThere())) return this.renew();
    this.later(() => this.connect());
  }

  later(act) {
    const wait = BACK_OFF_MS[Math.min(this.tries, BACK_OFF_MS.length - 1)];
    this.tries += 1;
    this.again = act;
    clearTimeout(this.timer);
    this.timer = setTimeout(act, wait * (0.75 + Math.random() / 2));
  }

  retryNow() {
    if (!this.again || !["cut", "signed-out", "stranger"].includes(this.state)) return;
    clearTimeout(this.timer);
    this.tries = Math.min(this.tries, 1);
    this.again();
  }

  async serverIsThere() {
    try {
      return (await fetch(`${this.base}healthz`, { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  }

  /** The kernel is gone: asks for the page's own address again and goes on with the kernel behind it. */
  async renew() {
    if (this.renewing || this.state === "stopped") return;
    this.renewing = true;
    this.hangUp();
    this.become("renewing");
    try {
      await this.fetchPage();
    } catch {
      this.become("cut");
      this.later(() => this.renew());
    } finally {
      this.renewing = false;
    }
  }

  async fetchPage() {
    const response = await fetch(this.address, { redirect: "manual", cache: "no-store", headers: { Accept: "text/html" } });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.become("signed-out");
      this.tries = BACK_OFF_MS.length;
      this.later(() => this.renew());
      return;
    }
    const data = pageData(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (!data) throw new Error("no page data");
    if (data.view.person.name !== this.person.name || data.view.person.role !== this.person.role) {
      this.shutDown(data.kernel);
      this.again = () => this.renew(); // when somebody looks at the page again
      this.become("stranger");
      return;
    }
    const old = this.kernel;
    Object.assign(this, { kernel: data.kernel, model: data.model, silences: 0, again: null });
    this.become("connecting");
    this.emit("renewed", data.view);
    if (old !== this.kernel) this.shutDown(old);
    if (this.state !== "stopped") this.connect();
  }

  /** Tells the server that a kernel is no longer needed. */
  shutDown(kernel = this.kernel) {
    const form = new FormData();
    form.set("_xsrf", xsrf());
    navigator.sendBeacon(`${this.base}voila/api/shutdown/${kernel}`, form);
  }
}

/** The token that the server wants with each form, from its cookie. */
export function xsrf() {
  return document.cookie.match(/(?:^|;\s*)_xsrf=([^;]*)/)?.[1] ?? "";
}

let count = 0;

/** This page, as the store tells it from another of the same person. */
export const pageId = Date.now().toString(36) + Math.random().toString(36).slice(2, 10);

/** A message id nobody else uses. */
export function newId() {
  count += 1;
  return `${pageId}-${count.toString(36)}`;
}
