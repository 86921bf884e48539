#: ipcmk, ipcs, ipcrm
m=$(ipcmk -M 10000 -p 0640 | grep -o '[0-9]*$'); s=$(ipcmk -S 3 | grep -o '[0-9]*$'); q=$(ipcmk -Q | grep -o '[0-9]*$'); ipcs -m -i $m | grep -Eo '(mode|bytes|nattch)=[0-9]+'; ipcs -s -i $s | grep -E 'nsems|^[0-9]'; ipcs -q -i $q | grep -Eo '(cbytes|qnum)=[0-9]+'; ipcs | awk 'NF == 6 { n++ } /^---/ { print } END { print n }'; ipcrm -m $m -s $s -q $q; echo $?; ipcrm -m $m 2>&1; echo $?; ipcs -a | grep -c 0x
#: limits of System V objects
ipcs -l | grep -v '^$'; cat /proc/sys/kernel/sem /proc/sys/kernel/msgmax /proc/sys/kernel/shmmni; cat /proc/sysvipc/sem
#: perl's message queues
perl -MIPC::SysV=IPC_PRIVATE,IPC_RMID,IPC_NOWAIT,IPC_STAT -e '$q = msgget(IPC_PRIVATE, 0600) // die; if (!fork) { msgsnd($q, pack("l! a*", $_, "type $_"), 0) for 3, 1, 2; exit } wait; for (2, 0, -9) { msgrcv($q, $b, 100, $_, 0); print join(" ", unpack("l! a*", $b)), "\n" } print defined(msgrcv($q, $b, 100, 0, IPC_NOWAIT)) ? "more" : "$!", "\n"; msgctl($q, IPC_RMID, 0); print msgsnd($q, pack("l! a*", 1, ""), 0) ? "sent" : "$!", "\n"'
#: perl's semaphores and shared memory
perl -MIPC::SysV=IPC_PRIVATE,IPC_RMID,SEM_UNDO,SETVAL,GETVAL -e '$s = semget(IPC_PRIVATE, 2, 0600) // die; $m = shmget(IPC_PRIVATE, 100, 0600) // die; semctl($s, 0, SETVAL, 1); if (!fork) { semop($s, pack("s!3", 0, -1, SEM_UNDO)); shmwrite($m, "from the child", 0, 14); semop($s, pack("s!3", 1, 1, 0)); exit } semop($s, pack("s!3", 1, -1, 0)); wait; shmread($m, $b, 5, 9); print "$b\n", semctl($s, 0, GETVAL, 0), "\n"; print semop($s, pack("s!3", 5, 1, 0)) ? "done" : "$!", "\n"; semctl($s, 0, IPC_RMID, 0); shmctl($m, IPC_RMID, 0); print shmread($m, $b, 0, 1) ? "read" : "$!", "\n"'
#: a user has what he may have
s=$(ipcmk -S 1 -p 0600 | grep -o '[0-9]*$'); su user -c "ipcs -s -i $s 2>&1 | head -n 1; ipcrm -s $s 2>&1; ipcmk -S 1 >/dev/null && ipcs -s | grep -c user; ipcrm -a; echo \$?" 2>&1 | sed "s/$s/N/"; ipcrm -s $s; echo $?
