"""Locks a child of the fork server: system calls by ctypes, each step told as a wall that stands or not.

A process under Landlock rules for files can neither mount nor write uid_map, so namespaces and mounts
come first, Landlock then, and the system call filter last. Numbers from Linux's headers.
"""

import ctypes
import os
import resource
import struct

libc = ctypes.CDLL(None, use_errno=True)

# Taken before the names in os are made to refuse programs.
fork, kill = os.fork, os.kill

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
NAMESPACES = (
    CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
)

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
AT_FDCWD, AT_EMPTY_PATH, AT_RECURSIVE = -100, 0x1000, 0x8000
OPEN_TREE_CLONE, OPEN_TREE_CLOEXEC, MOVE_MOUNT_F_EMPTY_PATH = 1, 0o2000000, 4
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV = 1, 2, 4

SCOPE_ABSTRACT_SOCKETS, SCOPE_SIGNALS = 1, 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
SIGKILL = 9

# The calls that have the same number on every architecture, and those that do not.
OPEN_TREE, MOVE_MOUNT, MOUNT_SETATTR = 428, 429, 442
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446
ARCHITECTURES = {
    "x86_64": {"pivot_root": 155, "seccomp": 317, "capset": 126},
    "aarch64": {"pivot_root": 41, "seccomp": 277, "capset": 91},
}
CALLS = ARCHITECTURES.get(os.uname().machine, {})

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = 1, 2, 4, 8, 16, 32
MAKE_DIR, MAKE_REG, MAKE_SYM, REFER, TRUNCATE = 1 << 7, 1 << 8, 1 << 12, 1 << 13, 1 << 14
FIRST_VERSION, IOCTL_DEV = (1 << 13) - 1, 1 << 15
READING = READ_FILE | READ_DIR
WORKING = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM

HOME, TEMPORARY = "/home/sandbox", "/tmp"


class Refused(OSError):
    """A system call that failed; the message names it."""


def checked(name, answer):
    if answer < 0:
        number = ctypes.get_errno()
        raise Refused(number, f"{name}: {os.strerror(number)}")
    return answer


def call(name, number, *arguments):
    return checked(name, libc.syscall(number, *arguments))


def prctl(option, value):
    return checked("prctl", libc.prctl(option, value, 0, 0, 0))


def die_with_parent(parent=None):
    """Has the kernel end this process when the one that forked it ends; a fork clears that."""
    prctl(PR_SET_PDEATHSIG, SIGKILL)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def mount(source, target, kind, flags, data=None):
    encode = lambda text: None if text is None else text.encode()
    checked(
        f"mount {target}",
        libc.mount(
            encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(data)
        ),
    )


def write(path, text):
    file = os.open(path, os.O_WRONLY)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


class Walls:
    """Which walls stand; a step that fails is one that does not, and the next is tried."""

    def __init__(self):
        self.told = []

    def put_up(self, name, detail, step):
        try:
            step()
        except OSError as error:
            self.told.append((name, False, f"the kernel refused it ({error.strerror})"))
            return False
        self.told.append((name, True, detail))
        return True


def enter_namespaces():
    user, group = os.getuid(), os.getgid()
    # Without it the maps belong to root, because the server may have been root.
    prctl(PR_SET_DUMPABLE, 1)
    checked("unshare", libc.unshare(NAMESPACES))
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"1000 {user} 1")
    write("/proc/self/gid_map", f"1000 {group} 1")
    libc.sethostname(b"sandbox", 7)


def cloned(path):
    """A read-only copy of what is mounted at and below a path, mounted nowhere yet."""
    tree = call(
        f"open_tree {path}",
        OPEN_TREE,
        AT_FDCWD,
        path.encode(),
        OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE,
    )
    attributes = struct.pack("QQQQ", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, 0, 0, 0)
    call(
        "mount_setattr",
        MOUNT_SETATTR,
        tree,
        b"",
        AT_EMPTY_PATH | AT_RECURSIVE,
        attributes,
        len(attributes),
    )
    return tree


def enter_own_root(readable, links, size, inodes):
    """A root of nothing but readable paths, read-only, and a small writable file system."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    trees = [(path, os.path.isdir(path), cloned(path)) for path in readable]
    base = "/tmp" if os.path.isdir("/tmp") else "/usr"
    mount("sandbox", base, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=1m,nr_inodes=4k,mode=755")
    for path, folder, tree in trees:
        target = base + path
        if folder:
            os.makedirs(target, 0o755, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
        call(
            f"move_mount {path}",
            MOVE_MOUNT,
            tree,
            b"",
            AT_FDCWD,
            target.encode(),
            MOVE_MOUNT_F_EMPTY_PATH,
        )
        os.close(tree)
    for link, target in links:
        if not os.path.lexists(base + link):
            os.makedirs(os.path.dirname(base + link), 0o755, exist_ok=True)
            os.symlink(target, base + link)
    kept = MS_NOSUID | MS_NODEV | MS_NOEXEC
    # One file system for both folders, so that one limit holds for them together. They cover nothing
    # but themselves: an interpreter below another folder in /home stays in sight.
    files = base + "/files"
    os.mkdir(files, 0o755)
    mount("sandbox", files, "tmpfs", kept, f"size={size},nr_inodes={inodes + 4},mode=755")
    for inside, folder in (("/home", HOME), ("/tmp", TEMPORARY)):
        os.mkdir(files + inside, 0o700)
        os.makedirs(base + folder, 0o755, exist_ok=True)
        mount(files + inside, base + folder, None, MS_BIND)
    checked("umount", libc.umount2(files.encode(), MNT_DETACH))
    os.rmdir(files)
    os.chdir(base)
    call("pivot_root", CALLS["pivot_root"], b".", b".")
    checked("umount", libc.umount2(b".", MNT_DETACH))
    os.chdir("/")
    mount(None, "/", None, MS_REMOUNT | MS_BIND | MS_RDONLY | kept)


def drop_capabilities():
    header = struct.pack("Ii", 0x20080522, 0)
    call("capset", CALLS["capset"], header, struct.pack("6I", 0, 0, 0, 0, 0, 0))


def limit_resources(held, memory, file_bytes):
    """Limits for a process of that many bytes of address space that may take so many more."""
    limits = {
        resource.RLIMIT_AS: held + memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def landlock(readable, writable, signals):
    """Gives the process these paths only. Whether it may signal processes outside: a parent whose end
    is to end its child has to, since the kernel sends that signal in the parent's name."""
    version = call("landlock_create_ruleset", LANDLOCK_CREATE, None, 0, 1)
    handled = FIRST_VERSION
    work = WORKING
    if version >= 2:
        handled, work = handled | REFER, work | REFER
    if version >= 3:
        handled, work = handled | TRUNCATE, work | TRUNCATE
    if version >= 5:
        handled |= IOCTL_DEV
    scoped = SCOPE_ABSTRACT_SOCKETS if signals else SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS
    attributes = struct.pack("QQQ", handled, 3 if version >= 4 else 0, scoped if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = call("landlock_create_ruleset", LANDLOCK_CREATE, attributes, size, 0)
    for paths, rights in ((readable, READING), (writable, work)):
        for path in paths:
            if not os.path.exists(path):
                continue
            file = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = rights if os.path.isdir(path) else rights & ~READ_DIR
            rule = struct.pack("=QI", allowed, file)
            call("landlock_add_rule", LANDLOCK_ADD, rules, 1, rule, 0)
            os.close(file)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    call("landlock_restrict_self", LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)


def filter_calls(program):
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(code))
    call("seccomp", CALLS["seccomp"], 1, 0, header)


def address_space():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
