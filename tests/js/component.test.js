import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { component } = await load("widgets/live/component.js");
const later = () => new Promise((resolve) => setTimeout(resolve, 5));

function living() {
    const log = [];
    const mount = component((turn) => {
        log.push(`made ${turn.data}`);
        return {
            update: ({ data }) => log.push(`data ${data}`),
            destroy: () => log.push("destroyed"),
        };
    });
    return { log, mount };
}

test("one object lives through all turns of a place", async () => {
    const { log, mount } = living();
    const parentElement = { isConnected: true };
    const leave = await mount({ parentElement, data: 1 });
    await mount({ parentElement, data: 2 });
    // Streamlit says late that the first turn is over.
    leave();
    await later();
    assert.deepEqual(log, ["made 1", "data 1", "data 2"]);
});

test("it outlives the time between two turns, however long that is", async () => {
    const { log, mount } = living();
    const parentElement = { isConnected: true };
    const leave = await mount({ parentElement, data: 1 });
    leave();
    await later();
    await mount({ parentElement, data: 2 });
    assert.deepEqual(log, ["made 1", "data 1", "data 2"]);
});

test("it ends with its place, once", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    for (const late of [false, true]) {
        const { log, mount } = living();
        const parentElement = { isConnected: late };
        const leave = await mount({ parentElement, data: 1 });
        leave();
        leave();
        context.mock.timers.tick(10);
        // React may take the place away after it has said that the turn is over.
        if (late) assert.deepEqual(log, ["made 1", "data 1"]);
        parentElement.isConnected = false;
        context.mock.timers.tick(5000);
        assert.deepEqual(log, ["made 1", "data 1", "destroyed"]);
    }
});

test("another place has an object of its own", async () => {
    const { log, mount } = living();
    await mount({ parentElement: { isConnected: true }, data: 1 });
    await mount({ parentElement: { isConnected: true }, data: 2 });
    assert.deepEqual(log, ["made 1", "data 1", "made 2", "data 2"]);
});
