# The keeper. It arms by itself, so that nobody can be killed between arming and saying so; and it disarms when its input
# ends, for then whoever held it is gone, or when the time ($1, in seconds) is over. arm() and disarm() stand above.
# alive PID: does a keeper of ours have this number?
alive() { grep -qs CULPRIT_MARK "/proc/$1/environ"; }
trap exit TERM HUP INT
IFS= read -r -t "$1" _ || exit
# A logger of the kernel's comes as a module when TRACE asks for one, and binds itself for every family. Those that came with us
# go with us, unless somebody uses them by now.
loggers() { sed -n 's/^\(nf_log_[a-z0-9_]*\) .*/\1/p' /proc/modules; }
unload_loggers() {
  local module
  for module in $(loggers); do
    case " $had_loggers " in *" $module "*) ;; *) rmmod "$module" ;; esac
  done
}
had_loggers=$(loggers | tr '\n' ' ')
trap 'disarm; unload_loggers' EXIT
arm || exit 1
exec 2>/dev/null
# shellcheck disable=SC2034 # disarm() may go by what was said at the end
IFS= read -r -t "$1" last_word
