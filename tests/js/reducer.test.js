import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { START, addressed, reduce } = await load("widgets/live/reducer.js");

const after = (...events) => events.reduce(reduce, START);
const received = (taken = 0, curve = "2 cosine") => ({ type: "received", curve, taken });
const moved = { type: "moved", name: "alpha", text: "0.1" };
const sent = { type: "sent", name: "alpha", text: "0.1", number: 7 };
const held = { type: "held" };
const letGo = { type: "let go" };

test("a stop is drawn from the first move until the server has taken it", () => {
    const dragging = after(received(), held, moved);
    assert.deepEqual(dragging.active, { name: "alpha", text: "0.1" });
    // The server draws something else meanwhile: the hand wins.
    assert.deepEqual(reduce(dragging, received()).active, dragging.active);
    const waiting = [letGo, sent, received(6)].reduce(reduce, dragging);
    assert.deepEqual(waiting.active, dragging.active);
    assert.deepEqual(waiting.pending, { alpha: { text: "0.1", number: 7 } });
    const taken = reduce(waiting, received(7));
    assert.equal(taken.active, null);
    assert.deepEqual(taken.pending, {});
});

test("a hand that has taken the slider again keeps its stop", () => {
    const again = after(received(), held, moved, letGo, sent, held, received(7));
    assert.deepEqual(again.active, { name: "alpha", text: "0.1" });
    assert.equal(again.held, true);
});

test("another curve knows nothing of what was said of the one before", () => {
    const other = after(received(), held, moved, sent, received(0, "1 step"));
    assert.deepEqual(other, { ...START, curve: "1 step" });
});

test("no event changes the state that it is given", () => {
    const state = Object.freeze(after(received(), moved, sent));
    Object.freeze(state.pending);
    for (const event of [received(9), moved, held, letGo, { ...sent, number: 8 }]) {
        reduce(state, event);
    }
    assert.deepEqual(state.pending, { alpha: { text: "0.1", number: 7 } });
});

test("a fan is asked for with the other fields as they are, or as they were sent", () => {
    const values = { alpha: "0.2", "1.t_mul": "1.5", m_mul: "0.123" };
    const data = { fan: "fan?x", values, between: ["m_mul"] };
    const pending = { alpha: { text: "0.1", number: 7 }, "1.t_mul": { text: "2", number: 8 } };
    assert.equal(
        addressed(data, "alpha", pending),
        "fan?x&set=1.t_mul~2&set=m_mul~0.123&field=alpha",
    );
    assert.equal(
        addressed(data, "m_mul", {}),
        "fan?x&set=alpha~0.2&set=1.t_mul~1.5&set=m_mul~0.123&field=m_mul",
    );
    assert.equal(addressed(data, "power", pending), null);
    assert.equal(addressed(null, "alpha", pending), null);
});
