"""A worker whose programs run in children forked from it: CPython with its packages already imported.

It speaks the worker's messages on standard input and output. What belongs to a run goes through it by
splice() and never into its memory, because the next program's process begins as a copy of that memory.
One child is locked and waiting ahead of need; each serves one program or reads one source.
"""

import array
import errno
import fcntl
import gc
import os
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

import confinement
import child
import wire

IN, OUT = 0, 1
# What a child may send in one message besides a file, and what a file's message has besides content.
ORDINARY_BYTES = 8 << 20
FILE_HEAD_BYTES = 64 << 10
PIECE_BYTES = 64 << 10
COLLECTING_SECONDS = 5
QUOTA_SECONDS = 0.02
# Folders of runs where there are no namespaces; one is made some moments before it is locked.
RUN_FOLDER = "reckon-run-"
SETTLED_SECONDS = 60


class Fatal(Exception):
    """The worker cannot go on; the message is for the log and for doctor."""


def write_all(file, content):
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]


def read_all(file, length):
    """Exactly so many bytes, or fewer at the end of the stream."""
    parts = b""
    while len(parts) < length:
        part = os.read(file, length - len(parts))
        if not part:
            break
        parts += part
    return parts


def waiting_bytes(pipe):
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def splice(source, target, length):
    """Moves that many bytes between pipes without reading them; False at the source's end."""
    while length > 0:
        moved = os.splice(source, target, length)
        if moved == 0:
            return False
        length -= moved
    return True


class Quota:
    """Watches a directory of an ordinary file system that nothing else bounds."""

    def __init__(self, folder, limits):
        self.folder = folder
        self.bytes, self.files = limits.file_bytes, limits.file_count

    def exceeded(self):
        used = files = 0
        for folder, _, names in os.walk(self.folder):
            files += 1
            for name in names:
                try:
                    used += os.lstat(os.path.join(folder, name)).st_blocks * 512
                    files += 1
                except OSError:
                    pass
        # Each file may fill its last block only in part; the folders of the run itself are three.
        return used > self.bytes + 4096 * self.files or files > self.files + 4


class Child:
    """One locked process with its init, and the pipes to both."""

    def __init__(self, settings, limits):
        self.limits = limits
        self.folder = None
        self.init = None
        self.lock = None
        if not settings.namespaces:
            self.folder = tempfile.mkdtemp(prefix=RUN_FOLDER)
            # Held as long as this process lives: whoever gets it later may take the folder away.
            self.lock = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        task, self.task = os.pipe()
        self.out, out = os.pipe()
        self.err, err = os.pipe()
        self.messages, messages = os.pipe()
        self.guard = confinement.fork()
        if self.guard == 0:
            child.begin(settings, limits, self.folder, task, out, err, messages)
        for end in (task, out, err, messages):
            os.close(end)
        header = read_all(self.messages, 8)
        length, init = struct.unpack(">iI", header) if header else (0, 0)
        if length <= 0:
            reason = read_all(self.messages, -length).decode()
            self.end()
            self.close()
            raise Fatal(f"a child process could not be locked: {reason or 'it ended early'}")
        self.walls = read_all(self.messages, length).decode()
        # A number may be another process's by the time that this one is to be killed.
        self.init = os.pidfd_open(init)

    def end(self):
        """Kills what is left of it and waits until it is gone."""
        if self.init is not None:
            try:
                signal.pidfd_send_signal(self.init, signal.SIGKILL)
            except ProcessLookupError:
                pass
        confinement.kill(self.guard, signal.SIGKILL)
        os.waitpid(self.guard, 0)

    def close(self):
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        for file in (self.task, self.out, self.err, self.messages, self.init, self.lock):
            if file is not None:
                os.close(file)


