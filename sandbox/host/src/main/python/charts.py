"""Figures: good defaults, PNG files of those left open, and the facts of each for those who cannot see."""

import math
import os
import re
import sys
import textwrap

MOST_CHARTS = 8
MOST_PANELS = 6
MOST_SERIES = 12
MOST_POINTS = 40
LONGEST_TEXT = 200
MOST_PIXELS = 4_000_000
LONGEST_SIDE = 4_000
# Inches. A larger figure has smaller letters once a phone shows it, so it is made smaller, within reason.
WIDEST = 8.5
SMALLEST_SCALE = 0.6

# Families for scripts that DejaVu lacks, in the order in which they are asked; taken where they are there.
FAMILIES = (
    "DejaVu Sans",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
)

saved = {}


def prepare():
    """Loads matplotlib for pictures only, with its fonts found, and sets what charts look like."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import font_manager, pyplot

    import matplotlib.backends.backend_agg
    import matplotlib.figure

    here = {font.name for font in font_manager.fontManager.ttflist}
    matplotlib.rcParams.update(
        {
            "figure.figsize": (7.2, 4.6),
            "figure.dpi": 150,
            "savefig.dpi": "figure",
            "figure.autolayout": True,
            "font.size": 12,
            "axes.titlesize": 14,
            "axes.grid": True,
            "grid.alpha": 0.3,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": False,
            "font.sans-serif": [name for name in FAMILIES if name in here],
            "figure.max_open_warning": 0,
        }
    )
    # Draws once, so that what drawing loads is there in every child.
    figure, axes = pyplot.subplots()
    axes.plot([0, 1], [0, 1], label="x")
    axes.legend()
    axes.set_title("x")
    import io

    figure.savefig(io.BytesIO(), format="png")
    pyplot.close(figure)
    save = matplotlib.figure.Figure.savefig

    def savefig(self, fname, *args, **kwargs):
        try:
            make_readable(self)
        except Exception:
            pass  # then it stays as the program made it
        bound(self, kwargs)
        answer = save(self, fname, *args, **kwargs)
        if isinstance(fname, (str, os.PathLike)):
            saved[os.path.abspath(os.fspath(fname))] = facts(self)
            self._reckon_saved = True
        return answer

    matplotlib.figure.Figure.savefig = savefig
    pyplot.show = lambda *args, **kwargs: None


def make_readable(figure):
    """What a phone needs: large letters, titles that fit, names that lean instead of standing upright."""
    width, height = figure.get_size_inches()
    if width > WIDEST:
        scale = max(SMALLEST_SCALE, WIDEST / width)
        figure.set_size_inches(width * scale, height * scale)
        width *= scale
    for axes in figure.axes:
        labels = axes.get_xticklabels()
        longest = max((len(label.get_text()) for label in labels), default=0)
        if longest > 4 and all(label.get_rotation() == 90 for label in labels):
            for label in labels:
                label.set(rotation=40, ha="right", rotation_mode="anchor")
    long = [axes for axes in figure.axes if letters(axes.title, width / 2) < len(axes.get_title())]
    if long:
        figure.draw_without_rendering()
    for axes in long:
        place = axes.get_window_extent()
        middle = (place.x0 + place.width / 2) / figure.dpi
        # It stands in the middle of its axes and may be wider than they are, but for its neighbours.
        alone = len(figure.axes) == 1
        wrap(axes.title, 2 * min(middle, width - middle) if alone else place.width / figure.dpi)
    if getattr(figure, "_suptitle", None) is not None:
        wrap(figure._suptitle, width)


def letters(title, inches):
    """How many fit into a line of that width; one is about half as wide as high."""
    return max(12, int(inches * 72 / (title.get_fontsize() * 0.56)))


def wrap(title, inches):
    words, most = title.get_text(), letters(title, inches)
    if len(words) > most and "\n" not in words and "$" not in words:
        title.set_text(textwrap.fill(words, most))


def bound(figure, options):
    """Keeps a picture within its pixels by a lower resolution."""
    dpi = options.get("dpi", "figure")
    dpi = figure.dpi if dpi in (None, "figure") else float(dpi)
    width, height = figure.get_size_inches()
    most = min(
        math.sqrt(MOST_PIXELS / max(width * height, 1e-9)),
        LONGEST_SIDE / max(width, height, 1e-9),
    )
    if dpi > most:
        options["dpi"] = max(1, math.floor(most))


def finish():
    """Saves figures that are still open and were never saved; returns what is known of each."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    home = os.environ.get("HOME", os.getcwd())
    if pyplot is None:
        return []
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        if getattr(figure, "_reckon_saved", False) or not figure.axes:
            continue
        if len(saved) >= MOST_CHARTS:
            print(f"only the first {MOST_CHARTS} charts are kept", file=sys.stderr)
            break
        figure.savefig(os.path.join(home, file_name(figure, home)), format="png")
    found = []
    for path, known in list(saved.items())[:MOST_CHARTS]:
        if path.startswith(home + "/") and os.path.isfile(path):
            found.append({"file": path[len(home) + 1 :], **known})
    return found


def file_name(figure, home):
    words = title_of(figure) or "chart"
    name = re.sub(r"[\W_]+", "-", words.lower()).strip("-")[:48].strip("-") or "chart"
    whole, number = name + ".png", 1
    while os.path.exists(os.path.join(home, whole)):
        number += 1
        whole = f"{name}-{number}.png"
    return whole


