// The projector view: large type, nothing but the lesson, and keys. Texts come from the server.

let current;

export function attach(component) {
    const { parentElement, data, setTriggerValue } = component;
    const root = document.documentElement;
    root.dataset.lrvizProjector = "";
    const dialog = parentElement.querySelector("dialog");
    const { title, close, keys } = JSON.parse(data.texts);
    dialog.querySelector("h2").textContent = title;
    dialog.setAttribute("aria-label", title);
    dialog.querySelector("button").textContent = close;
    const list = dialog.querySelector("dl");
    list.replaceChildren(
        ...keys.flatMap(([key, text]) => {
            const [name, meaning] = [document.createElement("dt"), document.createElement("dd")];
            name.append(document.createElement("kbd"));
            name.firstChild.textContent = key;
            meaning.textContent = text;
            return [name, meaning];
        }),
    );
    const help = parentElement.querySelector(".lrviz-help");
    help.setAttribute("aria-label", title);
    const acts = {
        n: () => setTriggerValue("press", "next"),
        b: () => setTriggerValue("press", "back"),
        r: () => setTriggerValue("press", "reveal"),
        p: () => {
            // The free try has the player of live charts instead.
            document.querySelector(".lrviz-player:not([hidden]) button")?.click();
            document.dispatchEvent(new Event("lrviz-play"));
        },
        "?": () => (dialog.open ? dialog.close() : dialog.showModal()),
        Escape: () => setTriggerValue("press", "leave"),
    };
    acts.PageDown = acts.n;
    acts.PageUp = acts.b;
    const press = (event) => {
        const typing = event.target.closest("input:not([type=radio]), textarea, [contenteditable]");
        if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
        // In the dialog Escape closes it, and nothing else happens.
        if (dialog.open && event.key !== "?") return;
        const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
        if (!act) return;
        event.preventDefault();
        act();
    };
    if (current) document.removeEventListener("keydown", current);
    current = press;
    document.addEventListener("keydown", press);
    help.onclick = acts["?"];
    dialog.querySelector("button").onclick = () => dialog.close();
    return () => {
        document.removeEventListener("keydown", press);
        if (current === press) {
            current = undefined;
            delete root.dataset.lrvizProjector;
        }
    };
}
