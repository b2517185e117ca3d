# id: daemon-proxy-dead
# title: dockerd is told to use a proxy that nobody runs
# family: docker-config
# symptom: "proxyconnect tcp: connection refused" at docker pull
# expect: dockerd has HTTPS_PROXY=http://10.0.2.15:3128, and nobody listens there
# expect_terms: proxy, 10.0.2.15:3128
# flow: docker pull
# probes: none
# sources: moby/moby#35226, https://docs.docker.com/engine/daemon/proxy/
# suites: bullseye bookworm trixie
CONF=/etc/systemd/system/docker.service.d/proxy.conf
inject() {
  mkdir -p "${CONF%/*}"
  printf '[Service]\nEnvironment="HTTP_PROXY=http://10.0.2.15:3128" "HTTPS_PROXY=http://10.0.2.15:3128"\n' >"$CONF"
  systemctl daemon-reload
  redock
}
restore() { rm "$CONF"; systemctl daemon-reload; redock; }
