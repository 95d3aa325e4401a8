# Runs inside a short-lived pod, in the hub's own image, where the hub's database is mounted. Needs Python 3.7 and nothing else.
#
#   python3 -I -c '<read N bytes of stdin and run them>' N OPERATION ARGUMENTS
#
# ARGUMENTS is a JSON object. The answer is one line of JSON: {"ok": true, ...} or {"ok": false, "code": ..., "detail": ...}.
# Every operation may be run again and then finds what the first run left.
import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import sys
import time
from contextlib import closing
from urllib.parse import quote

MAIN = "jupyterhub.sqlite"
SIDECARS = ("-journal", "-wal", "-shm")
NAMES = (MAIN,) + tuple(MAIN + suffix for suffix in SIDECARS)
BLOCK = 1 << 20


class Refused(Exception):
    def __init__(self, code, detail):
        super().__init__(detail)
        self.code = code


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def described(path):
    """What stands at path, or None; a link or directory in its place is refused, for nobody knows what it leads to."""
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode):
            raise Refused("odd", os.path.basename(path) + " is not a regular file")
        return {
            "name": os.path.basename(path),
            "size": found.st_size,
            "sha256": sha256_of(path),
            "mode": stat.S_IMODE(found.st_mode),
        }
    except FileNotFoundError:
        return None


def remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def sync(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def kept_name(name, migration):
    # Beside the database and so that SQLite finds a kept journal by the kept database's name.
    return MAIN + ".hubferry-" + migration + name[len(MAIN):]


def part_name(migration):
    return "." + MAIN + ".hubferry-" + migration + ".part"


def holds(path, sha256):
    return os.path.isfile(path) and sha256_of(path) == sha256


def about_image():
    """JupyterHub's version and schema revisions, as far as the image tells."""
    version, revisions = None, []
    try:
        from importlib.metadata import version as version_of

        version = version_of("jupyterhub")
    except Exception:
        pass
    try:
        from importlib.util import find_spec

        spec = find_spec("jupyterhub")
        folder = os.path.join(os.path.dirname(spec.origin), "alembic", "versions")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    revisions += re.findall(r"""^revision\s*(?::\s*str\s*)?=\s*['"](\w+)['"]""", file.read(), re.M)
    except Exception:
        pass
    return version, revisions


def look(room, migration):
    version, revisions = about_image()
    found = (described(os.path.join(room, name)) for name in sorted(NAMES))
    kept = [kept_name(name, migration) for name in NAMES]
    space = os.statvfs(room)
    return {
        "files": [file for file in found if file],
        "kept": [name for name in kept if os.path.lexists(os.path.join(room, name))],
        "free": space.f_bavail * space.f_frsize,
        "version": version,
        "revisions": revisions,
    }


def backup(source, copy, read_only):
    mode = "ro" if read_only else "rw"
    origin = sqlite3.connect("file:%s?mode=%s" % (quote(source), mode), uri=True, timeout=10)
    with closing(origin), closing(sqlite3.connect(copy)) as target:
        target.execute("PRAGMA synchronous=OFF")
        # In steps, so that a hub that writes meanwhile waits for milliseconds; SQLite starts over when it did.
        origin.backup(target, pages=4096, sleep=0.01)


def stamps(source):
    found = {}
    for suffix in ("",) + SIDECARS:
        try:
            status = os.stat(source + suffix)
            found[suffix] = (status.st_size, status.st_mtime_ns, status.st_ino)
        except FileNotFoundError:
            pass
    return found


def copy_with_journal(source, scratch):
    """For a database that was not closed in peace: it must be rolled back or forward, which a read-only volume forbids."""
    twin = os.path.join(scratch, "twin.sqlite")
    for _ in range(5):
        for suffix in ("",) + SIDECARS:
            remove(twin + suffix)
        before = stamps(source)
        try:
            for suffix in before:
                if suffix != "-shm":
                    shutil.copyfile(source + suffix, twin + suffix)
        except FileNotFoundError:
            continue
        if stamps(source) == before:
            return twin
        time.sleep(0.2)
    raise Refused("busy", "it changes all the time and has an unfinished journal")


def snapshot(room, scratch, read_only):
    source, copy = os.path.join(room, MAIN), os.path.join(scratch, "snapshot.sqlite")
    original = os.lstat(source) if os.path.lexists(source) else None
    if original is None:
        raise Refused("absent", "there is no " + MAIN)
    for suffix in ("",) + SIDECARS:
        remove(copy + suffix)
    try:
        if not read_only:
            # Even a reader may leave files of SQLite's own beside a database; the room must not change.
            raise sqlite3.Error("not in a room that can be written to")
        backup(source, copy, read_only=True)
    except (sqlite3.Error, AttributeError):
        for suffix in ("",) + SIDECARS:
            remove(copy + suffix)
        backup(copy_with_journal(source, scratch), copy, read_only=False)
    answer = described(copy)
    answer["mode"] = stat.S_IMODE(original.st_mode)
    answer["path"] = copy
    return answer


def keep(room, migration, own):
    for file in own:
        here, kept = os.path.join(room, file["name"]), os.path.join(room, kept_name(file["name"], migration))
        if not holds(kept, file["sha256"]):
            remove(kept)
            link_or_copy(here, kept)
        if not holds(kept, file["sha256"]):
            remove(kept)
            raise Refused("changed", file["name"] + " changed while it was being kept")
    sync(room)
    return {}


def link_or_copy(here, kept):
    try:
        os.link(here, kept)
        return
    except OSError as failure:
        if failure.errno in (errno.ENOENT, errno.ENOSPC, errno.EROFS):
            raise
    # Not every volume has hard links.
    part = kept + ".part"
    shutil.copyfile(here, part)
    shutil.copystat(here, part)
    sync(part)
    os.rename(part, kept)


def receive(path, size, sha256):
    digest, left = hashlib.sha256(), size
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        while left > 0:
            block = sys.stdin.buffer.read(min(left, BLOCK))
            if not block:
                break
            digest.update(block)
            file.write(block)
            left -= len(block)
        file.flush()
        os.fsync(file.fileno())
    if left or digest.hexdigest() != sha256:
        raise Refused("truncated", "%d of %d bytes arrived, or others than were sent" % (size - left, size))


def place(room, migration, own, size, sha256, mode, uid, gid):
    main, part = os.path.join(room, MAIN), os.path.join(room, part_name(migration))
    remove(part)
    try:
        receive(part, size, sha256)
        demand_kept(room, migration, own)
        settle(part, mode, uid, gid)
        # A journal of another database would be rolled into this one.
        for suffix in SIDECARS:
            remove(main + suffix)
        os.rename(part, main)
    finally:
        remove(part)
    sync(room)
    answer = described(main)
    if answer["sha256"] != sha256:
        raise Refused("truncated", "what stands on the volume is not what was sent")
    return answer


def settle(path, mode, uid, gid):
    if os.geteuid() == 0:
        os.chown(path, uid, gid)
    elif os.stat(path).st_gid != gid:
        os.chown(path, -1, gid)
    os.chmod(path, mode)
    if os.stat(path).st_uid != uid:
        raise Refused("owner", "files on the volume belong to user %d, not %d" % (os.stat(path).st_uid, uid))


def demand_kept(room, migration, own):
    for file in own:
        kept = kept_name(file["name"], migration)
        if not holds(os.path.join(room, kept), file["sha256"]):
            raise Refused("unkept", kept + " is missing or is not what was kept")


def restore(room, migration, own, placed):
    pairs = []
    for file in own:
        here, kept = os.path.join(room, file["name"]), os.path.join(room, kept_name(file["name"], migration))
        if placed and not holds(kept, file["sha256"]) and not holds(here, file["sha256"]):
            raise Refused("unkept", os.path.basename(kept) + " is missing or is not what was kept")
        pairs.append((here, kept))
    if placed:
        for name in set(NAMES) - {file["name"] for file in own}:
            remove(os.path.join(room, name))
    for here, kept in pairs:
        put_back(here, kept, placed)
    remove(os.path.join(room, part_name(migration)))
    sync(room)
    if placed:
        demand_restored(room, own)
    return {}


def put_back(here, kept, placed):
    if not os.path.lexists(kept):
        return
    if os.path.lexists(here) and (not placed or os.path.samefile(here, kept)):
        remove(kept)
    else:
        os.replace(kept, here)


def demand_restored(room, own):
    wanted = {file["name"]: file["sha256"] for file in own}
    for name in NAMES:
        found = described(os.path.join(room, name))
        if (found and found["sha256"]) != wanted.get(name):
            raise Refused("unkept", name + " is not what it was")


OPERATIONS = {"look": look, "snapshot": snapshot, "keep": keep, "place": place, "restore": restore}


def answered(operation, arguments):
    try:
        return dict(OPERATIONS[operation](**arguments), ok=True)
    except Refused as refusal:
        return {"ok": False, "code": refusal.code, "detail": str(refusal)}
    except sqlite3.Error as failure:
        return {"ok": False, "code": "corrupt", "detail": str(failure)}
    except OSError as failure:
        codes = {errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EACCES: "denied", errno.EPERM: "denied"}
        codes[errno.EROFS] = "denied"
        return {"ok": False, "code": codes.get(failure.errno, "io"), "detail": str(failure)}


sys.stdout.write(json.dumps(answered(sys.argv[2], json.loads(sys.argv[3]))) + "\n")
sys.stdout.flush()
