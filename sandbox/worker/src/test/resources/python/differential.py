"""Evaluates expressions over number formatting, rounding, sums, statistics, dates and text.

The same program runs in a CPython and in a worker; it prints each expression with its value, or with
the error's class. The expressions are drawn by a generator of our own, so that both see the same ones.
"""

import datetime, decimal, fractions, json, math, random, statistics, string, sys, textwrap, unicodedata

state = 20261128


def draw(limit):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % limit


def one(*choices):
    return choices[draw(len(choices))]


FLOATS = (
    "0.0", "-0.0", "0.1", "-0.04", "0.5", "1.5", "2.5", "-2.5", "1234.5", "1e16", "3.1e25", "1e300", "5e-324",
    "2.675", "0.30000000000000004", "123456789.987654321", "9.995", "1e22", "1e23", "-1e-7", "0.0001", "99999.5",
    "float('inf')", "float('nan')", "-1.7976931348623157e308", "4503599627370497.5", "9007199254740993.0",
)
INTS = ("0", "1", "-1", "7", "-42", "255", "1234567", "10**18", "-10**25", "2**64", "True")


def a_float():
    kind = draw(4)
    if kind == 0:
        return one(*FLOATS)
    if kind == 1:
        return f"{draw(10**6) - 500000}e{draw(40) - 20}"
    if kind == 2:
        return f"{draw(2000) - 1000}.{draw(1000):03d}"
    return f"{draw(10**9)}.{draw(10**9)}e{draw(600) - 300}"


def an_int():
    return one(*INTS) if draw(2) else str(draw(10**12) - 5 * 10**11)


def a_spec(types):
    fill = one("", "", "", "<", ">", "^", "*>", "0=", "_^")
    sign = one("", "", "+", "-", " ")
    z = one("", "", "", "", "", "z") if types == FLOAT_TYPES else ""
    alternate = one("", "", "", "#")
    zero = one("", "", "0")
    width = one("", "", "8", "20")
    group = one("", "", ",", "_")
    precision = one("", "", ".0", ".1", ".2", ".3", ".6", ".17") if types == FLOAT_TYPES else ""
    return fill + sign + z + alternate + zero + width + group + precision + one(*types)


FLOAT_TYPES = ("", "", "e", "f", "g", "G", "E", "F", "%", "n")
INT_TYPES = ("", "d", "x", "X", "b", "o", "c", "n", "e", "f", "g", "%")
TEXT_TYPES = ("", "s")


def a_text():
    kind = draw(4)
    if kind == 0:
        return ascii(one("", "abc", "ß", "İstanbul", "ΑΣ", "ǅ", "ﬁ", "Straße", "e\u0301", "日本", "😀x", "a\tb\nc", "  x y  ", "Ⅷ", "½", "١٢٣", "x" * 30, "it's THE end-of_line", "\u2028a\x1cb\x85c"))
    return ascii("".join(one("a", "B", " ", "é", "ß", "\t", "1", "-", "_", "Σ", "\u0130", "İ", "ǆ", "٣", "\n", "x.y", "😀", "\u0301") for _ in range(draw(12))))


def numbers(count, kind):
    return "[" + ", ".join(kind() for _ in range(count)) + "]"


def small_float():
    return f"{draw(2000) - 1000}.{draw(100):02d}"


def a_date():
    return f"datetime.datetime({1 + draw(9998)}, {1 + draw(12)}, {1 + draw(28)}, {draw(24)}, {draw(60)}, {draw(60)}, {draw(10**6)})"


def a_delta():
    return f"datetime.timedelta(days={draw(20000) - 10000}, seconds={draw(10**5)}, microseconds={draw(10**6)})"


