// A page where nothing is noted sends what waits on this device, and says what remains of it.

import { Outbox } from "./outbox.js";

if ("indexedDB" in window) new Outbox().start();
