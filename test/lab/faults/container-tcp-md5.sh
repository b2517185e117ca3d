# id: container-tcp-md5
# title: the program in db wants its client's packets signed (TCP MD5), as routers do
# family: container
# symptom: web's connections to db time out; no rule counts a drop
# expect: the kernel drops the packets: the listener wants a signature (TCP_MD5NOTFOUND)
# expect_terms: TCP_MD5NOTFOUND, kernel
# flow: container→container
# probes: c2c c2cn
# sources: tcp(7)
# suites: bookworm trixie
inject() {
  cat >/run/signed.py <<'PY'
import socket, struct, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
peer = struct.pack("HH4s120x", socket.AF_INET, 0, socket.inet_aton(sys.argv[1]))
key = b"a secret of two"
s.setsockopt(socket.IPPROTO_TCP, 14, peer + struct.pack("BBHI80s", 0, 0, len(key), 0, key))  # TCP_MD5SIG
s.bind(("", 5432))
s.listen()
while True: s.accept()[0].close()
PY
  shop db busybox:latest sleep 100000
  systemd-run -q --unit=signed nsenter -t "$(pid shop-db-1)" -n python3 /run/signed.py "$(ipof shop-web-1)"
  until_true listens
}
listens() { inns shop-db-1 ss -lnt | grep -q :5432; }
restore() { systemctl stop signed; rm /run/signed.py; db; }
