// @ts-check
// Where the server's answers are, and how they are asked for.

const TOO_MANY = 429;
const MOST_TIMES = 6;
// The longest wait that is worth it while a hand is on a slider, in seconds.
const LONGEST = 5;

/**
 * The address of something that the server keeps beside the page.
 *
 * @param {string} path relative to the page
 */
export function addressOf(path) {
    return location.origin + location.pathname.replace(/\/?$/, "/") + path;
}

/**
 * The answer of an address. A server that is busy says when to ask again; that is done, each time a
 * little later, so that those who were sent away together do not come back together.
 *
 * @param {string} address
 * @param {(address: string) => Promise<Response>} ask
 * @param {(milliseconds: number) => Promise<unknown>} pause
 */
export async function request(address, ask = fetch, pause = paused) {
    let answer = await ask(address);
    for (let times = 1; answer.status === TOO_MANY && times < MOST_TIMES; times += 1) {
        const wait = Number(answer.headers.get("Retry-After")) || 1;
        await pause(1000 * Math.min(wait, LONGEST) * times * (0.75 + 0.5 * Math.random()));
        answer = await ask(address);
    }
    return answer;
}

/** @param {number} time */
function paused(time) {
    return new Promise((resolve) => setTimeout(resolve, time));
}
