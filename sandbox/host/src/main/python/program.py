"""Runs one program as __main__ in a locked child and says how it ended.

Nothing here is a wall: a program may reach and change all of it, and hurts only its own process.
"""

import atexit
import builtins
import errno
import gc
import importlib
import importlib.metadata
import json
import linecache
import os
import resource
import struct
import sys
import tempfile
import traceback

import charts
import wire

SCRIPT = "script.py"
LONGEST_TEXT = 4_000
MOST_FRAMES = 200
LONGEST_TRACEBACK = 16_000
NOT_HERE = "not available in this sandbox: "
STACK_DEPTH = 1_000

EXPECTED = (
    "numpy pandas matplotlib scipy sklearn seaborn requests openpyxl xlrd xlsxwriter bs4 lxml "
    "yaml sympy statsmodels plotly PIL dateutil pytz tabulate nltk networkx polars pyarrow "
    "tensorflow torch cv2 flask django fastapi sqlalchemy httpx aiohttp tqdm rich faker "
    "pydantic psutil docx pypdf PyPDF2 reportlab jinja2 chardet simplejson attr unidecode"
).split()

# The names under which packages are installed, where they differ from those that are imported.
DISTRIBUTIONS = {"PIL": "Pillow", "sklearn": "scikit-learn", "dateutil": "python-dateutil"}

# Importable on many machines and of no use here: they need a network or other processes.
USELESS = set("requests flask django fastapi httpx aiohttp psutil".split())

inspect = None
found = []


def import_ahead(names):
    """Imports what is there of these; returns (name, version) of each."""
    for name in names:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        if name == "matplotlib":
            charts.prepare()
        if "." not in name:
            found.append((name, version(name, module)))
    # What is not imported ahead is still there for whoever imports it.
    known = {name for name, _ in found}
    for name in EXPECTED:
        if name not in known and name not in USELESS and importable(name):
            found.append((name, version(name, None)))
    return found


def importable(name):
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def version(name, module):
    try:
        return importlib.metadata.version(DISTRIBUTIONS.get(name, name))
    except importlib.metadata.PackageNotFoundError:
        return str(getattr(module, "__version__", ""))


def missing():
    here = {name for name, _ in found}
    return [name for name in EXPECTED if name not in here]


def refuse(kind, capability, *arguments):
    error = kind(*arguments, NOT_HERE + capability)
    error.capability = capability
    return error


def refusing(capability, kind=PermissionError, *arguments):
    def unavailable(*args, **kwargs):
        raise refuse(kind, capability, *arguments)

    return unavailable


def put(module, names, function):
    for name in names.split():
        if hasattr(module, name):
            setattr(module, name, function)


def adapt(screening):
    """Done once, before any child is forked: says in words what the kernel would refuse anyway."""
    global inspect
    import _posixsubprocess
    import _thread
    import platform
    import posix
    import signal
    import socket
    import subprocess
    import threading

    space = {}
    exec(compile(screening, "screening.py", "exec"), space)
    here = set(sys.stdlib_module_names) | {name for name, _ in found}
    inspect = space["_screening"](here)

    starting = refusing("starting another program", PermissionError, 1)
    put(posix, "system execv execve posix_spawn posix_spawnp", starting)
    put(os, "system execv execve execl execle execlp execlpe execvp execvpe posix_spawn posix_spawnp popen", starting)
    put(os, "spawnv spawnve spawnl spawnle spawnlp spawnlpe spawnvp spawnvpe", starting)
    _posixsubprocess.fork_exec = subprocess._fork_exec = starting
    forking = refusing("starting a process", PermissionError, 1)
    for module in (posix, os):
        put(module, "fork forkpty openpty", forking)
        put(module, "kill killpg", refusing("sending signals", PermissionError, 1))
        ending = refusing("ending the process at once; use sys.exit()", PermissionError, 1)
        put(module, "abort", ending)
    threads = refusing("starting a thread", RuntimeError)
    put(_thread, "start_new_thread start_new", threads)
    threading._start_new_thread = threads
    offline = refusing("the network", OSError, 101)
    socket.socket.__init__ = offline
    names = "create_connection create_server socketpair fromfd getaddrinfo gethostbyname"
    put(socket, names + " gethostbyname_ex gethostbyaddr getnameinfo", offline)
    socket.gethostname = socket.getfqdn = lambda *name: "sandbox"
    put(signal, "signal alarm setitimer raise_signal pthread_kill", refusing("signals", PermissionError, 1))
    uname = os.uname_result(("Linux", "sandbox", "", "", os.uname().machine))
    posix.uname = os.uname = lambda: uname
    # What packages have asked while they were imported.
    platform._uname_cache = None
    # As a Python that was started by itself has it: what cannot be encoded is an error of the program.
    sys.stdout.reconfigure(encoding="utf-8", errors="strict")
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    builtins.input = no_input
    builtins.exit = Quitter("exit")
    builtins.quit = Quitter("quit")
    sys.meta_path.insert(0, Adapting())
    sys.executable = ""
    for name in ("child", "confinement", "forkserver", "wire", "charts", "program"):
        sys.modules.pop(name, None)


