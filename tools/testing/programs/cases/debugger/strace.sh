#: calls of a program, and how it ended
strace -o t -e trace=openat,read,write,close,exit_group cat /etc/hostname; sed -n '/hostname/,$p' t; strace -o t sh -c 'exit 3'; echo $?; tail -n 1 t; strace -o t sh -c 'kill -TERM $$'; echo $?; tail -n 2 t | sed 's/si_pid=[0-9]*/si_pid=N/;s/([0-9]*, SIGTERM/(N, SIGTERM/'
#: children are followed
strace -f -o t -e trace=execve,exit_group,wait4 sh -c '/bin/true; (exit 4); /bin/echo x | cat'; awk '{print $1}' t | sort -u | wc -l; grep -oE 'execve\("[^"]*"|exit_group\([0-9]*|exited with [0-9]+' t | sort
#: a file for each process, threads too
mkdir d; strace -ff -o d/t -e trace=exit_group,exit /lectern-programs/debuggee-threads; ls d | wc -l; cat d/* | sort; grep -l exit_group d/* | wc -l
#: verbose structures
touch f; chmod 640 f; strace -v -o t -e trace=newfstatat,fstat,statx stat -c %a f; grep -o 'st_mode=S_IFREG|0640\|stx_mode=S_IFREG|0640' t | sort -u; strace -v -o t -e trace=uname,sysinfo,prlimit64 uname -m >/dev/null; grep -o 'sysname="Linux"' t; strace -v -e trace=rt_sigaction,rt_sigprocmask -o t bash -c 'trap : USR1'; grep -c SIGUSR1 t | sed 's/[1-9][0-9]*/some/'
#: descriptors have names
echo abc >f; strace -y -e trace=read,write -o t cat f; sed -E 's,<[^>]*/,<,g' t | grep -v '\.so'; strace -yy -e trace=pipe2,write -o t bash -c 'echo x | cat' ; grep -c 'pipe:\[' t | sed 's/[1-9][0-9]*/some/'
#: results and calls are changed on their way
strace -o t -e inject=openat:error=EACCES:when=1 -e trace=openat cat /etc/hostname 2>&1 | sed 's/.*: //'; grep -c INJECTED t
strace -o t -e inject=getuid,geteuid:retval=77 -e trace=getuid,geteuid id -u
strace -o t -e inject=write:signal=USR1 -e trace=write echo x; echo $?; tail -n 3 t | sed 's/si_pid=[0-9]*/si_pid=N/'
strace -o t -e inject=unlink,unlinkat:retval=0 rm /etc/hostname; test -e /etc/hostname && echo there
strace -o t -e inject=clone,fork,vfork,clone3:error=EAGAIN:when=1..2 sh -c '/bin/true' 2>&1 | sed 's/.*: //'; strace -qq -e inject=nanosleep,clock_nanosleep:delay_exit=1000 -e trace=none sleep 0; echo $?
strace -o t -e inject=getpid:poke_exit=@arg1=00 -e trace=getpid true; echo $?
#: attach to a running process, and leave it
sleep 1000 & pid=$!; until grep -q '^State:.S' /proc/$pid/status; do :; done
strace -q -p $pid -o t & tracer=$!; until grep -q "^TracerPid:.$tracer" /proc/$pid/status; do :; done
kill -USR2 $pid; wait $pid; echo $?; wait $tracer; grep -v resum t | sed 's/si_pid=[0-9]*/si_pid=N/;s/(.*tv_/(tv_/;s/{tv.*/.../' | tail -n 2
sleep 1000 & pid=$!; until grep -q '^State:.S' /proc/$pid/status; do :; done
strace -p $pid -o t 2>e & tracer=$!; until grep -q "^TracerPid:.$tracer" /proc/$pid/status; do :; done
kill -INT $tracer; wait $tracer; sed -E 's/[0-9]+/N/g' e; grep TracerPid /proc/$pid/status; kill -0 $pid && echo alive; kill $pid; wait $pid; echo $?
#: stopped and continued under strace
strace -o t -e trace=none sh -c 'kill -STOP $$; echo again' & p=$!; until child=$(pgrep -P $p) && grep -qs '^State:.[tT]' /proc/$child/status && grep -q 'stopped by' t; do :; done; kill -CONT $child; wait $p; echo $?; sed 's/si_pid=[0-9]*/si_pid=N/' t
strace -p 999999; echo $?
#: a call is restarted
bash -c 'trap : USR1; strace -o t -e trace=clock_nanosleep,restart_syscall sleep 5 & p=$!; until c=$(pgrep -P $p sleep) && grep -q "^State:.S" /proc/$c/status; do :; done; kill -STOP $c; until grep -q "stopped" t; do :; done; kill -CONT $c; wait $p; echo $?'; sed -E 's/\{tv[^}]*\}/T/g; s/si_pid=[0-9]+/N/; s/0x[0-9a-f]+/P/' t
#: exec by a thread other than the first
strace -f -o t -e trace=execve /lectern-programs/debuggee-static exec; grep -c 'execve(' t; strace -f -e trace=none -e signal=none -o t perl -e1 2>/dev/null; echo $?
#: counts
strace -c -o t cat /etc/hostname; awk 'NR > 2 && $NF != "total" && $NF !~ /^-/ {print $NF}' t | grep -xE 'read|write|openat|close|mmap|execve|exit_group' | sort
#: the tracer is a grandchild
strace -D -o t -e trace=exit_group true; until grep -q exited t; do :; done; cat t
#: stacks and instruction pointers
strace -i -e trace=exit_group -o t true; sed -E 's/[0-9a-f]{16}/IP/; s/ +=/ =/' t; strace -n -e trace=exit_group true 2>&1 | sed -E 's/\[ *[0-9]+\]/[N]/; s/ +=/ =/'
#: each of many short programs
for i in 1 2 3 4 5 6 7 8 9 10; do strace -f -v -o /dev/null sh -c 'ls / | sort | head -n 3 >/dev/null; exit 5' || echo -n "$? "; done
#: a vfork and a spawn
strace -f -e trace=vfork,clone,clone3,execve -o t bash -c '/bin/true; exec /bin/true'; grep -c '+++ exited with 0' t; strace -f -o t env -i /bin/true; grep -c 'execve("/bin/true"' t
#: the program's view is not disturbed
strace -f -o /dev/null sh -c 'sleep 0.1 & wait $!; echo $?; kill -9 $$'; echo $?; strace -f -o /dev/null bash -c 'trap "echo got" USR1; kill -USR1 $$; echo end' ; strace -f -o /dev/null bash -c 'echo $BASHPID $PPID' | wc -w
