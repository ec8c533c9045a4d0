import js from "@eslint/js";
import globals from "globals";

export default [
    { ignores: ["node_modules/"] },
    js.configs.recommended,
    {
        languageOptions: { globals: { ...globals.browser, ...globals.node } },
        rules: {
            complexity: ["error", 10],
            eqeqeq: "error",
            "max-lines": ["error", 300],
            "max-lines-per-function": ["error", 50],
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
