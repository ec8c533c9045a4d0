import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("../..", import.meta.url));
const CONFIG = "tests/js/.dependency-cruiser.js";
const CRUISER = join(here, "tests/js/node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

const copy = mkdtempSync(join(tmpdir(), "lrviz-floors-"));
after(() => rmSync(copy, { recursive: true }));
for (const path of ["lrviz", CONFIG]) {
    cpSync(join(here, path), join(copy, path), {
        recursive: true,
        filter: (each) => !each.includes("__pycache__"),
    });
}

/** Mistakes: the module that each is made in, what is written there, the rule that it breaks. */
const MISTAKES = [
    ["live/clock.js", 'import "../drawing/turns.js";', "live/ knows only the floors below it"],
    ["live/clock.js", "", "no circle of folders"],
    ["share/share.js", 'import "../top/top.js";', "share/ knows only the floors below it"],
    ["panel/menu.js", '/** @typedef {import("./phases.js").Phases} P */', "no circle of modules"],
    ["words/alone.js", "export const ALONE = 1;", "no module that nothing mounts or imports"],
    ["beside/beside.js", 'import "../words/html.js";', "every module stands on a floor"],
];

test("an arrow up or aside, a circle of folders or of types, an orphan: each is refused", () => {
    for (const [path, text] of MISTAKES) {
        const place = join(copy, "lrviz/ui/widgets", path);
        mkdirSync(dirname(place), { recursive: true });
        appendFileSync(place, `\n${text}\n`);
    }
    const { stdout } = spawnSync(
        process.execPath,
        [CRUISER, "--config", CONFIG, "--output-type", "json", "lrviz"],
        { cwd: copy, encoding: "utf-8", maxBuffer: 64 * 1024 * 1024 },
    );
    /** @type {{ from: string, rule: { name: string, severity: string } }[]} */
    const violations = JSON.parse(stdout).summary.violations;
    for (const [path, , rule] of MISTAKES) {
        const refused = violations.some(
            (each) =>
                each.rule.severity === "error" &&
                each.rule.name.includes(rule) &&
                join(each.from, "/").includes(`widgets/${dirname(path)}/`),
        );
        assert.ok(refused, `${path}: ${rule}\n${JSON.stringify(violations, null, 1)}`);
    }
});
