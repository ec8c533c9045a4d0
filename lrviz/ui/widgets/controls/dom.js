// @ts-check
// Elements of the page: what every control is built of.

/**
 * The first element that matches; the component's own HTML has one.
 *
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Kind}
 */
export function part(root, selector) {
    const element = root.querySelector(selector);
    if (!element) throw new Error(`no ${selector}`);
    return /** @type {Kind} */ (/** @type {unknown} */ (element));
}

/**
 * A new element at the end of another.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {ParentNode} parent
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function create(tag, properties, parent) {
    const element = document.createElement(tag);
    Object.assign(element, properties);
    parent.append(element);
    return element;
}
