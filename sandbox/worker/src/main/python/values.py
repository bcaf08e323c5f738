"""Gives floats the values that CPython 3.12 gives them, where GraalPy has others.

Only functions are replaced here: the methods of float and what f-strings call stay GraalPy's own.
docs/python-values.md lists what still differs. Like guest.py this is no wall.
"""


def _adapt():
    import builtins
    import math
    from itertools import islice

    add = builtins.sum
    to_digits = builtins.round
    write = builtins.format
    fsum = math.fsum

    PIECE = 4_096
    LONG = 10_000
    # From here on every float is a whole number.
    WHOLE = 4_503_599_627_370_496.0
    LONG_INT = 1 << 63

    def one_by_one(values, total):
        """CPython's own way: Neumaier's sum, in which only floats are compensated for."""
        lost = 0.0
        rest = iter(values)
        for value in rest:
            kind = type(value)
            if type(total) is not float:
                total = total + value
            elif kind is float:
                raised = total + value
                if abs(total) >= abs(value):
                    lost += (total - raised) + value
                else:
                    lost += (value - raised) + total
                total = raised
            elif (kind is int or kind is bool) and -LONG_INT <= value < LONG_INT:
                total += float(value)
            else:
                return add(rest, (total + lost if math.isfinite(lost) else total) + value)
        return total + lost if type(total) is float and lost and math.isfinite(lost) else total

    def exactly(values, total, lost, rough):
        """The rounded sum of floats, and what rounding lost: as good as compensating, and quicker."""
        if type(total) is not float:
            total, values = total + values[0], values[1:]
        try:
            rounded = fsum((total, lost, *values))
            return rounded, fsum((total, lost, *values, -rounded))
        except (OverflowError, ValueError):
            return rough, 0.0

    def sum(iterable, /, start=0):
        kind = type(iterable)
        if kind is range:
            return add(iterable, start)
        if kind is list or kind is tuple:
            # Whatever holds no float is added by GraalPy itself.
            rough = add(iterable, start)
            if type(rough) is not float or rough - rough != 0.0:
                return rough
            kinds = {*map(type, iterable)}
            if len(kinds) == 1 and float in kinds or len(iterable) > LONG and kinds <= {int, bool, float}:
                return exactly(iterable, start, 0.0, rough)[0]
            return one_by_one(iterable, start)
        return added(iter(iterable), start)

    def added(rest, total):
        """Adds what comes one after another, in pieces."""
        lost = 0.0
        while piece := list(islice(rest, PIECE)):
            rough = add(piece, total)
            if type(rough) is not float or rough - rough != 0.0:
                total, lost = rough, 0.0
            elif {*map(type, piece)} == {float}:
                total, lost = exactly(piece, total, lost, rough)
            else:
                total, lost = one_by_one(piece, total + lost if lost else total), 0.0
        return total

    sum.__doc__ = add.__doc__

    def round(number, ndigits=None):
        if ndigits is None and type(number) is float and (number >= WHOLE or number <= -WHOLE):
            return int(number)
        return to_digits(number, ndigits)

    round.__doc__ = to_digits.__doc__

    def without_negative_zero(value, spec, at):
        """What the option z asks for, at that place in a format."""
        plain = spec[:at] + spec[at + 1 :]
        text = format(value, plain)
        negative = math.copysign(1.0, value) < 0 and value - value == 0.0
        if negative and not any(digit in text for digit in "123456789"):
            return format(0.0, plain)
        return text

    def format(value, spec="", /):
        if type(value) is float and type(spec) is str and spec:
            if value == 0.0 and spec[-2:] in (".0", ".1") and spec[:-2] in ("", "+", "-", " "):
                sign = "-" if math.copysign(1.0, value) < 0 else spec[:-2].strip("-")
                return sign + "0e+00"
            if "z" in spec:
                at = 2 if spec[1:2] in tuple("<>=^") else 1 if spec[0] in "<>=^" else 0
                if spec[at : at + 1] in tuple("+- "):
                    at += 1
                if spec[at : at + 1] == "z":
                    return without_negative_zero(value, spec, at)
        return write(value, spec)

    format.__doc__ = write.__doc__

    def cbrt(x, /):
        """Return the cube root of x."""
        size = math.fabs(x)
        if size == 0.0 or size - size != 0.0:
            return x + 0.0
        part, power = math.frexp(size)
        thirds, more = divmod(power, 3)
        part = math.ldexp(part, more)
        root = part ** (1 / 3)
        root -= (root * root * root - part) / (3.0 * root * root)
        return math.copysign(math.ldexp(root, thirds), x)

    def exp2(x, /):
        """Return 2 raised to the power x."""
        return 2.0 ** (x + 0.0)

    builtins.sum = sum
    builtins.round = round
    builtins.format = format
    for function in (cbrt, exp2):
        if not hasattr(math, function.__name__):
            setattr(math, function.__name__, function)


_adapt()
