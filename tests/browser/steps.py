"""What the journeys have in common."""

import json
import time
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

from lrviz.figures import curves_figure, to_json
from lrviz.link import from_query

CHART = ".lrviz-chart"
ZOOMED = "() => document.querySelector('.lrviz-chart').layout.xaxis.range[0] > 1"
#: How long anything may take on a busy machine, in seconds.
PATIENCE = 60


def ready(page: Page) -> None:
    page.locator(f"{CHART}[data-revision]").wait_for()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def until(page: Page, condition: str, arg: object = None, seconds: float = PATIENCE) -> None:
    """Wait until the JavaScript function ``condition`` of ``arg`` holds; looks at every frame.

    Where it stumbles over what is not there, it does not hold yet.
    Playwright's own ``wait_for_function`` evaluates text in the page, which the page forbids.
    """
    page.evaluate(
        f"""([arg, end, said]) => new Promise((resolve, reject) => {{
            let why = "";
            const holds = () => {{
                try {{
                    return ({condition})(arg);
                }} catch (error) {{
                    why = ` (${{error}})`;
                    return false;
                }}
            }};
            const look = () => {{
                if (holds()) resolve();
                else if (Date.now() > end) reject(new Error(`never so: ${{said}}${{why}}`));
                else requestAnimationFrame(look);
            }};
            end += Date.now();
            look();
        }})""",
        [arg, 1000 * seconds, condition],
    )


def paths(page: Page) -> list[str]:
    lines = page.locator(f"{CHART} .scatterlayer path.js-line")
    return [path for path in lines.evaluate_all("all => all.map(e => e.getAttribute('d'))") if path]


def axis_range(page: Page, axis: str) -> list[float]:
    return page.locator(CHART).evaluate(f"graph => [...graph.layout.{axis}.range]")


def scene(page: Page):
    return from_query(parse_qsl(urlsplit(page.url).query))[0].scene


def field(page: Page, name: str):
    # For a moment, one that is set anew stands beside the one that it replaces.
    return page.get_by_role("textbox", name=name).last


def type_into(page: Page, name: str, text: str) -> None:
    field(page, name).fill(text)
    field(page, name).press("Enter")


def changes(page: Page, act) -> None:
    """Does ``act``, and waits until the chart is drawn anew."""
    before = page.locator(CHART).get_attribute("data-revision")
    act()
    expect(page.locator(CHART)).not_to_have_attribute("data-revision", before)


def unfold(page: Page, title: str) -> None:
    """Opens the part with this title, and waits until it is open and at rest.

    While it opens, a button in it moves: one that is pressed then is somewhere else when the mouse
    is let go, and was not clicked.
    """
    part = page.locator("details").filter(has=page.get_by_text(title, exact=True))
    part.locator("summary").click()
    until(
        page,
        """(title) => {
            const all = [...document.querySelectorAll("details[open] > summary")];
            const part = all.find((each) => each.innerText.includes(title)).parentElement;
            return !part.style.height && !part.getAnimations().length;
        }""",
        title,
    )


def zoom(page: Page) -> None:
    page.locator(CHART).scroll_into_view_if_needed()
    end = time.monotonic() + PATIENCE
    held = False
    while not held:
        assert time.monotonic() < end, "no drag zooms"
        box = page.locator(f"{CHART} .nsewdrag").first.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.8, steps=8)
        # A drag that begins while the chart is drawn anew is lost; a person drags again.
        held = page.locator(f"{CHART} .zoombox").count() > 0
        page.mouse.up()
    until(page, ZOOMED)


def thumb(page: Page, name: str) -> tuple[float, float, float]:
    """Where a slider's thumb is, and how wide the slider is."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    share = slider.evaluate("input => input.value / input.max")
    size = 17.6
    x = box["x"] + size / 2 + share * (box["width"] - size)
    return x, box["y"] + box["height"] / 2, box["width"]


def grab(page: Page, name: str):
    """Presses the mouse on a slider's thumb; returns what moves it, by shares of its width."""
    x, y, width = thumb(page, name)
    page.mouse.move(x, y)
    page.mouse.down()
    return lambda by: page.mouse.move(x + by * width, y, steps=4)


def drag_marker(page: Page, step: float) -> None:
    """Drag the marker with the mouse to a step on the chart's axis."""
    marker = page.locator(".lrviz-marker")
    marker.scroll_into_view_if_needed()
    x = page.locator(CHART).evaluate(
        "(graph, step) => graph.getBoundingClientRect().left + graph._fullLayout.xaxis._offset"
        " + graph._fullLayout.xaxis.d2p(step)",
        step,
    )
    box = marker.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(x - 4, middle, steps=6)
    page.mouse.move(x, middle)
    page.mouse.up()


@contextmanager
def finger(page: Page, x: float, y: float):
    """A finger that lies on the screen, and is lifted at the end; yields what moves it."""
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    def move(to, down=0):
        for part in range(1, 9):
            touch("touchMove", {"x": x + (to - x) * part / 8, "y": y + down * part / 8})
            page.evaluate("() => new Promise(requestAnimationFrame)")

    touch("touchStart", {"x": x, "y": y})
    yield move
    touch("touchEnd")
    session.detach()


def is_the_servers(page: Page) -> None:
    """The drawn figure comes to be the one that the engine makes of the page's address."""
    made = json.loads(to_json(curves_figure(scene(page), str)))
    own = [trace for trace in made["data"] if trace.get("showlegend") is not False]
    wanted = [
        [each["uid"], *(each[axis][part] for axis in "xy" for part in ("dtype", "bdata"))]
        for each in own
    ]
    until(
        page,
        f"""(wanted) => JSON.stringify(
            document.querySelector("{CHART}").data
                .filter((trace) => trace.showlegend !== false)
                .map(({{ uid, x, y }}) => [uid, x.dtype, x.bdata, y.dtype, y.bdata])
        ) === wanted""",
        json.dumps(wanted, separators=(",", ":")),
    )