def expressions():
    for _ in range(900):
        yield "format", f"format({a_float()}, {a_spec(FLOAT_TYPES)!r})"
    for _ in range(300):
        yield "format", "f'{" + a_float() + ":" + a_spec(FLOAT_TYPES) + "}'"
    for _ in range(300):
        yield "format", f"format({an_int()}, {a_spec(INT_TYPES)!r})"
    for _ in range(150):
        yield "format", f"format({a_text()}, {one('', '<', '^', '*>')!r} + {one('', '5', '20', '.3', '9.2')!r})"
    for _ in range(250):
        yield "percent", f"{('%' + one('', '+', '0', '-', ' ', '#') + one('', '8', '12') + one('', '.0', '.1', '.3', '.12') + one('f', 'e', 'g', 's', 'r', 'G'))!r} % ({a_float()},)"
    for _ in range(80):
        yield "percent", f"{('%' + one('', '+', '0', '-', ' ', '#') + one('', '8', '.5') + one('d', 'x', 'i', 'o', 'X'))!r} % ({an_int()},)"
    for _ in range(250):
        yield "repr", f"({one('str', 'repr', 'float.hex', 'lambda x: x.as_integer_ratio()', 'lambda x: x.is_integer()')})({a_float()})"
    for _ in range(300):
        yield "round", f"round({a_float()})"
    for _ in range(400):
        yield "round", f"round({a_float()}, {draw(30) - 12})"
    for _ in range(80):
        yield "round", f"round({an_int()}, {-draw(20)})"
    for _ in range(120):
        yield "round", f"math.{one('floor', 'ceil', 'trunc')}({a_float()})"
    for _ in range(250):
        yield "sum", f"sum({numbers(draw(12), a_float)})"
    for _ in range(120):
        yield "sum", f"sum({numbers(draw(12), small_float)}, {one('0', '0.0', '1', '0.5', '10**20')})"
    for _ in range(60):
        yield "sum", f"sum(x for x in {numbers(draw(12), one(a_float, an_int, small_float))})"
    for _ in range(60):
        yield "sum", f"sum([{an_int()}, {a_float()}, {an_int()}, {a_float()}, {one('fractions.Fraction(1, 3)', 'True', '2j', '1')}])"
    for _ in range(40):
        yield "sum", f"math.{one('fsum', 'prod', 'sumprod')}({numbers(4, small_float)}" + one(")", f", {numbers(4, small_float)})")
    for _ in range(150):
        yield "arithmetic", f"{a_float()} {one('+', '-', '*', '/', '//', '%', '**')} {one(a_float, an_int)()}"
    for _ in range(120):
        yield "arithmetic", f"divmod({one(a_float, an_int)()}, {one(a_float, an_int)()})"
    for _ in range(80):
        yield "arithmetic", f"math.{one('sqrt', 'log', 'exp', 'sin', 'cos', 'tan', 'log10', 'log2', 'atan', 'gamma', 'erf', 'cbrt', 'log1p', 'expm1', 'sinh', 'lgamma')}({a_float()})"
    for _ in range(80):
        yield "arithmetic", f"float({one('1_000.5', '1e5', ' 12 ', '.5', '5.', 'infinity', '-nan', '0x1p3', '1e400', '1e-400', '١٢', '1,5', '')!r})"
    for _ in range(60):
        yield "arithmetic", f"int({one('12', ' 0x1F ', '0b101', '1_000', '१२', '-7', '09', '')!r}, {one('10', '0', '16', '36')})"
    for _ in range(250):
        f = one("mean", "fmean", "median", "median_low", "stdev", "pstdev", "variance", "pvariance", "mode", "multimode", "quantiles", "harmonic_mean", "geometric_mean", "median_grouped")
        yield "statistics", f"statistics.{f}({numbers(1 + draw(9), one(small_float, an_int, lambda: str(1 + draw(9))))})"
    for _ in range(60):
        n = 3 + draw(5)
        yield "statistics", f"statistics.{one('correlation', 'covariance', 'linear_regression')}({numbers(n, small_float)}, {numbers(n, small_float)})"
    for _ in range(250):
        directive = one("%Y-%m-%d", "%d.%m.%y %H:%M:%S", "%A %B %j", "%a %b %e", "%U %W %V %G %u", "%I:%M %p", "%f", "%c", "%x %X", "%y", "%s" if False else "%%", "%-d", "%C", "%z|%Z|")
        yield "datetime", f"{a_date()}.strftime({directive!r})"
    for _ in range(200):
        yield "datetime", f"({a_date()}).{one('isoformat()', 'isocalendar()', 'weekday()', 'timetuple()[:6]', 'toordinal()', 'ctime()', 'date().isoformat()', 'time().isoformat()', 'replace(microsecond=0).isoformat(' + repr(' ') + ')')}"
    for _ in range(120):
        yield "datetime", f"str({a_date()} {one('-', '+')} {a_delta()})"
    for _ in range(120):
        yield "datetime", f"({a_delta()}{one('', ' * 1.5', ' / 7', ' // 3', ' % datetime.timedelta(hours=5)')}){one('', '.total_seconds()')}"
    for _ in range(150):
        text, form = one(
            ("2024-02-30", "%Y-%m-%d"), ("03/04/24", "%d/%m/%y"), ("1 Jan 2024", "%d %b %Y"), ("2024-W05-3", "%G-W%V-%u"),
            ("12:30 PM", "%I:%M %p"), ("2024-01-02T03:04:05.678", "%Y-%m-%dT%H:%M:%S.%f"), ("20240102", "%Y%m%d"),
            ("2024-01-02 +0530", "%Y-%m-%d %z"), ("Monday", "%A"), ("69", "%y"), ("68", "%y"), ("366 2023", "%j %Y"))
        yield "datetime", f"datetime.datetime.strptime({text!r}, {form!r})"
    for _ in range(100):
        yield "datetime", f"datetime.datetime.fromisoformat({one('2024-01-02', '20240102T0304', '2024-W01-1', '2024-01-02T03:04:05Z', '2024-01-02 03:04:05.123456789', '2024-01-02T24:00', '2024-13-01', '2024-01-02T03:04:05,5', '2024-01-02T03+01:30')!r})"
    for _ in range(500):
        method = one(
            "upper()", "lower()", "title()", "capitalize()", "swapcase()", "casefold()", "split()", "splitlines()", "strip()",
            "isalpha()", "isdigit()", "isnumeric()", "isdecimal()", "isspace()", "isidentifier()", "istitle()", "isprintable()",
            "center(9, '*')", "ljust(7)", "zfill(8)", "expandtabs(4)", "partition(' ')", "rsplit(None, 1)", "replace('a', '')",
            "count('')", "find('x')", "encode('utf-8')", "encode('ascii', 'xmlcharrefreplace')", "encode('ascii', 'backslashreplace')",
            "encode('latin-1', 'replace')", "translate({97: 'b'})", "removeprefix('a')")
        yield "text", f"{a_text()}.{method}"
    for _ in range(120):
        yield "text", f"unicodedata.{one('normalize(' + repr('NFKD') + ', %s)', 'normalize(' + repr('NFC') + ', %s)')}" % a_text()
    for _ in range(120):
        yield "text", f"{one('repr', 'ascii', 'len', 'hash if False else sorted', 'json.dumps', 'textwrap.dedent', 'string.capwords')}({a_text()})"
    for _ in range(60):
        yield "text", f"textwrap.{one('wrap', 'fill', 'shorten')}({a_text()} * 4, {5 + draw(20)})"
    for _ in range(300):
        raw = bytes(one(0, 0x41, 0x61, 0xD8, 0xDC, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0xFE, 0xED, 0xA0) for _ in range(draw(9)))
        codec = one("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "ascii", "utf-8-sig", "utf-7")
        yield "bytes", f"{raw!r}.decode({codec!r}, {one('replace', 'ignore', 'strict', 'backslashreplace', 'surrogateescape')!r})"
    for _ in range(100):
        yield "bytes", f"{ascii(one('a', '\u00e9', '\ud800', 'x\udc80y', '\U0001f600', ''))}.encode({one('utf-16', 'utf-16-le', 'utf-8', 'cp1252', 'utf-32-be', 'ascii')!r}, {one('replace', 'ignore', 'strict', 'surrogatepass', 'namereplace')!r})"
    for _ in range(150):
        yield "decimal", f"{one('decimal.Decimal', 'str')}({one('decimal.Decimal', 'decimal.Decimal.from_float')}({one(small_float, a_float)()}))"
    for _ in range(120):
        yield "decimal", f"decimal.Decimal({small_float()!r}).quantize(decimal.Decimal({one('0.1', '1', '0.001', '1E+2')!r}), decimal.{one('ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_DOWN', 'ROUND_CEILING', 'ROUND_05UP')})"
    for _ in range(150):
        yield "decimal", f"format(decimal.Decimal({small_float()!r}), {a_spec(FLOAT_TYPES)!r})"
    for _ in range(120):
        yield "fractions", f"fractions.Fraction({draw(100) - 50}, {1 + draw(50)}) {one('+', '-', '*', '/', '//', '%', '**')} {one('2', '-3', '0.5', 'fractions.Fraction(1, 3)')}"
    for _ in range(60):
        yield "fractions", f"format(fractions.Fraction({draw(1000) - 500}, {1 + draw(50)}), {a_spec(FLOAT_TYPES[:9])!r})"
    for _ in range(100):
        yield "random", f"[random.seed({draw(1000)}), random.{one('random()', 'randint(1, 100)', 'choice(range(10))', 'sample(range(50), 4)', 'gauss(0, 1)', 'shuffle([1, 2])', 'uniform(1, 3)', 'choices([1, 2, 3], [1, 1, 2], k=3)', 'betavariate(1, 2)', 'expovariate(2.0)')}][1]"
    for _ in range(60):
        yield "json", f"json.dumps({one(a_float, an_int, a_text)()}, ensure_ascii={one('True', 'False')})"


seen = set()
for area, expression in expressions():
    if expression in seen:
        continue
    seen.add(expression)
    try:
        value = eval(expression)
        text = ascii(value)
    except Exception as error:
        text = type(error).__name__
    print(area, ascii(expression), text, sep="\t")
