# id: name-unknown-here
# title: one container asks a name server that knows only internal names
# family: dns
# symptom: "bad address" in one container, the VM resolves
# expect: the name server of box1 answers that the name does not exist; the VM's knows it
# expect_terms: box1
# flow: container→dns
# probes: cdnsd c2nd
# sources: moby/moby#41022
# suites: bullseye bookworm trixie
inject() {
  # an internal name server at the VM's end of docker0: to every question over UDP and TCP it says NXDOMAIN
  cat >/run/names.py <<'PY'
import socketserver, struct
def answer(q): return q[:2] + b"\x81\x83" + q[4:6] + bytes(6) + q[12:]
class Udp(socketserver.BaseRequestHandler):
    def handle(self): self.request[1].sendto(answer(self.request[0]), self.client_address)
class Tcp(socketserver.StreamRequestHandler):
    def handle(self):
        a = answer(self.rfile.read(*struct.unpack(">H", self.rfile.read(2))))
        self.wfile.write(struct.pack(">H", len(a)) + a)
import threading
at = ("172.17.0.1", 53)
threading.Thread(target=socketserver.ThreadingUDPServer(at, Udp).serve_forever).start()
socketserver.ThreadingTCPServer(at, Tcp).serve_forever()
PY
  systemd-run -q --unit=names python3 /run/names.py
  for _ in $(seq 30); do ss -lntu | grep -c 172.17.0.1:53 | grep -q 2 && break; sleep 1; done
  box1 --dns 172.17.0.1
}
restore() { systemctl stop names; rm /run/names.py; box1; }
