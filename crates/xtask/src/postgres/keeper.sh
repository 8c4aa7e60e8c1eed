# Keeps one throw-away PostgreSQL for as long as its own standard input stays open, then removes every trace of it.
# Arguments: the directory of PostgreSQL's programs, an empty directory to use, the port, and whether to wait for the disk: on
# or off.
# Says one word: "ready", or "taken" when the port is. Otherwise shows the server's log on the standard error.
set -u
programs=$1 directory=$2 port=$3 durable=$4
data=$directory/data log=$directory/log
server=

clean() {
    if [ -n "$server" ]; then
        # The first ends a server that has not set up its signals yet, the second one that waits for its clients.
        kill -s TERM "$server"
        kill -s QUIT "$server"
        wait "$server"
    fi 2>/dev/null
    cd /
    rm -rf "$directory"
}
trap clean EXIT
# Without this, such a signal would end this shell at once, and the trap above would not run. PIPE comes when whoever
# waits for our word was killed.
trap 'exit 1' HUP INT PIPE TERM

fail() {
    if grep -q 'Address already in use' "$log"; then echo taken; else tail -n 20 "$log" >&2; fi
    exit 1
}

"$programs/initdb" --pgdata="$data" --username=symbolon --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$log" 2>&1 </dev/null || fail

# Off is for tests: nothing of theirs has to outlive a power cut, for they kill the service, never the database.
cat >>"$data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$directory'
max_connections = 300
fsync = $durable
full_page_writes = $durable
SETTINGS

"$programs/postgres" -D "$data" >>"$log" 2>&1 </dev/null &
server=$!
until grep -q '^ready' "$data/postmaster.pid" 2>/dev/null; do
    sleep 0.05
    kill -s 0 "$server" 2>/dev/null || fail
done

echo ready
read -r _
