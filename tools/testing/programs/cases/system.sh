#: mount and umount a tmpfs, bind it, look
mkdir a b; mount -t tmpfs -o size=1m,mode=700 name a; echo x >a/f; stat -c %a a; findmnt -n -o FSTYPE,SOURCE "$PWD/a"; mount --bind a b; cat b/f; umount a; ls a; cat b/f; umount b; ls b; umount b 2>&1 | sed "s,$PWD,.,"
#: read-only mounts refuse
mkdir m; mount -t tmpfs -o ro tmpfs m; touch m/f 2>&1; mount -o remount,rw m; touch m/f && echo ok; umount m; mount -t badfs none m 2>&1 | sed -n "s,$PWD,.,;1p"
#: a busy mount stays, a lazy one goes
mkdir m; mount -t tmpfs tmpfs m; (cd m; umount "$OLDPWD/m" 2>&1 | sed 's,: /.*m: ,: m: ,'; umount -l "$OLDPWD/m" && touch still; ls); ls m
#: proc mounted anew
mkdir p; mount -t proc proc p; test -e p/$$/stat && echo same; cat p/sys/kernel/ostype; umount p
#: chroot
mkdir -p r/bin; cp /bin/busybox r/bin; chroot r /bin/busybox sh -c 'pwd; /bin/busybox ls /; echo $?'; chroot r /bin/nothing; echo $?
#: su to a user and back
su user -c 'id; cd; pwd; echo $HOME $USER; cat /etc/shadow; touch /etc/x'; echo $?
#: set-uid programs gain and lose
/lectern-programs/whoami-suid root; su user -c '/lectern-programs/whoami-suid; /lectern-programs/whoami-plain'; setpriv --no-new-privs --reuid=1000 --clear-groups /lectern-programs/whoami-suid
#: capabilities
setpriv --bounding-set=-sys_admin,-chown sh -c 'touch f; chown 1 f; mount -t tmpfs tmpfs /mnt 2>&1 | head -n 1'; capsh --decode=0000000000000021; grep CapBnd /proc/self/status; capsh --drop=cap_setuid -- -c 'grep CapBnd /proc/self/status'
#: hostname and uname
hostname; old=$(hostname); hostname other && hostname; uname -n; cat /proc/sys/kernel/hostname; hostname "$old"
#: dmesg and the kernel log
echo '<6>lectern: a line for the log' >/dev/kmsg; dmesg | grep -o 'lectern: a line for the log'; dmesg -r | grep 'a line for the log' | cut -c1-4
#: the clock
[ $(date +%s) -gt 1000000000 ] && echo set; a=$(cut -d. -f1 /proc/uptime); sleep 1; b=$(cut -d. -f1 /proc/uptime); ((b > a)) && echo runs; date -s @1700000000 +%s; hwclock --version | cut -d' ' -f1
#: sysctl
sysctl -n kernel.ostype; cat /proc/sys/kernel/pid_max | grep -c .; sysctl -n kernel.no.such 2>&1 | sed 's/sysctl: //'; cat /proc/sys/fs/nr_open
#: /proc has what programs read
for f in cpuinfo meminfo stat uptime loadavg version filesystems mounts cmdline interrupts devices partitions vmstat self/maps self/status self/stat self/io self/limits self/mountinfo self/environ self/auxv self/oom_score; do [ -s /proc/$f -o -n "$(head -c1 /proc/$f 2>/dev/null | tr -d '\0')" ] || echo "no $f"; done
#: /proc/self/status has Linux's lines
cut -d: -f1 /proc/self/status | grep -E '^(Name|Umask|State|Tgid|Pid|PPid|TracerPid|Uid|Gid|FDSize|Groups|VmPeak|VmSize|VmRSS|VmData|VmStk|Threads|SigQ|SigPnd|SigCgt|CapInh|CapEff|NoNewPrivs|Cpus_allowed|Mems_allowed)$' | tr '\n' ' '
#: /sys has CPUs
cat /sys/devices/system/cpu/online; lscpu | grep -E '^CPU\(s\):' | tr -s ' '
#: script gives a terminal, stty speaks to it
script -qec 'tty | sed s/[0-9]//; stty size; stty rows 40 cols 100; stty size; stty -a | grep -o "isig icanon"; test -t 0 && echo terminal' /dev/null </dev/null | tr -d '\r'