def run_without_sockets(events):
    """An event loop without its pair of sockets: there is nothing outside to wait for."""
    import time

    class Clock(events.selectors._BaseSelectorImpl):
        def select(self, timeout=None):
            if timeout is None:
                raise RuntimeError(
                    "every task waits for something that cannot come: there are no threads and "
                    "no network in this sandbox"
                )
            if timeout > 0:
                time.sleep(timeout)
            return []

    def nothing(self, *args):
        return None

    loop = events.BaseSelectorEventLoop
    prepare = loop.__init__
    loop.__init__ = lambda self, selector=None: prepare(self, selector or Clock())
    loop._make_self_pipe = loop._close_self_pipe = loop._write_to_self = nothing


def without_processes(process):
    process.BaseProcess.__init__ = refusing("starting a process", PermissionError, 1)


class Adapting:
    """Has modules of the library changed right after they have been loaded."""

    adaptations = {
        "asyncio.selector_events": run_without_sockets,
        "multiprocessing.process": without_processes,
    }

    def find_spec(self, name, path=None, target=None):
        adapt_it = self.adaptations.get(name)
        if adapt_it is None:
            return None
        from _frozen_importlib_external import PathFinder

        spec = PathFinder.find_spec(name, path)
        load = spec.loader.exec_module

        def load_and_adapt(module):
            load(module)
            adapt_it(module)

        spec.loader.exec_module = load_and_adapt
        return spec


def no_input(prompt="", /):
    if prompt:
        sys.stdout.write(str(prompt))
        sys.stdout.flush()
    raise EOFError(
        "input() has nothing to read here: nobody is at a keyboard. Attach a file, or write the "
        "value into the script."
    )


class Quitter:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Use {self.name}() to exit"

    def __call__(self, code=None):
        raise SystemExit(code)


def cut(text, longest):
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"


def text_of(value):
    try:
        text = str(value)
        return text if type(text) is str else "<unprintable>"
    except BaseException:
        return "<unprintable>"


def keep_own_frames(report, seen, home):
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    report.stack[:] = [f for f in report.stack if f.filename == SCRIPT or f.filename.startswith(home)]
    keep_own_frames(report.__cause__, seen, home)
    keep_own_frames(report.__context__, seen, home)
    for each in getattr(report, "exceptions", None) or ():
        keep_own_frames(each, seen, home)


def last_line(error):
    if isinstance(error, SyntaxError) and error.filename == SCRIPT:
        return error.lineno or 0
    line = 0
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == SCRIPT:
            line = step.tb_lineno
        step = step.tb_next
    return line


def traceback_of(error, home):
    try:
        report = traceback.TracebackException(
            type(error), error, error.__traceback__, limit=-MOST_FRAMES, compact=True
        )
        keep_own_frames(report, set(), home)
        return cut("".join(report.format()), LONGEST_TRACEBACK)
    except BaseException:
        return f"{type(error).__name__}: {cut(text_of(error), LONGEST_TEXT)}\n"


def capability_of(error, depth=0):
    """What was refused: here, or in the error that led to this one."""
    if error is None or depth > 8:
        return ""
    capability = getattr(error, "capability", None)
    if type(capability) is str:
        return capability
    return capability_of(error.__cause__, depth + 1) or capability_of(
        None if error.__suppress_context__ else error.__context__, depth + 1
    )


