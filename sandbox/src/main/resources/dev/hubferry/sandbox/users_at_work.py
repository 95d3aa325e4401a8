#!/usr/bin/python3
"""A user at work: keeps changing a home, and writes down each change that is safe on disk. Shares no code with the product.

  users_at_work.py HOME JOURNAL --user NAME [--rate N] [--seed N] [--uid N] [--gid N]
  users_at_work.py --check JOURNAL HOMES

A line of JOURNAL (JSON; several writers append to one file, each line is one write()):

  at      when the change was safe (UTC)           op      new, append, rename-over, edit (same size, kept mtime), delete
  user    whose change                             sha256  of the file's whole content afterwards; null after delete
  home    the user's directory below HOMES         size    of the file afterwards; null after delete
  path    the file below that directory            writer, seq  which process, and its how-manyeth change

The line is written after fsync of the file and of its directory. Before a change starts, its line goes to JOURNAL.intents/HOME-PID; a change
that was killed half-way is known from there. --check: the last line of each path has to be true of the tree below HOMES, or else
the change that was never acknowledged. It prints a JSON object and exits 1 when something is lost.
"""
import argparse
import datetime
import hashlib
import json
import os
import random
import signal
import stat
import sys
import time

CHUNK = 1 << 20
LARGEST = 1 << 20
CANDIDATES = 400


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as content:
        for chunk in iter(lambda: content.read(CHUNK), b""):
            sha.update(chunk)
    return sha.hexdigest()


