# The keeper. It arms by itself, so that nobody can be killed between arming and saying so; and it disarms when its input
# ends, for then whoever held it is gone, or when the time ($1, in seconds) is over. arm() and disarm() stand above.
trap exit TERM HUP INT
IFS= read -r -t "$1" _ || exit
trap disarm EXIT
arm || exit 1
exec 2>/dev/null
IFS= read -r -t "$1" _
