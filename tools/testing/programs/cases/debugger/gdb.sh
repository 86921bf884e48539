#: breakpoints, backtrace, finish
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break square
run
backtrace
print n
finish
print $_exitcode
info breakpoints
delete
continue
print $_exitcode
X
#: step, next, until, stepi
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break sum_of_squares
run
step
next
next
next
print a
set $before = $pc
stepi
print $pc > $before
nexti
kill
X
#: a dynamic, position-independent program, and a function of a library
/lectern-programs/debug /lectern-programs/debuggee-pie <<'X'
set breakpoint pending on
break puts
break deep if level == 1
run
bt 3
print level
up
info locals
continue
X
#: hardware watchpoints
/lectern-programs/debug --args /lectern-programs/debuggee-static memory <<'X'
break main
run
watch counter
continue
continue
delete
awatch table[2]
continue
continue
delete
continue
X
/lectern-programs/debug --args /lectern-programs/debuggee-static memory <<'X'
break main
run
rwatch table[1]
continue
bt 1
info watchpoints
delete
continue
X
#: a watchpoint with a condition, and one of a local that goes out of scope
/lectern-programs/debug --args /lectern-programs/debuggee-static memory <<'X'
break change_memory
run
watch counter if counter > 2
continue
print counter
delete
tbreak square
print square(6)
watch i
continue
print i
X
/lectern-programs/debug --args /lectern-programs/debuggee-static <<'X'
break square
run
watch result
continue
continue
continue
X
#: hardware breakpoints
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break main
run
hbreak square
thbreak deep
continue
continue
bt
continue
delete
continue
X
#: registers and memory are written
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break square
run
print n = 10
next
set var result = 1000
print $sp == $fp || $sp < $fp
delete
finish
break square
continue
return 7
next
info locals
set $saved = $pc
jump *$pc
X
#: calls in the program
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break sum_of_squares
run
print square(12)
print *p
print $_siginfo.si_signo
continue
bt 2
X
#: fork: the parent is followed
/lectern-programs/debug --args /lectern-programs/debuggee-static fork <<'X'
set follow-fork-mode parent
set detach-on-fork on
break child
break 69
run
info inferiors
bt 1
continue
X
#: fork: the child is followed
/lectern-programs/debug --args /lectern-programs/debuggee-static fork <<'X'
set follow-fork-mode child
break child
run fork >out
bt 1
next
print counter
continue
X
#: fork: both are kept
/lectern-programs/debug --args /lectern-programs/debuggee-static fork <<'X'
set detach-on-fork off
set schedule-multiple on
break child
run fork >out
info inferiors
bt 1
continue
info inferiors
X
#: catch fork, exec and system calls
/lectern-programs/debug --args /lectern-programs/debuggee-static fork <<'X'
catch fork
run
info breakpoints
continue
X
/lectern-programs/debug --args /lectern-programs/debuggee-static exec <<'X'
catch exec
run
print $_exitcode
continue
X
/lectern-programs/debug --args /lectern-programs/debuggee-static memory <<'X'
break change_memory
run
catch syscall
continue
continue
delete
continue
X
#: signals are stopped at, passed, held back
/lectern-programs/debug --args /lectern-programs/debuggee-static signals <<'X'
handle SIGUSR1 stop print pass
break on_signal
run
print $_siginfo.si_signo
continue
bt
finish
continue
X
/lectern-programs/debug --args /lectern-programs/debuggee-static signals <<'X'
run
signal 0
X
/lectern-programs/debug --args /lectern-programs/debuggee-static signals <<'X'
handle SIGUSR1 nostop noprint pass
run
X
/lectern-programs/debug --args /lectern-programs/debuggee-static crash <<'X'
run
print $_siginfo.si_signo
print $_siginfo._sifields._sigfault.si_addr
bt
continue
X
#: threads
/lectern-programs/debug /lectern-programs/debuggee-threads <<'X'
break everybody_is_here
run
info threads
thread apply 2 3 4 frame apply all -q -s print n
thread 3
break leave if n == 1
continue
print n
delete
continue
X
#: a breakpoint that one thread only stops at
/lectern-programs/debug /lectern-programs/debuggee-threads <<'X'
break meet if n == 2
run
next
next
print n
delete
watch results[1]
continue
continue
delete
continue
X
#: each thread has its own thread-locals
/lectern-programs/debug /lectern-programs/debuggee-threads <<'X'
break everybody_is_here
run
thread apply all -q print number
thread apply 3 -q print number = 50
thread apply 1 2 4 -q print number
delete
continue
X
/lectern-programs/debug --args /lectern-programs/debuggee-threads-static crash <<'X'
run
print number
thread apply 1 -q print number
X
#: attach and detach
/lectern-programs/debuggee-static wait >out & pid=$!
/lectern-programs/debug -p $pid <<'X'
frame function wait_for_store
print counter
break wait_for_store
detach
X
kill -0 $pid && echo alive
/lectern-programs/debug -p $pid <<'X'
set var counter = 42
detach
X
wait $pid; cat out
#: attach to threads
/lectern-programs/debuggee-threads stay & pid=$!
until [ "$(cat /proc/$pid/task/*/stat | cut -d' ' -f3 | tr -d '\n')" = SSSS ]; do :; done
/lectern-programs/debug -p $pid <<'X'
info threads
thread apply 2 3 4 -q frame apply all -q -s print n
kill
X
{ wait $pid; } 2>/dev/null; echo $?
#: gcore, and gdb on what it made
/lectern-programs/debug /lectern-programs/debuggee-threads <<'X' >log
break everybody_is_here
run
gcore core.made
kill
X
grep -c 'Saved corefile' log
/lectern-programs/debug /lectern-programs/debuggee-threads core.made <<'X'
info threads
bt
thread apply 2 frame apply all -q -s print n
print results
X
#: the kernel's core
ulimit -c unlimited; echo core >/proc/sys/kernel/core_pattern
/lectern-programs/debuggee-static crash; ls core*
/lectern-programs/debug /lectern-programs/debuggee-static core* <<'X'
bt
print counter
print $_siginfo.si_signo
X
#: the kernel's core of threads
ulimit -c unlimited; echo core >/proc/sys/kernel/core_pattern
/lectern-programs/debuggee-threads crash
/lectern-programs/debug /lectern-programs/debuggee-threads core* <<'X'
bt 2
info threads
X
/lectern-programs/debug /lectern-programs/debuggee-threads core* <<'X' | grep '^\$' | cut -d' ' -f3 | sort
thread apply all -q frame apply all -q -s print n
X
#: executed backwards
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
break sum_of_squares
run
record
next
next
print a
reverse-next
reverse-next
print $_
next
reverse-finish
X
#: gdbserver over a pipe
/lectern-programs/debug /lectern-programs/debuggee-static <<'X'
set sysroot /
target remote | gdbserver --once - /lectern-programs/debuggee-static memory 2>/dev/null
break change_memory
continue
bt
watch counter
continue
print counter
delete
stepi
info threads
continue
X
#: gdbserver and threads
/lectern-programs/debug /lectern-programs/debuggee-threads <<'X'
set sysroot /
target remote | gdbserver --once - /lectern-programs/debuggee-threads 2>/dev/null
break everybody_is_here
continue
info threads
thread apply 3 frame apply all -q -s print n
continue
X
