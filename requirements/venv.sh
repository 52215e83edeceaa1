# Make the virtual environment $1 with the first of the interpreters $2 ... that will do.
set -eu
folder=$1
shift
new_enough='import sys; sys.exit(sys.version_info < (3, 12))'

if "$folder/bin/python" -c "import pip; $new_enough" 2>/dev/null; then
    exit 0
fi

bare=
for python in "$@"; do
    "$python" -c "$new_enough" 2>/dev/null || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$python" -m venv --clear "$folder"
    fi
    bare=$python
done

if [ -n "$bare" ]; then
    version=$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$bare cannot make virtual environments: install its venv module (on Debian or Ubuntu: apt-get install python$version-venv), then run make again." >&2
else
    echo "channelsim needs Python 3.12 or newer, and none of these is: $*; install it (Debian or Ubuntu: apt-get install python3 python3-venv where that is 3.12 or newer; macOS: brew install python@3.13; anywhere: python.org), then run make again." >&2
fi
exit 1
