// @ts-check
// Text as HTML, and back.

/**
 * HTML as text: Plotly reads some HTML in names, so that the server escapes them.
 *
 * @param {string} text
 */
export function unescapeHtml(text) {
    return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/**
 * Text as HTML.
 *
 * @param {string} text
 */
export function escapeHtml(text) {
    return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
