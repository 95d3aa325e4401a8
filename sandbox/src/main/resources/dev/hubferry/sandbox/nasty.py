#!/usr/bin/python3
"""What breaks naive copies of a home: nasty.py DIR SEED NEWEST makes it in the new directory DIR, prints the number of entries.

Equal seeds make equal trees; all usual times lie before NEWEST (seconds since 1970). Everything is done on bytes, so no locale matters.
"""
import os
import random
import socket
import struct
import sys

TOP = os.fsencode(os.path.abspath(sys.argv[1]))
RANDOM = random.Random(int(sys.argv[2]))
NEWEST = int(sys.argv[3])
OWNER = (1000, 1000)
SECOND = 10**9
NAMES = [
    b"-rf", b"--delete", b" leading", b"trailing ", b"new\nline", b"tab\there", b"\xff\xfe not utf-8",
    "ünï".encode(), "u\u0308ni decomposed".encode(), "日本語😀".encode(), b"a*b?[c]", b"quo'te\"s`$(id)`", b"back\\slash",
    b"\\#012literal", b"#hash#", b";semicolon", b"&&", b"...", b". ", b"~tilde", b"x" * 255, "ü".encode() * 127, b"CaSe", b"case",
    b"colon:name", b"host::module", b"end\r", b"@at=eq", b"*", b"%41", b"\x01\x7f", b"deleting", b"{brace,d}", b"!bang", b"nul\\0",
]

count = 0
directories = []


def when():
    return (NEWEST - int(RANDOM.expovariate(1 / (150 * 86400)))) * SECOND + RANDOM.randrange(SECOND)


def finish(path, mode=None, time=None, owner=OWNER):
    """Owner first: a change of owner takes setuid away."""
    global count
    count += 1
    if os.geteuid() == 0:
        os.chown(path, *owner, follow_symlinks=False)
    if mode is not None:
        os.chmod(path, mode)
    time = when() if time is None else time
    os.utime(path, ns=(time, time), follow_symlinks=False)


def directory(name, mode=0o755):
    path = os.path.join(TOP, name)
    os.mkdir(path)
    directories.append((path, mode))
    return path


def file(name, size, mode=0o644, **finishing):
    path = os.path.join(TOP, name)
    with open(path, "xb") as out:
        out.write(RANDOM.randbytes(size))
    finish(path, mode, **finishing)
    return path


def names():
    directory(b"dirs")
    for name in NAMES:
        file(name, RANDOM.randrange(3000))
        directory(b"dirs/" + name)
        file(b"dirs/" + name + b"/" + name, RANDOM.randrange(40))


def links():
    for name, target in ((b"to-etc", b"/etc/passwd"), (b"up", b"../.."), (b"dangling", b"nowhere\nx\xff"), (b"self", b"self"), (b"here", b".")):
        os.symlink(target, os.path.join(TOP, name))
        finish(os.path.join(TOP, name))
    first = file(b"hard0", 3000)
    directory(b"hard")
    for name in (b"hard1", b"hard/hard2", b"hard/-hard3"):
        os.link(first, os.path.join(TOP, name))
        finish(os.path.join(TOP, name), time=NEWEST * SECOND + 123456789)


def modes():
    for mode in (0, 0o400, 0o111, 0o666, 0o4755, 0o2755, 0o1644):
        file(b"mode%04o" % mode, 30, mode)
    for mode in (0o1777, 0o2775, 0o500, 0):
        directory(b"dir%04o" % mode, mode)
        file(b"dir%04o/inside" % mode, 20)
    if os.geteuid() == 0:
        file(b"of-root", 20, 0o600, owner=(0, 0))
        file(b"of-another", 20, 0o640, owner=(2001, 3001))


def times():
    year = 365 * 86400
    for name, time in ((b"epoch", 0), (b"before-1970", -year * SECOND + 5), (b"in-2040", 2210000000 * SECOND + 1), (b"last-nanosecond", NEWEST * SECOND - 1)):
        file(name, 12, time=time)


def contents():
    file(b"empty", 0)
    path = os.path.join(TOP, b"sparse")
    with open(path, "xb") as out:
        out.truncate(16 << 20)
        out.seek(5 << 20)
        out.write(RANDOM.randbytes(5000))
    finish(path, 0o644)
    os.mkfifo(os.path.join(TOP, b"fifo"))
    finish(os.path.join(TOP, b"fifo"), 0o640)
    here = os.getcwd()
    os.chdir(TOP)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    os.chdir(here)
    finish(os.path.join(TOP, b"socket"), 0o600)


def attributes():
    """xattrs with NUL and a POSIX ACL, given in the kernel's own form: version 2, then (tag, permissions, id)."""
    path = file(b"with-xattr", 100)
    os.setxattr(path, b"user.binary", b"a\0b\xff" + RANDOM.randbytes(20))
    os.setxattr(path, b"user.long", RANDOM.randbytes(1500))
    os.setxattr(directory(b"dir-with-xattr"), b"user.mark", b"")
    path = file(b"with-acl", 100, 0o640)
    entries = ((1, 6, -1), (2, 4, 2001), (4, 4, -1), (16, 4, -1), (32, 0, -1))
    acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    try:
        os.setxattr(path, b"system.posix_acl_access", acl)
    except OSError:
        pass  # A file system without ACLs; the file stays as it is.


def depth():
    path = b"deep"
    for level in range(60):
        directory(path)
        path += b"/level-%02d" % level
    file(b"deep" + b"".join(b"/level-%02d" % level for level in range(59)) + b"/leaf", 10)


os.mkdir(TOP)
for make in (names, links, modes, times, contents, attributes, depth):
    make()
for path, mode in reversed(directories):
    finish(path, mode)
finish(TOP, 0o755)
print(count)
