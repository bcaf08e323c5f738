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

    PIECE = 65_536
    SAMPLE = 32
    CLOSE = 1e-9
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

    def only_floats(values):
        some = values if len(values) <= 2 * SAMPLE else (*values[:SAMPLE], *values[-SAMPLE:])
        return {*map(type, some)} == {float}

    def exact(values, total, lost, rough):
        """The rounded sum of numbers, or None where CPython's is another: ints among the floats are not compensated for.

        As good as one_by_one for floats and far quicker. Looking at a type costs ten times as much as adding a float, so
        that is done where rounding lost something only, and of many values with some. What is no number shows as a sum
        that is far from the rough one.
        """
        try:
            whole = fsum((total, lost, *values)) if total or lost else fsum(values) + 0.0
        except (OverflowError, TypeError, ValueError):
            return None
        if whole == rough and not lost:
            return rough
        if abs(whole - rough) > CLOSE * abs(rough):
            return whole if {*map(type, values)} == {float} else None
        return whole if only_floats(values) else None

    def sum(iterable, /, start=0):
        kind = type(iterable)
        if kind is not list and kind is not tuple:
            return add(iterable, start) if kind is range else added(iter(iterable), start)
        # Whatever holds no float is added by GraalPy itself.
        rough = add(iterable, start)
        if type(rough) is not float or rough - rough != 0.0:
            return rough
        whole = exact(iterable, start, 0.0, rough)
        return one_by_one(iterable, start) if whole is None else whole

    def added(rest, total):
        """Adds what comes one after another, in pieces."""
        lost = 0.0
        while piece := list(islice(rest, PIECE)):
            rough = add(piece, total)
            if type(rough) is not float or rough - rough != 0.0:
                whole = rough
                lost = 0.0
            else:
                whole = exact(piece, total, lost, rough)
                if whole is None:
                    whole = one_by_one(piece, total + lost if lost else total)
                    lost = 0.0
                elif len(piece) == PIECE:
                    lost = fsum((total, lost, *piece, -whole))
            total = whole
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