def told(kind, error, trace, capability=""):
    return {
        "kind": kind,
        "type": str(type(error).__name__),
        "message": cut(text_of(error), LONGEST_TEXT),
        "line": last_line(error),
        "traceback": trace,
        "capability": capability,
    }


def ended(error, home):
    """How the program ended, whatever its error does when it is asked."""
    try:
        return ended_by(error, home)
    except BaseException:
        return {
            "kind": "error",
            "type": "Exception",
            "message": "an error that cannot be shown",
            "line": 0,
            "traceback": "",
        }


def ended_by(error, home):
    if isinstance(error, SystemExit):
        code = error.code
        if code is None or (isinstance(code, int) and code == 0):
            return {"kind": "ok"}
        if not isinstance(code, int):
            print(text_of(code), file=sys.stderr)
        return told("exit", error, "")
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        # A single file may be as large as all of them together.
        error.errno, error.strerror = errno.ENOSPC, os.strerror(errno.ENOSPC)
    if isinstance(error, MemoryError):
        error.__traceback__ = None
        return told("memory", error, "")
    capability = capability_of(error)
    return told("blocked" if capability else "error", error, traceback_of(error, home), capability)


def flush():
    """Returns the first error, such as a full disk."""
    trouble = None
    for stream in {id(s): s for s in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)}.values():
        try:
            stream.flush()
        except BaseException as error:
            trouble = trouble or error
    return trouble


def read_exactly(length):
    parts = b""
    while len(parts) < length:
        part = os.read(0, length - len(parts))
        if not part:
            os._exit(0)
        parts += part
    return parts


def begin(folders):
    """Waits for what to do, does it, and tells of it on descriptor 3."""
    home = folders[0]
    os.environ["HOME"] = home
    tempfile.tempdir = folders[1]
    reseed()
    kind, cpu, length = struct.unpack(">BII", read_exactly(9))
    source = read_exactly(length).decode("utf-8", "replace")
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    if kind == wire.INSPECT:
        answer = wire.flag(True) + report(inspect(source))
    else:
        answer = json.dumps(run(source, home)).encode()
    # By hand: a program may have put its own hands on os.write.
    view = memoryview(answer)
    while view:
        view = view[write(3, view) :]


write = os.write


def reseed():
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def run(source, home):
    main = type(sys)("__main__")
    main.__file__ = SCRIPT
    main.__builtins__ = builtins
    sys.modules["__main__"] = main
    sys.argv[:] = [SCRIPT]
    sys.path[:0] = [home]
    linecache.cache[SCRIPT] = (len(source), None, source.splitlines(True), SCRIPT)
    gc.enable()
    error = None
    try:
        exec(compile(source, SCRIPT, "exec", dont_inherit=True), main.__dict__)
    except BaseException as raised:
        error = raised
    result = {"kind": "ok"} if error is None else ended(error, home)
    error = None
    # Before what is to happen at the exit, which closes all figures.
    try:
        result["charts"] = charts.finish()
    except BaseException as trouble:
        if result["kind"] == "ok":
            result = ended(trouble, home)
    atexit._run_exitfuncs()
    # What a file still holds is written when the last that knows it goes.
    main.__dict__.clear()
    trouble = flush()
    if trouble is not None and result["kind"] == "ok":
        result = ended(trouble, home)
    return result


def report(rows):
    """The bytes of a SourceReport."""
    imports, uses, traits, single = [], [], [], {}
    for kind, text, line, mark in rows:
        if kind == "import":
            imports.append(wire.text(text) + wire.integer(line) + wire.flag(mark))
        elif kind == "use":
            uses.append(wire.text(text) + wire.integer(line) + wire.flag(mark))
        elif kind == "trait":
            traits.append(wire.text(text))
        else:
            single[kind] = (text, line)
    body = b"\x00"
    if "error" in single:
        name, line = single["error"]
        body = b"\x01" + wire.error(name, single["message"][0], line, single["traceback"][0])
    body += wire.integer(single["lines"][1])
    for part in (imports, uses, traits):
        body += wire.integer(len(part)) + b"".join(part)
    return body
