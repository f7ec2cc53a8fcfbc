// Keeps what cannot be sent in this browser, sealed (device.js), and sends what an earlier page of this person left.

import { Device, hold, newName, whenFree } from "./device.js";
import { newId, pageId } from "./kernel.js";
import { Unsent } from "./views/unsent.js";

export { Device };

const SLOW_MS = 1500; // a save that is under way for longer is kept: the connection may be gone without a word
const BREATH_MS = 100; // between two writes of one draft
const DAYS = 30; // what is older is removed unsent
const AGAIN_MS = 3000;

export class Keeper {
  constructor({ device, line, outbox, router }) {
    Object.assign(this, { device, line, outbox, router, Notice: Unsent });
    this.records = new Map(); // draft → how it stands in this browser
    this.found = []; // what an earlier page left, and what became of it
    this.dropped = 0; // too old
    outbox.listeners.push(() => this.look());
    document.addEventListener("visibilitychange", () => this.look()); // a phone may end a page that is out of sight
  }

  look() {
    for (const draft of this.outbox.drafts.values()) this.lookAt(draft);
  }

  /** Keeps a draft here while it cannot be sent, until the store has answered. */
  lookAt(draft) {
    let record = this.records.get(draft);
    clearTimeout(draft.slow);
    if (record && (!draft.unsent || (draft.acks !== record.acks && this.line.state === "open"))) {
      this.drop(draft, record);
      record = null;
    }
    if (!draft.unsent) return;
    const wait = SLOW_MS - (performance.now() - (draft.flight?.since ?? performance.now()));
    const hidden = document.visibilityState === "hidden";
    if (record || hidden || draft.refusal || this.line.state !== "open" || wait <= 0) {
      this.keep(draft, record ?? this.begin(draft), hidden ? 0 : BREATH_MS);
    } else if (draft.flight) {
      draft.slow = setTimeout(() => this.lookAt(draft), wait);
    }
  }

  begin(draft) {
    const name = newName();
    const record = { name, acks: draft.acks, letGo: hold(name), timer: null, seen: "" };
    this.records.set(draft, record);
    return record;
  }

  /** Writes how a draft stands, soon; what is already written is not written again. */
  keep(draft, record, wait) {
    if (record.timer || draft.stamp === record.seen) return;
    record.timer = setTimeout(() => this.write(draft, record), wait);
  }

  async write(draft, record) {
    const { stamp, acks } = draft;
    const kept = await this.device.write(record.name, content(draft));
    record.timer = null;
    if (this.records.get(draft) !== record) return this.device.remove(record.name); // sent meanwhile
    Object.assign(record, { seen: stamp, acks });
    draft.onDevice = kept && stamp === draft.stamp;
    this.outbox.tell();
  }

  drop(draft, record) {
    clearTimeout(record.timer);
    this.records.delete(draft);
    this.device.remove(record.name);
    record.letGo();
    draft.onDevice = false;
  }

  /** Sends what earlier pages of this person left in this browser, in order; what another open page holds is its own. */
  async recover() {
    for (const [name] of await this.device.own()) {
      await whenFree(name, async () => {
        const data = await this.device.read(name); // null once the page that wrote it has sent it
        if (data) await this.take(name, data);
      });
    }
    this.outbox.tell();
  }

  async take(name, data) {
    if (Date.now() - data.at > DAYS * 86_400_000) {
      this.device.remove(name);
      this.dropped += 1;
      return;
    }
    const one = { name, data, state: "sending", why: "", items: null, both: [] };
    this.found.push(one);
    if (data.correcting && !data.messages.some((message) => message.submit)) return this.unsent(one, "correction");
    for (const message of data.messages) {
      const reply = await this.send(data, message);
      if (reply.kind !== "saved") return this.unsent(one, reply.text);
      one.both.push(...reply.conflicts);
      const held = Object.keys(reply.refused ?? {}).map((item) => item.split(/[[.]/)[0]);
      if (held.length) Object.assign(one, { items: held, why: Object.values(reply.refused)[0] });
      this.outbox.heard(data.key, reply);
    }
    one.state = one.items ? "unsent" : "sent";
    if (!one.items) this.device.remove(name);
    this.refresh(data);
  }

  /** The store's answer to one message; a busy store is asked again, what cannot be handed in yet is saved. */
  async send(data, message) {
    const action = { kind: "save", ...message, key: data.key, page: data.page, draft: !data.correcting };
    let reply = await this.router.act(action);
    while (reply.again) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      reply = await this.router.act(action);
    }
    if (reply.kind !== "refused" || !message.submit || data.correcting || !Object.keys(reply.items ?? {}).length) return reply;
    return this.send(data, { ...message, id: newId(), submit: false });
  }

  unsent(one, why) {
    Object.assign(one, { state: "unsent", why });
    this.outbox.tell();
  }

  /** What is on the page may show it otherwise now: the list of open drafts, or the entry that was handed in. */
  refresh(data) {
    const { view } = this.router;
    const handedIn = data.messages.some((message) => message.submit) && view.key === data.key;
    if (view.body.name === "home" || handedIn) this.router.act({ kind: "open", id: newId(), key: view.key });
    this.outbox.tell();
  }

  /** The person has seen it: what was sent is not told again, what was not is gone. */
  forget(one) {
    this.device.remove(one.name);
    this.found = this.found.filter((other) => other !== one);
    this.dropped = 0;
    this.outbox.tell();
  }
}

/** All that is needed to send a draft from another page, and to show it to whoever wrote it. */
function content(draft) {
  const { flight, dirty, submitting } = draft;
  const messages = flight ? [plain(flight.message)] : [];
  const rest = dirty.size > 0 || (submitting && !flight);
  if (rest && !flight?.message.submit) {
    const changed = [...dirty];
    messages.push({ id: newId(), answers: draft.answers, changed, base: draft.base, submit: submitting !== null });
  }
  const texts = draft.describe([...draft.pending]);
  return { at: Date.now(), key: draft.key, page: pageId, title: draft.title, correcting: draft.byHand, messages, texts };
}

function plain({ id, answers, changed, base, submit }) {
  return { id, answers, changed, base, submit };
}
