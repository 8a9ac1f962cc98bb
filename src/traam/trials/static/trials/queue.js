// What was noted and the server does not have yet: kept on this device, person by person.

import { Disk } from "../kit/disk.js";

const disk = new Disk("traam-observations", "observations", "key");

export class Queue {
  constructor(person) {
    this.person = person;
  }

  /** `entry`: { key, label, fields: [[name, value]], file, reasons }. Rejects when nothing keeps. */
  put(entry) {
    return disk.turn("readwrite", (store) => store.put({ ...entry, person: this.person }));
  }

  drop(key) {
    return disk.turn("readwrite", (store) => store.delete(key));
  }

  /** The entries of this person, the oldest first; another's stay where they are. */
  async all() {
    const found = await disk.turn("readonly", (store) => store.getAll());
    return found
      .filter((each) => each.person === this.person)
      .sort((one, other) => one.at - other.at);
  }
}
