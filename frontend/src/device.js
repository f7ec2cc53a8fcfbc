// What this browser keeps for somebody while nothing can be sent: sealed with a key that the server holds for this
// person and that the page has in memory only. There lie a random name, a nonce and ciphertext of a rounded length,
// nothing else. What another person left here does not open, and is neither sent nor removed.

const PREFIX = "iopkit-kept-";
const LEAST = 4096; // bytes; each next size is twice the one before
const NONCE = 12;
const MOST = 100; // things kept in one browser, whose ever they are

/** The names under which something is kept here, by whomever. */
export function keptNames() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return []; // a browser that keeps nothing
  }
}

export function newName() {
  return PREFIX + [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Device {
  constructor() {
    this.key = null;
  }

  /** Takes the person's key, as base64; nothing can be kept where the browser cannot encrypt. */
  async unlock(secret) {
    const raw = fromBase64(secret);
    this.key = (await globalThis.crypto?.subtle?.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"])) ?? null;
    raw.fill(0);
  }

  /** Keeps plain data under a name; false when this browser has no room or no way to. */
  async write(name, data) {
    const names = keptNames();
    if (!this.key || (names.length >= MOST && !names.includes(name))) return false;
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
    const text = padded(new TextEncoder().encode(JSON.stringify(data)));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(this.how(name, nonce), this.key, text));
    const whole = new Uint8Array(NONCE + sealed.length);
    whole.set(nonce);
    whole.set(sealed, NONCE);
    try {
      localStorage.setItem(name, toBase64(whole));
      return true;
    } catch {
      return false;
    }
  }

  /** The data under a name; null for what is another's, damaged or gone. */
  async read(name) {
    try {
      const whole = fromBase64(localStorage.getItem(name));
      const how = this.how(name, whole.subarray(0, NONCE));
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, this.key, whole.subarray(NONCE))));
    } catch {
      return null;
    }
  }

  remove(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // nothing was kept
    }
  }

  /** All that this person's key opens, the oldest first: pairs of name and data. */
  async own() {
    if (!this.key) return [];
    const found = await Promise.all(keptNames().map(async (name) => [name, await this.read(name)]));
    return found.filter(([, data]) => data).sort((one, other) => one[1].at - other[1].at);
  }

  how(name, iv) {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
  }
}

/** Holds something for as long as this page lives, or until what is returned is called. */
export function hold(name) {
  let letGo = () => {};
  const held = new Promise((resolve) => (letGo = resolve));
  navigator.locks.request(name, () => held).catch(() => {});
  return letGo;
}

/** Does something with what no open page holds; false where one does. */
export function whenFree(name, act) {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    await act();
    return true;
  });
}

/** JSON with blanks behind it, up to one of few sizes. */
function padded(bytes) {
  let size = LEAST;
  while (size < bytes.length) size *= 2;
  const whole = new Uint8Array(size).fill(32);
  whole.set(bytes);
  return whole;
}

function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += LEAST) text += String.fromCharCode(...bytes.subarray(at, at + LEAST));
  return btoa(text);
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
