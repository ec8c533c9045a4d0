// The floors of the page's JavaScript: each knows those below it, and none beside it.

import { readdirSync, readFileSync } from "node:fs";

/** From the top down; what stands on one floor knows nothing of what stands beside it. */
const FLOORS = [
    ["ui/widgets/figure.js"],
    [
        "ui/widgets/chart/",
        "ui/widgets/panel/",
        "ui/widgets/lens/",
        "ui/widgets/projector/",
        "ui/widgets/share/",
        "ui/widgets/top/",
        "ui/learn/news/",
        "ui/learn/sending/",
        "lenses/",
    ],
    ["ui/widgets/beneath/"],
    ["ui/widgets/drawing/", "ui/widgets/controls/"],
    ["ui/widgets/live/"],
    ["ui/widgets/words/"],
];

/** A pattern for what begins with one of these places. */
const within = (places) => `^lrviz/(?:${places.join("|")})`;

/** For each place, that it imports nothing but itself and what is below. */
const floors = FLOORS.flatMap((floor, at) =>
    floor.map((place) => ({
        name: `${place} knows only the floors below it`,
        severity: "error",
        from: { path: within([place]) },
        to: { pathNot: within([place, ...FLOORS.slice(at + 1).flat()]) },
    })),
);

/** The modules that Python has the page mount, and those of the lenses, which it names by kind. */
const mounted = readdirSync("lrviz", { recursive: true })
    .filter((path) => path.endsWith(".py"))
    .flatMap((path) => [...readFileSync(`lrviz/${path}`, "utf-8").matchAll(/"(ui\/.+\.js)"/g)])
    .map(([, path]) => path)
    .concat("lenses/(?<kind>[^/]+)/\\k<kind>[.]js");

export default {
    forbidden: [
        ...floors,
        {
            name: "a lens knows no other",
            severity: "error",
            from: { path: "^lrviz/lenses/([^/]+)/" },
            to: { path: "^lrviz/lenses/", pathNot: "^lrviz/lenses/$1/" },
        },
        {
            name: "every module stands on a floor",
            severity: "error",
            from: { pathNot: within(FLOORS.flat()) },
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
            to: { pathNot: within(mounted), reachable: false },
        },
    ],
    options: {
        includeOnly: "^lrviz/.+[.]js$",
        // Who names another's type knows it.
        parser: "tsc",
        tsPreCompilationDeps: true,
        detectJSDocImports: true,
    },
};
