// Talking to the server: one answer for each call, which says what happened and never throws.

export const DONE = "done";
export const ABSENT = "absent"; // no network, or a server that does not answer as it should
export const EXPIRED = "expired"; // nobody is signed in any more, or somebody else is
export const REFUSED = "refused"; // it was understood, and the answer is no

const PATIENCE = 15000; // milliseconds

async function call(address, options) {
  let answer;
  try {
    answer = await fetch(address, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      redirect: "manual", // to the sign-in page: the session is over
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { outcome: ABSENT };
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) return { outcome: EXPIRED };
  let body = {};
  try {
    body = await answer.json();
  } catch {
    return { outcome: ABSENT }; // a page in place of an answer: a proxy, a portal
  }
  if (answer.ok) return { outcome: DONE, body };
  if (answer.status >= 500 || answer.status === 429) return { outcome: ABSENT };
  return { outcome: REFUSED, status: answer.status, body };
}

export class Server {
  constructor(form) {
    this.saving = form.dataset.save;
    this.polling = form.dataset.poll;
    this.person = form.dataset.person;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  /** The answer, or EXPIRED when another person has signed in meanwhile. */
  mine(answer) {
    if (answer.outcome !== DONE) return answer;
    if (answer.body.person !== this.person) return { outcome: EXPIRED, other: true };
    if (answer.body.csrf) this.renew(answer.body.csrf);
    return answer;
  }

  /** Signing in again changes the token: that of the page's own buttons too. */
  renew(token) {
    this.token = token;
    for (const input of document.getElementsByName("csrfmiddlewaretoken")) input.value = token;
  }

  /** `known`: what the page shows (versions of fields, stamps of parts), as « title.3*summary.1 ». */
  async poll(known = {}) {
    const asked = new URLSearchParams({ personne: this.person });
    for (const [name, list] of [["versions", known.versions], ["parties", known.parts]]) {
      const pairs = Object.entries(list ?? {}).map(([key, value]) => `${key}.${value}`);
      if (pairs.length) asked.set(name, pairs.join("*"));
    }
    return this.mine(await call(`${this.polling}?${asked}`, {}));
  }

  async post(message, { last = false } = {}) {
    const body = JSON.stringify({ person: this.person, ...message });
    const options = { method: "POST", body, keepalive: last && body.length < 60000 };
    options.headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return this.mine(await call(this.saving, options));
  }

  /** Saves. A refusal may only mean that our token is old. */
  async save(message, options) {
    const answer = await this.post(message, options);
    if (answer.status !== 403) return answer;
    const before = this.token;
    const asked = await this.poll(message);
    if (asked.outcome !== DONE) return asked.outcome === REFUSED ? answer : asked;
    return this.token === before ? answer : this.post(message, options);
  }
}
