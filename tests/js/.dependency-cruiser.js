// The floors of the page's JavaScript: each knows those below it, and none beside it.

import { readdirSync, readFileSync } from "node:fs";

const UI = "lrviz/ui";

/** From the top down; what stands on one floor knows nothing of what stands beside it. */
const FLOORS = [
    ["widgets/figure.js"],
    [
        "widgets/chart/",
        "widgets/panel/",
        "widgets/lens/",
        "widgets/projector/",
        "widgets/share/",
        "widgets/top/",
        "learn/news/",
        "learn/sending/",
    ],
    ["widgets/drawing/", "widgets/controls/"],
    ["widgets/live/"],
    ["widgets/words/"],
];

/** A pattern for what begins with one of these places. */
const within = (places) => `^${UI}/(${places.join("|")})`;

/** For each place, that it imports nothing but itself and what is below. */
const floors = FLOORS.flatMap((floor, at) =>
    floor.map((place) => ({
        name: `${place} knows only the floors below it`,
        severity: "error",
        from: { path: within([place]) },
        to: { pathNot: within([place, ...FLOORS.slice(at + 1).flat()]) },
    })),
);

/** The modules that Python has the page mount. */
const mounted = readdirSync("lrviz", { recursive: true })
    .filter((path) => path.endsWith(".py"))
    .flatMap((path) => [...readFileSync(`lrviz/${path}`, "utf-8").matchAll(/url\("(.+\.js)"\)/g)])
    .map(([, path]) => path);

export default {
    forbidden: [
        ...floors,
        {
            name: "every module stands on a floor",
            severity: "error",
            from: { path: `^${UI}`, pathNot: within(FLOORS.flat()) },
            to: {},
        },
        {
            name: "no circle of modules",
            severity: "error",
            from: {},
            to: { circular: true },
        },
        {
            name: "no circle of folders",
            severity: "error",
            scope: "folder",
            from: {},
            to: { circular: true },
        },
        {
            name: "no module that nothing mounts or imports",
            severity: "error",
            from: { path: within(mounted) },
            to: { path: `^${UI}`, pathNot: within(mounted), reachable: false },
        },
    ],
    options: {
        includeOnly: `^${UI}`,
        // Who names another's type knows it.
        parser: "tsc",
        tsPreCompilationDeps: true,
        detectJSDocImports: true,
    },
};
