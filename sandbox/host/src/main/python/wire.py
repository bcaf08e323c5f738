"""The bytes of the messages between a worker and its parent, as dev.reckon.sandbox.wire has them."""

import struct

READY, IDLE, OUTPUT, FILE, FINISHED, INSPECTED, READ, CHART = range(1, 9)
RUN, INSPECT, CANCEL, SHUTDOWN = range(1, 5)

# Wall and CPU time in nanoseconds, output kept, output at which a program is ended, source, bytes and
# number of files.
LIMITS = struct.Struct(">qqiqiqi")
LONGEST_TEXT = 64_000


def number(value):
    return struct.pack(">q", value)


def integer(value):
    return struct.pack(">i", value)


def double(value):
    """A number that may be missing."""
    return struct.pack(">d", float("nan") if value is None else value)


def flag(value):
    return b"\x01" if value else b"\x00"


def data(content):
    return struct.pack(">i", len(content)) + content


def text(value):
    encoded = value.encode("utf-8", "replace")
    if len(encoded) > LONGEST_TEXT:
        encoded = encoded[:LONGEST_TEXT].decode("utf-8", "ignore").encode()
    return data(encoded)


def texts(values):
    return integer(len(values)) + b"".join(map(text, values))


def error(kind, message, line, traceback):
    return text(kind) + text(message) + integer(max(0, min(line, 2**31 - 1))) + text(traceback)


def ending(name, failure=b"", detail=""):
    """The middle of a FINISHED message; the failure is what error() gives."""
    return text(name) + flag(failure) + failure + text(detail)


def frame(kind, body):
    return struct.pack(">iB", len(body) + 1, kind) + body


class Reader:
    """Reads the parts of a message that came from the parent, which is trusted."""

    def __init__(self, content):
        self.content = memoryview(content)
        self.at = 0

    def take(self, length):
        part = self.content[self.at : self.at + length]
        self.at += length
        return part

    def integer(self):
        return struct.unpack(">i", self.take(4))[0]

    def data(self):
        return self.take(self.integer())

    def text(self):
        return bytes(self.data()).decode()
