# Brings what was written to the file system of the homes to the disk. usage: HOMES
set -u
cd -- "$1" && sync -f .
