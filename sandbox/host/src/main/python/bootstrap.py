import os
import struct
import sys


def read(length):
    parts = b""
    while len(parts) < length:
        part = os.read(0, length - len(parts))
        if not part:
            os._exit(1)
        parts += part
    return parts


def number():
    return struct.unpack(">i", read(4))[0]


told = {}
for _ in range(number()):
    key = read(number()).decode()
    told[key] = read(number()).decode()
try:
    if sys.version_info < (3, 10):
        raise RuntimeError("Python 3.10 or newer is needed, and this is " + sys.version.split()[0])
    for name in [key[:-3] for key in told if key.endswith(".py")]:
        module = type(sys)(name)
        sys.modules[name] = module
        exec(compile(told[name + ".py"], name + ".py", "exec"), module.__dict__)
    sys.modules["forkserver"].main(told)
except Exception as error:
    os.write(2, f"{type(error).__name__}: {error}\n".encode())
    os._exit(1)
os._exit(0)
