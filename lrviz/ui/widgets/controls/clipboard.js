// @ts-check
// The clipboard.

/**
 * Copies a text that is selected; without https, which a class hardly has, the old way.
 *
 * @param {string} text
 */
export async function copySelected(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        return document.execCommand("copy");
    }
}