def sweep(folder, now):
    """Takes away the folders of runs whose server was killed."""
    for entry in os.scandir(folder):
        if not entry.name.startswith(RUN_FOLDER):
            continue
        try:
            seen = entry.stat(follow_symlinks=False)
            if seen.st_uid != os.getuid() or now - seen.st_mtime < SETTLED_SECONDS:
                continue
            lock = os.open(entry.path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(entry.path, ignore_errors=True)
        except OSError:
            pass  # its server lives
        finally:
            os.close(lock)


class Run:
    """A program in its child, until the parent has been told how it ended."""

    def __init__(self, ident, limits, process):
        self.ident = ident
        self.process = process
        self.limits = limits
        self.deadline = time.monotonic() + limits.wall_seconds
        self.sent = self.total = 0
        self.quota = Quota(process.folder, limits) if process.folder else None
        self.collecting = False

    def relay(self, pipe, is_error, all_of_it=False):
        """Passes on what a pipe holds, as far as it is kept; the rest is counted and thrown away."""
        while True:
            length = min(waiting_bytes(pipe), PIECE_BYTES)
            if length == 0:
                return
            kept = min(length, max(0, self.limits.output_bytes - self.sent))
            if kept:
                body = wire.number(self.ident) + wire.flag(is_error) + wire.integer(kept)
                write_all(OUT, struct.pack(">iB", 1 + len(body) + kept, wire.OUTPUT) + body)
                splice(pipe, OUT, kept)
                self.sent += kept
            if length > kept:
                splice(pipe, NOWHERE, length - kept)
            self.total += length
            if self.total > self.limits.flood_bytes or not all_of_it:
                return

    def flooded(self):
        return self.total > self.limits.flood_bytes

    def message(self):
        """Passes on one message of the child's init; returns the ending that it was, or None."""
        pipe = self.process.messages
        header = read_all(pipe, 5)
        if len(header) < 5:
            return "LOST"
        length, kind = struct.unpack(">iB", header)
        most = max(ORDINARY_BYTES, self.limits.file_bytes + FILE_HEAD_BYTES)
        if not 0 < length <= most:
            return "LOST"
        self.collecting = True
        self.deadline = time.monotonic() + COLLECTING_SECONDS
        if kind == wire.FINISHED:
            self.drain()
            write_all(OUT, struct.pack(">iB", length + 16, kind) + wire.number(self.ident))
            self.rest(pipe, length - 5)
            write_all(OUT, wire.number(self.total - self.sent) + read_all(pipe, 4))
            return "TOLD"
        if kind not in (wire.FILE, wire.READ, wire.CHART, wire.INSPECTED):
            return "LOST"
        write_all(OUT, struct.pack(">iB", length + 8, kind) + wire.number(self.ident))
        self.rest(pipe, length - 1)
        return "TOLD" if kind == wire.INSPECTED else None

    @staticmethod
    def rest(pipe, length):
        if not splice(pipe, OUT, length):
            raise Fatal("a child ended within a message")

    def drain(self):
        self.relay(self.process.out, False, True)
        self.relay(self.process.err, True, True)

    def finish(self, middle):
        self.drain()
        body = wire.number(self.ident) + middle
        body += wire.number(self.total - self.sent) + wire.integer(0)
        write_all(OUT, wire.frame(wire.FINISHED, body))


class Server:
    def __init__(self, settings):
        self.settings = settings
        self.prepared = None

    def prepare(self, limits):
        """A locked child with these limits; one that waits with others is let go."""
        process = self.prepared
        if process is not None and process.limits.same_room(limits):
            return process
        if process is not None:
            process.end()
            process.close()
        self.prepared = Child(self.settings, limits)
        return self.prepared

    def take(self, limits):
        process = self.prepare(limits)
        self.prepared = None
        return process

    def serve(self):
        while True:
            if self.prepared is None:
                self.prepare(self.settings.limits)
            header = read_all(IN, 5)
            if len(header) < 5:
                return
            length, kind = struct.unpack(">iB", header)
            if kind == wire.SHUTDOWN:
                return
            ident = struct.unpack(">q", read_all(IN, 8))[0]
            rest = length - 9
            if kind == wire.RUN:
                given = read_all(IN, wire.LIMITS.size)
                limits = child.Limits(*wire.LIMITS.unpack(given))
                self.run(ident, limits, kind, given, rest - len(given))
            elif kind == wire.INSPECT:
                self.run(ident, child.INSPECTION, kind, b"", rest)
            # A cancellation that comes too late needs no answer.

    def run(self, ident, limits, kind, head, rest):
        process = self.take(limits)
        run = Run(ident, limits, process)
        write_all(process.task, struct.pack(">BI", kind, len(head) + rest) + head)
        splice(IN, process.task, rest)
        os.close(process.task)
        process.task = None
        ended = self.watch(run)
        process.end()
        if ended != "TOLD":
            if kind == wire.INSPECT:
                answer = wire.flag(False) + wire.text("its reader died of it")
                write_all(OUT, wire.frame(wire.INSPECTED, wire.number(ident) + answer))
            else:
                run.finish(ENDINGS[ended])
        process.close()
        if kind == wire.RUN:
            self.prepare(self.settings.limits)
            write_all(OUT, wire.frame(wire.IDLE, wire.number(0)))

    def watch(self, run):
        """Relays what comes from a run until it is over; returns how."""
        process = run.process
        poll = select.poll()
        for pipe in (IN, process.out, process.err, process.messages):
            poll.register(pipe, select.POLLIN)
        while True:
            left = run.deadline - time.monotonic()
            if left <= 0:
                return "LOST" if run.collecting else "WALL_TIME"
            if run.quota:
                left = min(left, QUOTA_SECONDS)
            for pipe, _ in poll.poll(left * 1000 + 1):
                if pipe == process.messages:
                    at_work = not run.collecting
                    ended = run.message()
                    # A quick program may be over before its folder was looked at.
                    if run.quota and at_work and (run.collecting or ended) and run.quota.exceeded():
                        return "QUOTA"
                    if ended:
                        return ended
                elif pipe == IN:
                    if not self.listen(run.ident):
                        return "CANCELLED"
                elif waiting_bytes(pipe) == 0:
                    poll.unregister(pipe)
                else:
                    run.relay(pipe, pipe == process.err)
                    if run.flooded():
                        return "OUTPUT_FLOOD"
            if run.quota and not run.collecting and run.quota.exceeded():
                return "QUOTA"

    @staticmethod
    def listen(ident):
        """What the parent says while a program runs; False when the run is to end."""
        header = read_all(IN, 5)
        if len(header) < 5:
            sys.exit()
        length, kind = struct.unpack(">iB", header)
        if kind == wire.SHUTDOWN:
            sys.exit()
        rest = read_all(IN, length - 1)
        return not (kind == wire.CANCEL and struct.unpack(">q", rest)[0] == ident)


FULL = "[Errno 28] No space left on device"
ENDINGS = {
    "WALL_TIME": wire.ending("WALL_TIME"),
    "CANCELLED": wire.ending("CANCELLED"),
    "OUTPUT_FLOOD": wire.ending("OUTPUT_FLOOD"),
    "QUOTA": wire.ending("FAILED", wire.error("OSError", FULL, 0, f"OSError: {FULL}\n")),
    "LOST": wire.ending(
        "FAILED",
        wire.error("ProcessLost", "the program ended its process", 0, "ProcessLost: the program ended its process\n"),
    ),
}
NOWHERE = -1


def main(told):
    global NOWHERE
    settings = child.Settings(told)
    # Everything that is not ours to use is closed; ends of pipes go to children only by inheritance.
    os.closerange(3, 64)
    confinement.die_with_parent()
    try:
        os.setsid()
    except OSError:
        pass
    settings.become_nobody()
    NOWHERE = os.open(os.devnull, os.O_WRONLY)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings.import_packages()
    gc.collect()
    gc.freeze()
    gc.disable()
    sweep(tempfile.gettempdir(), time.time())
    server = Server(settings)
    try:
        process = server.prepare(settings.limits)
    except Fatal as refused:
        # Many containers forbid user namespaces; the walls that need none still stand then.
        settings.without_namespaces(str(refused))
        process = server.prepare(settings.limits)
    write_all(OUT, wire.frame(wire.READY, settings.environment(process.walls)))
    write_all(OUT, wire.frame(wire.IDLE, wire.number(0)))
    server.serve()