def sync(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Worker:
    """Works in the current directory, which is the home; so it needs no right to pass the directories above it."""

    def __init__(self, arguments, journal, intents):
        self.random = random.Random(arguments.seed)
        self.user = arguments.user
        self.home = os.path.basename(os.path.abspath(arguments.home))
        self.journal = journal
        self.intents = intents
        self.writer = "%s-%d" % (self.home, os.getpid())
        self.sequence = 0
        self.stopping = False
        self.idle = False
        self.files = self.candidates()

    def candidates(self):
        """Plain files with one name, away from the oddities; links would change other files too."""
        found = []
        for directory, below, names in os.walk(b"."):
            below[:] = sorted(name for name in below if name != b"nasty")
            for name in sorted(names):
                path = os.path.relpath(os.path.join(directory, name), b".")
                about = os.lstat(path)
                if stat.S_ISREG(about.st_mode) and about.st_nlink == 1 and about.st_size <= LARGEST:
                    found.append(path)
        self.random.shuffle(found)
        return found[:CANDIDATES]

    def run(self, rate):
        operations = (self.new, self.append, self.rename_over, self.edit, self.delete)
        while not self.stopping:
            self.random.choices(operations, (30, 25, 20, 15, 10))[0]()
            self.idle = True
            time.sleep(0 if self.stopping else self.random.uniform(0.5, 1.5) / rate)
            self.idle = False

    def stop(self, *_):
        """Ends at once between two changes, else after the one under way."""
        self.stopping = True
        if self.idle:
            sys.exit(0)

    def text(self, size):
        return (b"%d: %s\n" % (self.sequence, self.random.randbytes(8).hex().encode()) * (size // 20 + 1))[:size]

    def some_file(self):
        usable = [path for path in self.random.sample(self.files, min(8, len(self.files))) if os.access(path, os.R_OK | os.W_OK)]
        return usable[0] if usable else None

    def perform(self, op, path, content, change):
        """content: what the file holds afterwards, None when it is gone."""
        sha256 = None if content is None else hashlib.sha256(content).hexdigest()
        self.sequence += 1
        line = {
            "at": None, "user": self.user, "home": self.home, "path": os.fsdecode(path), "op": op, "sha256": sha256,
            "size": None if content is None else len(content), "writer": self.writer, "seq": self.sequence,
        }
        self.write(self.intents, line)
        try:
            change()
        except (PermissionError, FileExistsError, FileNotFoundError):
            self.files = [other for other in self.files if other != path]
            return
        sync(os.path.dirname(path) or b".")
        line["at"] = datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
        self.write(self.journal, line)

    @staticmethod
    def write(handle, line):
        data = (json.dumps(line) + "\n").encode()
        if os.write(handle, data) != len(data):
            raise OSError("short write to the journal")

    @staticmethod
    def put(path, content, flags):
        handle = os.open(path, os.O_WRONLY | flags, 0o644)
        try:
            while content:
                content = content[os.write(handle, content):]
            os.fsync(handle)
        finally:
            os.close(handle)

    def new(self):
        directory = b"work/day %d" % self.random.randrange(20)
        name = self.random.choice((b"note-%d.md", b"-draft %d", "größe-%d.txt".encode(), b"line\nbreak-%d", b"$(n)%d*")) % self.random.randrange(10**9)
        path = os.path.join(directory, name)
        content = self.text(self.random.randrange(20_000))

        def change():
            if not os.path.isdir(directory):
                os.makedirs(directory)
                sync(b"work")
                sync(b".")
            self.put(path, content, os.O_CREAT | os.O_EXCL)
            self.files.append(path)

        self.perform("new", path, content, change)

    def append(self):
        path = self.some_file()
        if path is not None:
            more = self.text(self.random.randrange(1, 4000))
            self.perform("append", path, self.read(path) + more, lambda: self.put(path, more, os.O_APPEND))

    def rename_over(self):
        path = self.some_file()
        if path is not None:
            content = self.text(self.random.randrange(20_000))
            draft = os.path.join(os.path.dirname(path), b".~%d" % self.random.randrange(10**9))

            def change():
                self.put(draft, content, os.O_CREAT | os.O_EXCL)
                os.rename(draft, path)

            self.perform("rename-over", path, content, change)

    def edit(self):
        path = self.some_file()
        if path is None:
            return
        content = bytearray(self.read(path))
        if content:
            about = os.stat(path)
            content[self.random.randrange(len(content))] ^= 1

            def change():
                self.put(path, bytes(content), 0)
                os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
                sync(path)

            self.perform("edit", path, bytes(content), change)

    def delete(self):
        path = self.some_file()
        if path is not None:

            def change():
                os.unlink(path)
                self.files.remove(path)

            self.perform("delete", path, None, change)

    @staticmethod
    def read(path):
        with open(path, "rb") as content:
            return content.read()


def work(arguments):
    journal = os.open(arguments.journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.makedirs(arguments.journal + ".intents", exist_ok=True)
    name = "%s-%d" % (os.path.basename(os.path.abspath(arguments.home)), os.getpid())
    intents = os.open(os.path.join(arguments.journal + ".intents", name), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.chdir(arguments.home)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(arguments.gid)
        os.setuid(arguments.uid)
    worker = Worker(arguments, journal, intents)

    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run(arguments.rate)


def lines(path):
    """Whole lines only: a writer may have been killed in its last."""
    with open(path, "rb") as content:
        for line in content:
            if line.endswith(b"\n"):
                yield json.loads(line)


def unacknowledged(journal, acknowledged):
    """The last intent of each writer, when it was never acknowledged, by (home, path)."""
    doubtful = {}
    folder = journal + ".intents"
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        last = None
        for last in lines(os.path.join(folder, name)):
            pass
        if last is not None and (last["writer"], last["seq"]) not in acknowledged:
            doubtful[last["home"], last["path"]] = last
    return doubtful


def state(homes, line):
    path = os.path.join(os.fsencode(homes), os.fsencode(line["home"]), os.fsencode(line["path"]))
    return digest(path) if os.path.lexists(path) else None


def check(journal, homes):
    expected, acknowledged = {}, set()
    for line in lines(journal):
        expected[line["home"], line["path"]] = line
        acknowledged.add((line["writer"], line["seq"]))
    doubtful = unacknowledged(journal, acknowledged)
    lost = []
    for key, line in expected.items():
        found = state(homes, line)
        accepted = {line["sha256"]} | ({doubtful[key]["sha256"]} if key in doubtful else set())
        if found not in accepted:
            lost.append(dict(line, found=found))
    print(json.dumps({"lines": len(acknowledged), "paths": len(expected), "unacknowledged": len(doubtful), "lost": lost}))
    return 1 if lost else 0


def main():
    if sys.argv[1:2] == ["--check"]:
        sys.exit(check(*sys.argv[2:4]))
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("home")
    parser.add_argument("journal")
    parser.add_argument("--user", required=True)
    parser.add_argument("--rate", type=float, default=4, help="changes a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--uid", type=int, default=1000)
    parser.add_argument("--gid", type=int, default=1000)
    arguments = parser.parse_args()
    arguments.journal = os.path.abspath(arguments.journal)
    work(arguments)


main()
