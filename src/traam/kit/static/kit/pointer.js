// One pointer at a time, from the press on a grip to its release; Escape, and the browser when it
// takes the gesture over, give it up. Near an edge, what is under the pointer scrolls.

const STILL = 4; // pixels: a press that moves less moves nothing
const EDGE = 72; // pixels
const STEP = 12; // pixels a frame

let held = false;

/** `begin(grip, point)`, once it moves, makes what is moved: `to(point)`, `drop()`, `cancel()`. */
export function follow(selector, begin) {
  addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.(selector);
    if (!grip || held || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault(); // a text is not selected
    grip.setPointerCapture(event.pointerId);
    hold(event, (point) => begin(grip, point));
  });
}

function hold(event, begin) {
  const start = pointOf(event);
  const stop = new AbortController();
  const { signal } = stop;
  let [at, thing, frame] = [start, null, 0];
  held = true;

  const move = () => {
    if (!thing && Math.hypot(at.x - start.x, at.y - start.y) >= STILL) thing = begin(start);
    thing?.to(at);
  };
  const tick = () => {
    if (thing) scroll(at);
    move();
    frame = requestAnimationFrame(tick);
  };
  const end = (how) => {
    stop.abort();
    cancelAnimationFrame(frame);
    held = false;
    thing?.[how]();
  };

  const mine = (act) => (each) => each.pointerId === event.pointerId && act(each);
  const look = mine((each) => (at = pointOf(each)));
  const release = mine((each) => {
    at = pointOf(each);
    move();
    end("drop");
  });
  addEventListener("pointermove", look, { signal });
  addEventListener("pointerup", release, { signal });
  addEventListener("pointercancel", mine(() => end("cancel")), { signal });
  addEventListener("keydown", (each) => each.key === "Escape" && end("cancel"), { signal });
  frame = requestAnimationFrame(tick);
}

const pointOf = ({ clientX, clientY }) => ({ x: clientX, y: clientY });

function scroll({ x, y }) {
  const pane = document.elementFromPoint(x, y)?.closest("[data-pane]");
  const edges = pane?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  const step = y < edges.top + EDGE ? -STEP : y > Math.min(edges.bottom, innerHeight) - EDGE ? STEP : 0;
  if (step) (pane ?? window).scrollBy({ top: step, behavior: "instant" });
}
