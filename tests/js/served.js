// The modules as the server serves them, where Node takes them for what they are.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = mkdtempSync(join(tmpdir(), "lrviz-js-"));
for (const name of ["ui", "lenses"]) {
    cpSync(fileURLToPath(new URL(`../../lrviz/${name}`, import.meta.url)), join(folder, name), {
        recursive: true,
        filter: (path) => !path.includes("__pycache__"),
    });
}
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
after(() => rmSync(folder, { recursive: true }));

/** Loads a module by its place below lrviz/ui. */
export const load = (path) => import(pathToFileURL(join(folder, "ui", path)));
