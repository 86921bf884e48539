#: here-documents and here-strings
x=5; cat <<E; cat <<'E'; cat <<-E; tr a-z A-Z <<<"string $x"
value $x $((x * 2)) $(echo inner)
E
literal $x
E
	indented
	E
#: pipelines and their status
set -o pipefail; true | false | true; echo $?; false | true; echo ${PIPESTATUS[@]}; ! true; echo $?; seq 100000 | tail -n 1
#: jobs, wait and kill
bash 2>err <<'E'
set -m; sleep 100 & sleep 100 & jobs; kill %1; wait %1; echo $?; kill -STOP %2; until [[ $(jobs %2) == *Stopped* ]]; do :; done; jobs; kill -KILL %2; until [[ $(jobs %2 2>/dev/null) != *Stopped* ]]; do :; done; echo dead
:
E
# bash tells of the killed job before or after "dead", as it died before or after bash asked for the jobs.
sed -E 's/line [0-9]+/line N/;s/: +[0-9]+ /: PID /' err
#: stop and continue a job
set -m; bash -c 'kill -STOP $$; echo after' & until [[ $(jobs %1) == *Stopped* ]]; do :; done; jobs %1 | tr -s ' '; kill -CONT %1; wait %1; echo $?
#: traps of signals, EXIT, ERR and DEBUG
trap 'echo usr1' USR1; trap 'echo bye' EXIT; trap 'echo err $?' ERR; kill -USR1 $$; false; (exit 7); bash -c 'trap "echo term; exit 3" TERM; kill $$; sleep 1'; echo $?
#: a program that is killed says how
bash -c 'kill -SEGV $$'; echo $?; bash -c 'kill -ABRT $$'; echo $?; sh -c 'kill -9 $$'; echo $?; ( ulimit -c 0; bash -c 'kill -QUIT $$' ); echo $?
#: redirections of all kinds
exec 3>f; echo three >&3; exec 3>&-; cat f; echo err >&2 2>/dev/null; { echo o; echo e >&2; } 2>&1 >/dev/null; echo x >>f; wc -l <f; : >|f; stat -c %s f; cat <f 3<&0 <&3; echo y >/nowhere/f; set -C; echo z >f
#: process substitution and named pipes
diff <(seq 3) <(seq 4) ; mkfifo p; (echo through >p &); cat p; tee >(cat >c) <<<copy; until [ -s c ]; do :; done; cat c
#: command substitution, arrays, arithmetic
a=(one two "three four"); echo ${#a[@]} "${a[-1]}" ${a[@]:1:1}; declare -A m=([k]=v); echo ${m[k]} ${!m[@]}; echo $((2**40 % 1000)) $((0x10 + 010)); s=$(printf 'a\n\n\n'); echo "[$s]"
#: functions, local, recursion and return
f() { local n=$1; ((n <= 1)) && { echo 1; return; }; echo $((n * $(f $((n - 1))))); }; f 10; g() { return 42; }; g; echo $?
#: globs, braces, case and extglob
shopt -s extglob nullglob
touch a1 a2 b1; echo a* [!a]* *.none {x,y}{1..3}; case abc in a*c) echo yes ;; esac; echo !(a*); [[ abc =~ ^a(.)c$ ]] && echo ${BASH_REMATCH[1]}
#: string operations
s=/usr/lib/libc.so.6; echo ${s##*/} ${s%%.*} ${s/lib/LIB} ${s//l/L} ${#s} ${s:5:3} ${s^^} ${u:-unset} ${s@Q}; printf '%q %05d %x %s\n' 'a b' 42 255 end
#: read, mapfile, select and IFS
while IFS=: read -r a b; do echo "$b-$a"; done <<<$'1:2\n3:4'; mapfile -t l < <(seq 3); echo ${l[2]}; read -t 0.1 x < <(sleep 1000); echo $?; read -n 2 y <<<abcdef; echo $y
#: ulimit and what it does
ulimit -n 20; ulimit -n; bash -c 'for i in $(seq 3 40); do eval "exec $i</dev/null" || break; done' 2>&1 | tail -n 1 | cut -d: -f3-; (ulimit -f 1; head -c 5000 /dev/zero >f); echo $?; stat -c %s f; (ulimit -t 1; while :; do :; done); echo $?
#: a fork bomb ends in an error
setsid -w setpriv --reuid=12345 --clear-groups python3 -c '
import os, resource, signal
resource.setrlimit(resource.RLIMIT_NPROC, (20, 20))
n = 0
try:
    while True:
        if not os.fork(): signal.pause()
        n += 1
except OSError as e: print(e.strerror, n, flush=True)
os.killpg(0, 9)'; echo $?
#: scripts: shebang with an argument, no shebang, not executable
printf '#!/bin/sed -n 2p\nsecond\n' >s; printf 'echo plain $0 $#\n' >p; printf '#!/no/such\n' >n; chmod +x s p n; ./s; ./p a b; ./n; touch q; ./q; mkdir d; ./d; ./missing
#: dash runs the same
dash -c 'set -e; x=$(expr 1 + 2); case $x in 3) echo three;; esac; for i in a b; do printf "%s " $i; done; echo; trap "echo exit" EXIT; (exit 5) || echo $?'
#: a deep pipeline and many children
seq 50 | while read i; do (exit $((i % 2))) && echo $i; done | tail -n 2; for i in $(seq 60); do cat /dev/null & done; wait; echo all; echo x $(printf '| cat %.0s' $(seq 30)) >s; bash -c "$(sed 's/^/echo /' s)"
