#: gdb: stops, steps, calls, watches, threads
/lectern-programs/debug --args /lectern-programs/debuggee-static memory <<'X'
break change_memory
run
bt
print $_siginfo.si_signo
print square(9)
watch counter
continue
info watchpoints
delete
stepi
next
set var counter = 100
finish
continue
X
/lectern-programs/debug /lectern-programs/debuggee-threads-static <<'X'
break everybody_is_here
run
info threads
thread apply 3 frame apply all -q -s print n
watch results[1]
continue
delete
continue
X
#: strace -f -v: a pipeline
umask 22; echo one two >f
strace -f -v -o t env -i HOME=/ sh -c 'cat f | wc -w; stat -c %s f; kill -USR1 $$; exit 5'; echo $?
awk '{print $1}' t | sort -u | wc -l
grep -oE 'execve\("[a-z/]*/(sh|cat|wc|stat)", \[[^]]*\], \[[^]]*\]' t | sort
grep -oE 'st[x_]*_size=8\b' t | sort -u
grep -oE 'WEXITSTATUS\(s\) == [0-9]+' t | sort -u
grep -oE '(exited with|killed by) .*|--- SIGUSR1 .*si_code=SI_USER' t | sort
