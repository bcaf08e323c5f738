"""A child of the fork server: the guard that enters the namespaces, the init in them, the program.

The guard only waits. The init lays files out, reaps the program, collects what it left, and tells the
server; it shares nothing with the program but the pipe through which the program says how it ended.
"""

import atexit
import json
import os
import shutil
import signal
import stat
import struct
import sys
import sysconfig
import tempfile
import unicodedata

import confinement
import program
import wire

NOBODY = 65534
GIVEN_LIBRARIES = (
    "/usr/share/zoneinfo",
    "/usr/share/matplotlib",
    "/usr/share/fonts",
    "/etc/ld.so.cache",
    "/etc/alternatives",
)
LINKS = ("/lib", "/lib32", "/lib64", "/usr/lib64")
MOST_MESSAGE = 1 << 20
MOST_DEPTH = 16
# As in charts.py, whose word is not taken for it.
MOST_CHARTS, MOST_PANELS, MOST_SERIES, MOST_VALUES = 8, 6, 12, 40


class Limits:
    def __init__(self, wall, cpu, output, flood, source, file_bytes, file_count):
        self.wall_seconds = wall / 1e9
        self.cpu_seconds = max(1, -(-cpu // 10**9))
        self.output_bytes, self.flood_bytes = output, flood
        self.file_bytes, self.file_count = file_bytes, file_count

    def same_room(self, other):
        return (self.file_bytes, self.file_count) == (other.file_bytes, other.file_count)


INSPECTION = Limits(5 * 10**9, 5 * 10**9, 0, 1 << 20, 0, 32 << 20, 256)


class FontList:
    """What matplotlib found out about fonts, kept for the next start: it looks at each font file.

    Only the list itself is kept, and only in a folder that nobody but this user can have filled, since
    matplotlib obeys other files that it finds beside it.
    """

    FONTS = "/usr/share/fonts"
    LARGEST = 16 << 20

    def __init__(self):
        self.folder = os.path.join(tempfile.gettempdir(), f"reckon-fonts-{os.getuid()}")
        self.given = set()

    def ours(self):
        try:
            os.mkdir(self.folder, 0o700)
        except FileExistsError:
            pass
        seen = os.lstat(self.folder)
        return stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.getuid() and not seen.st_mode & 0o077

    def give(self, scratch):
        """Copies the list that is kept, unless fonts came since."""
        try:
            if not self.ours():
                return
            newest = max((os.stat(folder).st_mtime for folder, _, _ in os.walk(self.FONTS)), default=0)
            for entry in os.scandir(self.folder):
                seen = entry.stat(follow_symlinks=False)
                if (
                    self.named(entry.name)
                    and stat.S_ISREG(seen.st_mode)
                    and seen.st_mtime > newest
                    and seen.st_size <= self.LARGEST
                ):
                    shutil.copyfile(entry.path, os.path.join(scratch, entry.name), follow_symlinks=False)
                    self.given.add(entry.name)
        except OSError:
            pass  # then it is made again

    def take(self, scratch):
        """Keeps the list that was made."""
        try:
            if not self.ours():
                return
            for name in filter(self.named, os.listdir(scratch)):
                kept = os.path.join(self.folder, name)
                if name not in self.given:
                    part = f"{kept}.{os.getpid()}"
                    shutil.copyfile(os.path.join(scratch, name), part)
                    os.replace(part, kept)
        except OSError:
            pass  # the next start makes it again

    @staticmethod
    def named(name):
        return name.startswith("fontlist-") and name.endswith(".json")


class Settings:
    """What the parent told, and what came of it."""

    def __init__(self, told):
        self.packages = [path for path in (told["packages"],) if path]
        self.imports = told["imports"].split()
        self.memory = int(told["memory"])
        names = ("guard", "init", "program")
        self.filters = {name: bytes.fromhex(told.get("filter." + name, "")) for name in names}
        self.namespaces = bool(told["namespaces"])
        self.limits = Limits(*map(int, told["limits"].split()))
        self.screening = told["screening"]
        self.walls = []
        self.versions = []
        self.readable, self.links = [], []
        self.held = 0
        self.refused = "they were not asked for"

    def become_nobody(self):
        """Gives up root's rights and user before anything of a package is run."""
        before = [path for path in sys.path if os.path.isdir(path)]
        if os.getuid() == 0:
            try:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            except OSError as error:
                self.walls.append(("user", False, f"root's user could not be left ({error.strerror})"))
            else:
                self.walls.append(("user", True, "programs do not run as the user of Reckon"))
        else:
            self.walls.append(("user", True, "programs run without root's rights"))
        for path in before + self.packages:
            if not os.access(path, os.R_OK | os.X_OK):
                raise PermissionError(
                    f"the folder {path} cannot be read by the user that programs run as "
                    f"(number {os.getuid()}); allow others to read it, or move it"
                )
        confinement.prctl(confinement.PR_SET_DUMPABLE, 0)
        confinement.prctl(confinement.PR_SET_NO_NEW_PRIVS, 1)

    def import_packages(self):
        os.environ.clear()
        # A folder of its own, since whatever lies in a shared one would be read as settings.
        scratch = tempfile.mkdtemp(prefix="reckon-import-")
        quiet = {
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "NUMEXPR_NUM_THREADS": "1",
            "NUMEXPR_MAX_THREADS": "1",
            "MPLCONFIGDIR": scratch,
        }
        os.environ.update(quiet)
        sys.dont_write_bytecode = True
        sys.path[:] = [path for path in sys.path if path] + self.packages
        import locale
        import logging

        fonts = FontList()
        fonts.give(scratch)
        logging.disable(logging.WARNING)
        self.versions = program.import_ahead(self.imports)
        logging.disable(logging.NOTSET)
        fonts.take(scratch)
        # What packages do when this process ends is not to happen in every child.
        atexit._clear()
        shutil.rmtree(scratch, ignore_errors=True)
        for name in quiet:
            os.environ.pop(name, None)
        os.environ.update(HOME=confinement.HOME, USER="sandbox", LANG="C.UTF-8", TZ="UTC")
        locale.setlocale(locale.LC_ALL, "C.UTF-8")
        program.adapt(self.screening)
        self.find_readable()
        self.held = confinement.address_space()

    def without_namespaces(self, reason):
        self.namespaces = False
        self.refused = reason

    def find_readable(self):
        """The interpreter, its packages, the libraries that they have loaded: folders, none in another."""
        paths = set(GIVEN_LIBRARIES)
        paths.update(sysconfig.get_path(name) for name in ("stdlib", "platstdlib"))
        paths.update(sys.path)
        with open("/proc/self/maps") as maps:
            for line in maps:
                name = line.split(maxsplit=5)[5:]
                if name and ".so" in name[0] and name[0].startswith("/"):
                    paths.add(os.path.dirname(name[0].strip()))
        self.readable, self.links = [], []
        for path in sys.path if self.namespaces else ():
            for covered in (confinement.HOME, confinement.TEMPORARY):
                if os.path.isdir(path) and os.path.realpath(path).startswith(covered + "/"):
                    raise PermissionError(
                        f"the folder {path} cannot be used, since programs have a {covered} of their own;"
                        " move what lies there, such as a virtual environment, to another folder"
                    )
        real = {}
        for path in sorted(path for path in paths if path and os.path.exists(path)):
            real[path] = os.path.realpath(path)
            if real[path] != path:
                self.links.append((path, real[path]))
        for path in sorted(set(real.values())):
            if not any(path.startswith(other + "/") for other in self.readable):
                self.readable.append(path)
        for path in LINKS:
            if os.path.islink(path):
                self.links.append((path, os.readlink(path)))
            elif os.path.isdir(path) and path not in self.readable:
                self.readable = [p for p in self.readable if not p.startswith(path + "/")] + [path]

    def environment(self, walls):
        rows = self.walls + json.loads(walls)
        version = ".".join(map(str, sys.version_info[:3]))
        modules = sorted(n for n in sys.stdlib_module_names if n[0] != "_")
        body = wire.text(version) + wire.texts(modules)
        body += wire.texts([f"{name} {number}".strip() for name, number in self.versions])
        body += wire.texts(program.missing())
        body += wire.integer(len(rows))
        for name, stands, detail in rows:
            body += wire.text(name) + wire.flag(stands) + wire.text(detail)
        return body


def begin(settings, limits, folder, task, out, err, messages):
    """Runs in the guard's process, from the server's fork to its end."""
    try:
        guard(settings, limits, folder, task, out, err, messages)
    except BaseException as error:
        reason = f"{type(error).__name__}: {error}".encode()[:1000]
        os.write(messages, struct.pack(">iI", -len(reason), 0) + reason)
    finally:
        os._exit(1)


def keep_only(*files):
    """Closes all descriptors but these."""
    start = 0
    for file in sorted(files):
        # With equal ends Python 3.11 closes everything.
        if start < file:
            os.closerange(start, file)
        start = file + 1
    os.closerange(start, 64)


def guard(settings, limits, folder, task, out, err, messages):
    confinement.die_with_parent()
    # The first four stay taken, so that no pipe of the program's is among them.
    keep_only(2, 3, task, out, err, messages)
    os.dup2(3, 0)
    os.dup2(3, 1)
    walls = confinement.Walls()
    try:
        confinement.write("/proc/self/oom_score_adj", "1000")
    except OSError:
        pass
    home, temporary = confinement.HOME, confinement.TEMPORARY
    rooms = settings.namespaces
    if rooms:
        # A full stop where they are refused: half of them would be neither one thing nor the other.
        confinement.enter_namespaces()
        confinement.enter_own_root(
            settings.readable,
            settings.links,
            limits.file_bytes // 4096 * 4096 + 4096 * (limits.file_count + 1),
            limits.file_count,
        )
        walls.told.append(("namespaces", True, "no other process, user, network or file is visible"))
        walls.told.append(("quota", True, "files lie in memory of limited size, and go with the program"))
    else:
        home, temporary = folder + "/home", folder + "/tmp"
        os.mkdir(home, 0o700)
        os.mkdir(temporary, 0o700)
        walls.told.append(("namespaces", False, settings.refused))
        walls.told.append(("quota", True, "the folder of a program is watched, and emptied after it"))
    pipe, told = os.pipe()
    init = confinement.fork()
    if init == 0:
        confinement.die_with_parent()
        os.close(pipe)
        run_init(settings, limits, walls, (home, temporary), told, task, out, err, messages)
        os._exit(1)
    for file in (told, task, out, err):
        os.close(file)
    ready = b""
    while part := os.read(pipe, 65536):
        ready += part
    os.close(pipe)
    if not ready:
        os._exit(1)
    # The number by which the server knows the init: in its own name space only the guard sees it.
    os.write(messages, struct.pack(">iI", len(ready), init) + ready)
    os.close(messages)
    confinement.drop_capabilities()
    confinement.filter_calls(settings.filters["guard"])
    while True:
        try:
            os.waitpid(init, 0)
            break
        except InterruptedError:
            pass
    os._exit(0)


def lock(settings, walls, folders, memory, file_bytes, calls):
    """The walls that stand without namespaces too, in the order in which they can be put up."""
    put_up = walls.put_up
    put_up(
        "rlimits",
        f"at most {settings.memory >> 20} MiB of memory, no core dump, few open files",
        lambda: confinement.limit_resources(settings.held, memory, file_bytes),
    )
    put_up("capabilities", "no rights over the machine", confinement.drop_capabilities)
    confinement.die_with_parent()
    put_up(
        "not-dumpable",
        "other processes of this user cannot read its memory",
        lambda: confinement.prctl(confinement.PR_SET_DUMPABLE, 0),
    )
    put_up(
        "no-new-privs",
        "no program can be given more rights",
        lambda: confinement.prctl(confinement.PR_SET_NO_NEW_PRIVS, 1),
    )
    put_up(
        "landlock",
        "reads only Python and its packages, writes only its own folder",
        lambda: confinement.landlock(settings.readable, folders, signals=calls == "init"),
    )
    put_up(
        "seccomp",
        "no new process, thread, socket or signal to others",
        lambda: confinement.filter_calls(settings.filters[calls]),
    )


def run_init(settings, limits, walls, folders, told, task, out, err, messages):
    go, start = os.pipe()
    result, say = os.pipe()
    os.chdir(folders[0])
    parent = os.getpid()
    main = confinement.fork()
    if main == 0:
        confinement.die_with_parent(parent)
        for source, target in ((go, 0), (out, 1), (say, 3)):
            os.dup2(source, target)
        keep_only(0, 1, 2, 3, err, told)
        lock(settings, walls, folders, settings.memory, limits.file_bytes, "program")
        os.write(told, json.dumps(walls.told).encode())
        os.close(told)
        os.dup2(err, 2)
        os.close(err)
        program.begin(folders)
        os._exit(0)
    for file in (go, out, err, say, told):
        os.close(file)
    keep_only(task, start, result, messages)
    lock(
        settings,
        confinement.Walls(),
        folders,
        limits.file_bytes * 3 + (64 << 20),
        limits.file_bytes,
        "init",
    )
    serve_init(limits, folders[0], main, task, start, result, messages)
    os._exit(0)


def read_exactly(file, length):
    parts = bytearray()
    while len(parts) < length:
        part = os.read(file, min(length - len(parts), 1 << 20))
        if not part:
            os._exit(0)
        parts += part
    return parts


def write_all(file, content):
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def serve_init(limits, home, main, task, start, result, messages):
    kind, length = struct.unpack(">BI", read_exactly(task, 5))
    content = read_exactly(task, length)
    os.close(task)
    given = {}
    reader = wire.Reader(content)
    cpu = limits.cpu_seconds
    if kind == wire.RUN:
        asked = Limits(*wire.LIMITS.unpack(reader.take(wire.LIMITS.size)))
        cpu = asked.cpu_seconds
        source = reader.data()
        for _ in range(reader.integer()):
            name = reader.text()
            given[name] = reader.data()
        lay(home, given)
    else:
        source = reader.data()
    try:
        write_all(start, struct.pack(">BII", kind, cpu, len(source)) + bytes(source))
    except BrokenPipeError:
        pass
    os.close(start)
    told = hear(result)
    _, status, used = os.wait4(main, 0)
    if kind == wire.INSPECT:
        body = told or wire.flag(False) + wire.text("its reader died of it")
        write_all(messages, wire.frame(wire.INSPECTED, body))
        return
    end, charts = ended(told, status, used, cpu, limits)
    dropped = collect(home, given, limits, messages)
    for chart in charts:
        write_all(messages, wire.frame(wire.CHART, chart))
    for name in read_names(home, given):
        write_all(messages, wire.frame(wire.READ, wire.text(name)))
    write_all(messages, wire.frame(wire.FINISHED, end + wire.integer(dropped)))


def hear(result):
    """What the program said of its own end, up to a bound; it may have said anything."""
    parts = bytearray()
    while part := os.read(result, 65536):
        parts += part
        if len(parts) > MOST_MESSAGE:
            break
    os.close(result)
    return bytes(parts)


def lay(home, given):
    for name, content in given.items():
        path = os.path.join(home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        # Whether it is read is seen by the time of the last reading, which is none so far.
        os.utime(path, ns=(0, os.stat(path).st_mtime_ns))


def read_names(home, given):
    for name in given:
        try:
            if READ_TIMES.get(name, 0) > 0:
                yield name
        except OSError:
            pass


READ_TIMES = {}
SIGNALS = {
    signal.SIGSEGV: "it used memory that is not its own (segmentation fault)",
    signal.SIGBUS: "it used memory that is not there (bus error)",
    signal.SIGABRT: "it was aborted",
    signal.SIGFPE: "it divided by zero in native code",
    signal.SIGILL: "it ran an illegal instruction",
    signal.SIGSYS: "it made a system call of another architecture",
}


def ended(told, status, used, cpu, limits):
    """How the program ended, by its own word where it had one, and its charts."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        spent = used.ru_utime + used.ru_stime
        if number == signal.SIGXCPU or (number == signal.SIGKILL and spent >= cpu):
            return wire.ending("CPU_TIME"), []
        if number == signal.SIGKILL:
            return wire.ending("MEMORY"), []
        if number == signal.SIGXFSZ:
            full = "[Errno 28] No space left on device"
            return wire.ending("FAILED", wire.error("OSError", full, 0, f"OSError: {full}\n")), []
        why = SIGNALS.get(number, f"it ended by signal {number}")
        return crashed(f"the program crashed: {why}"), []
    if not told:
        return crashed("the program ended its process without finishing"), []
    try:
        said = json.loads(told)
        charts = [chart(each) for each in said.get("charts", [])[:MOST_CHARTS]]
        kind = said["kind"]
        if kind == "ok":
            return wire.ending("COMPLETED"), charts
        failure = wire.error(
            str(said["type"]), str(said["message"]), int(said["line"]), str(said["traceback"])
        )
        if kind == "memory":
            return wire.ending("MEMORY", failure), charts
        if kind == "blocked":
            return wire.ending("BLOCKED", failure, str(said["capability"])[:1000]), charts
        return wire.ending("FAILED", failure), charts
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OverflowError, struct.error):
        return crashed("the program's end cannot be read"), []


def chart(said):
    """The bytes of a Chart, of what the program says of it."""
    body = wire.text(str(said["file"])) + wire.text(str(said["title"]))
    return body + listed(said["panels"], MOST_PANELS, panel)


def panel(said):
    body = wire.text(str(said["title"])) + wire.text(str(said["x"])) + wire.text(str(said["y"]))
    body += listed(said["legend"], MOST_SERIES, lambda text: wire.text(str(text)))
    return body + listed(said["series"], MOST_SERIES, series)


def series(said):
    body = wire.text(str(said["kind"])) + wire.text(str(said["label"])) + wire.integer(said["points"])
    body += wire.double(said.get("least")) + wire.double(said.get("most"))
    return body + listed(said["values"], MOST_VALUES, lambda pair: wire.text(str(pair[0])) + wire.double(pair[1]))


def listed(items, most, part):
    return wire.integer(len(items[:most])) + b"".join(map(part, items[:most]))


def crashed(message):
    return wire.ending("FAILED", wire.error("Crash", message, 0, f"Crash: {message}\n"))


def cleaned(name):
    """A name that can be shown anywhere, as the other engine makes it."""
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(
        "_" if c == "\\" or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c
        for c in whole
    )


def collect(home, given, limits, messages):
    """Sends the regular files that are new or changed; returns how many were left out."""
    room, left, sent = limits.file_bytes, limits.file_count, 0
    dropped = 0
    root = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    waiting = [("", root, 0)]
    while waiting:
        prefix, folder, depth = waiting.pop()
        for name in sorted(os.listdir(folder)):
            if name.startswith(".") or name == "__pycache__":
                continue
            whole = prefix + name
            try:
                found = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if stat.S_ISDIR(found.st_mode) and depth < MOST_DEPTH and len(waiting) < 16:
                    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
                    waiting.append((whole + "/", inner, depth + 1))
                    continue
                if not stat.S_ISREG(found.st_mode):
                    continue
                READ_TIMES[whole] = found.st_atime_ns
                if found.st_size > room or sent >= left:
                    dropped += whole not in given or found.st_size != len(given[whole])
                    continue
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
                try:
                    content = read_file(file, found.st_size)
                finally:
                    os.close(file)
            except OSError:
                dropped += 1
                continue
            if whole in given and given[whole] == content:
                continue
            room -= len(content)
            sent += 1
            shown = "/".join(cleaned(part)[:80] if len(part.encode("utf-8", "replace")) > 255 else cleaned(part) for part in whole.split("/"))
            body = wire.data(shown.encode("utf-8", "replace"))
            write_all(messages, struct.pack(">iB", 1 + len(body) + 4 + len(content), wire.FILE) + body)
            write_all(messages, wire.integer(len(content)))
            write_all(messages, content)
        os.close(folder)
    return dropped


def read_file(file, size):
    parts = bytearray()
    while len(parts) < size:
        part = os.read(file, size - len(parts))
        if not part:
            break
        parts += part
    return parts
