import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./served.js";

const { request } = await load("widgets/live/address.js");

/** A server that sends away so many times, and what it was asked. */
function server(refusals, after = "1") {
    const waits = [];
    let left = refusals;
    const ask = async (address) => {
        left -= 1;
        const status = left >= 0 ? 429 : 200;
        return { address, status, headers: new Map([["Retry-After", after]]) };
    };
    const pause = async (time) => waits.push(time);
    return { ask, pause, waits };
}

test("who is sent away comes back, each time later", async () => {
    const { ask, pause, waits } = server(3, "2");
    const answer = await request("fan", ask, pause);
    assert.equal(answer.status, 200);
    assert.equal(answer.address, "fan");
    assert.equal(waits.length, 3);
    waits.forEach((wait, index) => {
        assert.ok(wait >= 1500 * (index + 1) && wait <= 2500 * (index + 1), `${wait}`);
    });
});

test("who is let in at once waits for nothing", async () => {
    const { ask, pause, waits } = server(0);
    assert.equal((await request("fan", ask, pause)).status, 200);
    assert.deepEqual(waits, []);
});

test("a server that never has a place is believed in the end, and nonsense is a second", async () => {
    const { ask, pause, waits } = server(100, "soon");
    assert.equal((await request("fan", ask, pause)).status, 429);
    assert.equal(waits.length, 5);
    assert.ok(waits[0] <= 1250);
    const { ask: far, pause: rest, waits: long } = server(1, "99999");
    await request("fan", far, rest);
    assert.ok(long[0] <= 6250);
});
