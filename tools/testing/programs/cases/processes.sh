#: ps shows the tree of a shell
sleep 100 & p=$!; until grep -qx sleep /proc/$p/comm && grep -q '^State:.S' /proc/$p/status; do :; done; ps -o comm=,stat= -p $p | tr -s ' '; ps -o ppid= -p $p | grep -qw $$ && echo child; ps --no-headers -C sleep -o args; kill $p; wait $p 2>/dev/null; ps -p $p >/dev/null; echo $?
#: ps aux and ps -ef have their columns
ps aux | head -n 1 | tr -s ' '; ps -ef | head -n 1 | tr -s ' '; ps -e -o comm= | grep -c '^kthreadd$'; ps -p 1 -o user=,pid=,ppid=,nlwp= | tr -s ' '
#: top -b
TERM=linux top -b -n 1 -w 80 >t; head -n 1 t | sed 's/[0-9:.]\+/N/g' | cut -c1-7; sed -n 2p t | sed 's/[0-9]\+/N/g' | tr -s ' '; sed -n 3p t | sed 's/[0-9.]\+/N/g; s/\([,:]\)N/\1 N/g' | tr -s ' '; sed -n '4,5p' t | sed 's/[0-9.]\+/N/g' | tr -s ' '; grep -o 'PID USER.*' t; grep -c ' bash$' t | sed 's/[1-9][0-9]*/some/'
#: free and vmstat
free | head -n 1 | tr -s ' '; free -b | awk 'NR == 2 {print ($2 > $3 && $7 <= $2 && $4 < $2) ? "sane" : $0}'; vmstat | sed -n 2p | tr -s ' '; vmstat -s | grep -c 'K total memory'
#: kill by number, name and pattern
sleep 111 & a=$!; sleep 112 & b=$!; for p in $a $b; do until grep -qx sleep /proc/$p/comm && grep -q '^State:.S' /proc/$p/status; do :; done; done; pgrep -fx 'sleep 11[12]' | wc -l; pkill -fx 'sleep 111'; { wait $a; } 2>/dev/null; echo $?; kill -l 9 15; kill -s USR1 $b; { wait $b; } 2>/dev/null; echo $?; kill 999999
#: process groups and sessions
setsid bash -c 'ps -o pid=,pgid=,sid= -p $$ | awk "{print (\$1==\$2 && \$2==\$3)}"'; set -m; sleep 50 | sleep 51 & until [ "$(pgrep -xc sleep)" = 2 ]; do :; done; ps -o pgid= -C sleep | sort -u | wc -l; kill -- -$(jobs -p %1); wait; jobs
#: nice, renice, chrt and taskset
nice -n 7 bash -c 'ps -o ni= -p $$ | tr -d " "; renice -n 9 -p $$ >/dev/null; nice'; taskset -c 0 bash -c 'taskset -cp $$ | cut -d: -f2; nproc'; chrt -f 5 chrt -p 0 | cut -d: -f2; chrt -i 0 sh -c 'chrt -p $$' | cut -d: -f2
#: time and the rusage of children
/usr/bin/time -f '%x %c' sh -c 'exit 3' 2>&1 | tail -n 1 | cut -d' ' -f1; bash -c 'time true' 2>&1 | sed 's/[0-9.]\+/N/g'; times | wc -l
#: an orphan goes to the first process
bash -c '(p=$$; while kill -0 $p 2>/dev/null; do sleep 0.05; done; ps -o ppid= -p $BASHPID >ppid) &'; until [ -s ppid ]; do sleep 0.05; done; tr -d ' ' <ppid
#: zombies are seen and reaped
python3 - <<'E'
import os
p = os.fork()
if not p: os._exit(7)
while open(f"/proc/{p}/stat").read().split()[2] != "Z": pass
print(os.popen(f"ps -o stat=,comm= -p {p}").read().split(), os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]), os.path.exists(f"/proc/{p}"))
E
#: limits: prlimit and /proc/PID/limits
prlimit --nofile=100:200 bash -c 'ulimit -n; ulimit -Hn; grep "open files" /proc/self/limits | tr -s " "'; prlimit --as=1000000 ls; echo $?
#: pstree, pgrep, pwdx, fuser
sleep 60 & until grep -qx sleep /proc/$!/comm && grep -q '^State:.S' /proc/$!/status; do :; done; pwdx $! | cut -d: -f2 | sed "s,$PWD,here,"; pgrep -x sleep | grep -qw $! && echo found; pstree -A $$ | grep -o 'sleep'; kill $!; wait $! 2>/dev/null; fuser -s /etc/hostname 2>/dev/null; echo $?
#: cpu time is counted
bash -c 'i=0; while ((i < 20000)); do ((i++)); done; read -r -a f </proc/$$/stat; ((f[13] + f[14] > 0)) && echo used'
#: many forks
i=0; while ((i < 300)); do (exit 0); ((i++)); done; echo $i
