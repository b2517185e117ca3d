# id: healthy-strangers
# title: other people's containers are stopped, crashed, paused and without a network
# family: healthy
# symptom: docker ps -a is full of Exited, Paused and Created
# expect: healthy: nobody needs these containers
# expect_terms: healthy
# flow: none
# probes: none
# sources: lab
# suites: bullseye bookworm trixie
inject() { docker run -d --name old-job busybox:latest false; docker run -d --name frozen --network none busybox:latest sleep 9999; docker pause frozen; docker create --name never-begun busybox:latest true; }
restore() { docker unpause frozen; docker rm -f old-job frozen never-begun; }
