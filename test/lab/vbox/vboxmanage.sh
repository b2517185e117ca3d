#!/bin/bash
# The real VBoxManage, in its chroot, with what only a running machine changes laid over it. The generated
# wrapper of a lab sets LAB_CHROOT, LAB_VBOX_HOME, LAB_IPC, LAB_UUID, LAB_NAME, LAB_ALIVE (file with QEMU's
# pid), LAB_PORT, LAB_WRAPPER (itself) and LAB_CONTROLVM (the program for live changes); it hands the caller's
# locale over as LAB_LC_ALL and LAB_LANG, since a locale this machine lacks makes bash complain.
PATH=$PATH:/usr/bin:/bin:/usr/sbin:/sbin

# Ends with its caller; mounts /proc in a mount namespace of its own, so nothing stays mounted.
# shellcheck disable=SC2016 # expanded by the inner shell
real() {
  setpriv --pdeathsig KILL unshare --mount sh -c \
    'mount --bind /proc "$0/proc" && exec chroot "$0" /usr/bin/env -i "$@"' "$LAB_CHROOT" \
    PATH=/usr/bin:/bin HOME="$LAB_VBOX_HOME" USER=root LOGNAME=root LC_ALL="$LAB_LC_ALL" LANG="$LAB_LANG" \
    VBOX_USER_HOME="$LAB_VBOX_HOME" VBOX_IPC_SOCKETID="$LAB_IPC" /usr/lib/virtualbox/VBoxManage "$@"
}

running() { [ -e "$LAB_ALIVE" ] && kill -0 "$(cat "$LAB_ALIVE")" 2>/dev/null; }

# Is this word the lab's machine?
ours() {
  local word=${1#\{}
  word=${word%\}}
  [ "${word,,}" = "$LAB_UUID" ] || [ "$1" = "$LAB_NAME" ]
}

if running; then
  case $1 in
    showvminfo)
      for word in "${@:2}"; do ours "$word" && mine=1; done
      if [ "${mine:-}" ]; then
        real "$@" | sed -u -e '0,/^VMState="/s/^VMState="[a-z-]*"/VMState="running"/' \
          -e '0,/^State: /s/^\(State: *\)[a-z ]* (/\1running (/'
        exit "${PIPESTATUS[0]}"
      fi
      ;;
    list)
      if [[ " $* " == *" runningvms "* ]]; then
        real "$@" || exit
        [[ " $* " == *" -l "* ]] || printf '"%s" {%s}\n' "$LAB_NAME" "$LAB_UUID"
        exit 0
      fi
      ;;
    controlvm)
      if ours "${2:-}" && [[ ${3:-} == natpf1 || ${3:-} == setlinkstate1 ]]; then
        # shellcheck disable=SC2086 # program and arguments
        exec $LAB_CONTROLVM "$LAB_WRAPPER" "$LAB_PORT" "${@:2}"
      fi
      ;;
  esac
fi
real "$@"