def title_of(figure):
    suptitle = getattr(figure, "_suptitle", None)
    if suptitle is not None and suptitle.get_text():
        return one_line(suptitle.get_text())
    for axes in figure.axes:
        if axes.get_title():
            return one_line(axes.get_title())
    return ""


def one_line(text):
    return " ".join(text.split())


def short(value):
    return str(value)[:LONGEST_TEXT]


def facts(figure):
    panels = []
    shown = [axes for axes in figure.axes if axes.get_label() != "<colorbar>"]
    for axes in shown[:MOST_PANELS]:
        try:
            panels.append(panel(axes))
        except Exception:
            continue
    return {"title": short(title_of(figure)), "panels": panels}


def panel(axes):
    series = (lines(axes) + bars(axes) + points(axes) + wedges(axes) + pictures(axes))[:MOST_SERIES]
    legend = axes.get_legend()
    return {
        "title": short(one_line(axes.get_title())),
        "x": short(axes.get_xlabel()),
        "y": short(axes.get_ylabel()),
        "legend": [short(text.get_text()) for text in legend.get_texts()][:MOST_SERIES] if legend else [],
        "series": series,
    }


def labelled(artist):
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else short(label)


def plain(value):
    number = float(value)
    return number if math.isfinite(number) else None


def place(value):
    """A position on an axis without names."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.6g}"


def described(kind, label, xs, ys):
    pairs = list(zip(xs, ys))
    numbers = [y for _, y in pairs if isinstance(y, float)]
    told = {"kind": kind, "label": label, "points": len(pairs)}
    if numbers:
        told["least"], told["most"] = min(numbers), max(numbers)
    # Where there are too many, the first and the last stand for all.
    told["values"] = pairs if len(pairs) <= MOST_POINTS else [pairs[0], pairs[-1]]
    return told


def x_names(axes):
    """What the horizontal axis calls its positions, where they are categories or dates."""
    import matplotlib.dates

    axis = axes.xaxis
    mapping = getattr(getattr(axis, "units", None), "_mapping", None)
    if mapping:
        names = {float(at): short(name) for name, at in mapping.items()}
        return lambda x: names.get(float(x), place(x))
    if isinstance(axis.get_major_formatter(), matplotlib.dates.DateFormatter) or isinstance(
        axis.get_major_locator(), matplotlib.dates.DateLocator
    ):
        return lambda x: matplotlib.dates.num2date(float(x)).date().isoformat()
    from matplotlib.ticker import FixedFormatter, FixedLocator

    if isinstance(axis.get_major_formatter(), FixedFormatter) or isinstance(axis.get_major_locator(), FixedLocator):
        return near(axis.get_ticklocs(), [label.get_text() for label in axis.get_ticklabels()])
    return place


def near(ticks, labels):
    """Names positions by the tick that they stand at, or beside as bars of a group do."""
    ticks = [float(tick) for tick in ticks]
    apart = min((b - a for a, b in zip(ticks, ticks[1:]) if b > a), default=1.0)

    def name(x):
        found = min(zip(ticks, labels), key=lambda each: abs(each[0] - float(x)), default=None)
        beside = found is not None and found[1] and abs(found[0] - float(x)) < apart / 2
        return short(found[1]) if beside else place(x)

    return name


def lines(axes):
    name = x_names(axes)
    found = []
    for line in axes.get_lines()[:MOST_SERIES]:
        xs, ys = line.get_xdata(orig=False), line.get_ydata(orig=False)
        kind = "points" if line.get_linestyle() in ("None", "", " ") else "line"
        told = described(kind, labelled(line), list(xs), [plain(y) for y in ys])
        told["values"] = [(name(x), y) for x, y in told["values"]]
        found.append(told)
    return found


def bars(axes):
    from matplotlib.container import BarContainer

    name = x_names(axes)
    found = []
    for group in axes.containers[:MOST_SERIES]:
        if not isinstance(group, BarContainer):
            continue
        upright = getattr(group, "orientation", "vertical") != "horizontal"
        xs, ys = [], []
        for bar in group.patches:
            if upright:
                xs.append(name(round(bar.get_x() + bar.get_width() / 2, 9)))
                ys.append(plain(bar.get_height()))
            else:
                xs.append(round(float(bar.get_y() + bar.get_height() / 2), 9))
                ys.append(plain(bar.get_width()))
        if not upright:
            names = {round(float(at), 9): text.get_text() for at, text in zip(axes.get_yticks(), axes.get_yticklabels())}
            xs = [short(names[x]) if names.get(x) else place(x) for x in xs]
        found.append(described("bars", labelled(group), xs, ys))
    return found


def points(axes):
    from matplotlib.collections import PathCollection

    found = []
    for group in axes.collections[:MOST_SERIES]:
        if isinstance(group, PathCollection):
            offsets = group.get_offsets()
            xs, ys = [place(x) for x, _ in offsets], [plain(y) for _, y in offsets]
            found.append(described("points", labelled(group), xs, ys))
        else:
            found.append({"kind": "area", "label": labelled(group), "points": len(group.get_paths()), "values": []})
    return found


def wedges(axes):
    from matplotlib.patches import Wedge

    parts = [patch for patch in axes.patches if isinstance(patch, Wedge)]
    if not parts:
        return []
    names = [labelled(part) for part in parts]
    shares = [round(abs(part.theta2 - part.theta1) / 3.6, 2) for part in parts]
    return [described("pie, in percent", "", names, shares)]


def pictures(axes):
    return [
        {"kind": "picture", "label": labelled(image), "points": math.prod(map(int, image.get_size())), "values": []}
        for image in axes.get_images()[:MOST_SERIES]
    ]
