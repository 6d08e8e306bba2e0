#!/bin/sh
# Turns what the loader says when Node can't start into what to do about it.
if node -e 0 2>&1 | grep -q libatomic; then
  echo 'Node 26 needs the library libatomic1, which is not installed: apt-get install libatomic1' >&2
else
  echo "Node 26 does not start on this machine: $(node -e 0 2>&1 | head -n 1)" >&2
fi
exit 1
