#!/bin/sh
# Runs in the chroot while a suite's image is built.
set -e
echo docker-vm >/etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 docker-vm\n' >/etc/hosts
printf '/dev/vda / ext4 defaults,noatime 0 1\n' >/etc/fstab

mkdir -p /etc/systemd/network
printf '[Match]\nName=en* eth*\n[Network]\nDHCP=ipv4\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n' >/etc/systemd/network/10-wan.network
systemctl enable systemd-networkd
rm -f /etc/resolv.conf
echo 'nameserver 10.0.2.3' >/etc/resolv.conf
for unit in systemd-networkd-wait-online.service systemd-resolved firewalld ufw nftables ebtables \
  apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer dpkg-db-backup.timer logrotate.timer systemd-timesyncd; do
  systemctl disable "$unit" 2>/dev/null || true
done

# Users: root by key only, dev with a sudo that asks for the password, nosudo without sudo.
passwd -l root >/dev/null
useradd -m -s /bin/bash -G sudo,adm dev
useradd -m -s /bin/bash nosudo
echo dev:dev | chpasswd
echo nosudo:nosudo | chpasswd
authorise() {
  mkdir -p "$2/.ssh"
  cat /root/lab.pub >>"$2/.ssh/authorized_keys"
  chmod 700 "$2/.ssh"
  chmod 600 "$2/.ssh/authorized_keys"
  chown -R "$1:" "$2/.ssh"
}
authorise root /root
authorise dev /home/dev
authorise nosudo /home/nosudo
rm /root/lab.pub
printf 'UseDNS no\nGSSAPIAuthentication no\n' >>/etc/ssh/sshd_config
rm -f /etc/update-motd.d/* /etc/motd

# A small image made of Debian's own, dynamically linked busybox.
img=/opt/lab/img
rm -rf "$img"
for dir in bin etc tmp root proc sys dev var/run www lib64; do mkdir -p "$img/$dir"; done
cp /bin/busybox "$img/bin/busybox"
for applet in $(busybox --list); do [ -e "$img/bin/$applet" ] || ln -s busybox "$img/bin/$applet"; done
add() {
  for lib in "$@"; do
    [ -e "$lib" ] || continue
    mkdir -p "$img$(dirname "$lib")"
    cp -L "$lib" "$img$lib"
  done
}
# shellcheck disable=SC2046 # one library a word
add $(ldd /bin/busybox | grep -o '/[^ ]*')
libs=$(dirname "$(ldd /bin/busybox | grep -o '/[^ ]*libc\.so\.6')")
add "$libs/libnss_dns.so.2" "$libs/libnss_files.so.2" "$libs/libresolv.so.2"
[ -e "$img/lib64/ld-linux-x86-64.so.2" ] || cp -L /lib64/ld-linux-x86-64.so.2 "$img/lib64/"
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n' >"$img/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$img/etc/group"
echo 'hosts: files dns' >"$img/etc/nsswitch.conf"
# Some suites build busybox without httpd: take the static one for it.
if ! busybox --list | grep -qx httpd; then
  cd /tmp
  apt-get download busybox-static
  dpkg -x busybox-static_*.deb /tmp/bs
  cp "$(find /tmp/bs -type f -name busybox)" "$img/bin/busybox-static"
  ln -sf busybox-static "$img/bin/httpd"
  rm -rf /tmp/bs /tmp/busybox-static_*
fi
tar -C "$img" -cf /opt/lab/busybox.tar .
rm -rf "$img"
