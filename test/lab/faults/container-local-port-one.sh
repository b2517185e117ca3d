# id: container-local-port-one
# title: a container may connect from one port only, and a connection holds it
# family: container
# symptom: names resolve from box1 now and then; lookups over UDP fail
# expect: net.ipv4.ip_local_port_range in box1 is 40000 40000
# expect_terms: box1, ip_local_port_range, 40000
# flow: container→dns
# probes: cdnsd c2nd
# sources: lab
# suites: bullseye bookworm trixie
inject() {
  docker rm -f box1 >/dev/null
  box --name box1 --sysctl net.ipv4.ip_local_port_range="40000 40000" busybox:latest sh -c 'httpd -p 80 -h /tmp; while :; do sleep 1000 | nc -u 172.17.0.1 9; done'
}
restore() { docker rm -f box1 >/dev/null; }
