// Sends what the device holds, one after the other: the same key twice is one observation.

const PATIENCE = 20000; // milliseconds
export const SENT = "sent";
export const REFUSED = "refused"; // understood, and the answer is no: to be put right
export const EXPIRED = "expired"; // nobody, or somebody else, is signed in
export const ABSENT = "absent"; // no network: it will be tried again
export const FAILED = "failed"; // the server could not take this one: it will be tried again

async function call(address, options = {}) {
  try {
    const answer = await fetch(address, {
      headers: { Accept: "application/json", ...options.headers },
      method: options.method ?? "GET",
      body: options.body,
      redirect: "manual",
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect" || answer.status === 401) return { outcome: EXPIRED };
    if (answer.status === 429) return { outcome: ABSENT };
    if (answer.status >= 500) return { outcome: FAILED };
    if (answer.status === 403) return { outcome: REFUSED, status: 403, body: {} };
    if (answer.status === 404) return { outcome: REFUSED, status: 404, body: {} };
    const body = await answer.json();
    if (answer.ok) return { outcome: SENT, body };
    return { outcome: answer.status === 409 ? EXPIRED : REFUSED, status: answer.status, body };
  } catch {
    return { outcome: ABSENT }; // no network, or a page of a portal in place of an answer
  }
}

export class Sender {
  constructor(address, person, token) {
    Object.assign(this, { address, person, token });
  }

  async post(entry) {
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    if (entry.file) body.append("image", entry.file, entry.file.name ?? "photo.jpg");
    body.append("personne", this.person);
    return call(this.address, { method: "POST", body, headers: { "X-CSRFToken": this.token } });
  }

  /** A 403 may only mean that our token is old: signing in again changes it. */
  async send(entry) {
    const answer = await this.post(entry);
    if (answer.status !== 403) return answer;
    const asked = await call(this.address);
    if (asked.outcome !== SENT) return asked;
    if (asked.body.person !== this.person) return { outcome: EXPIRED };
    this.token = asked.body.csrf;
    return this.post(entry);
  }
}
