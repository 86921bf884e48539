#: find: tests and actions
mkdir -p a/b; touch a/1.c a/b/2.c a/3.h; ln -s nowhere a/l; chmod 600 a/3.h; find a -name '*.c' | sort; find a -type l -printf '%p %l\n'; find a -perm 600; find a -name '*.c' -exec echo {} + | wc -w; find a -depth -delete; ls
#: find: times, sizes and emptiness
touch -d '10 days ago' old; touch new; head -c 5000 /dev/zero >big; mkdir empty; find . -mtime +5; find . -newer old -type f | sort; find . -size +4k; find . -empty | sort
#: tar: create, list, extract, compare
mkdir -p t/d; echo x >t/f; ln t/f t/h; ln -s f t/s; mkfifo t/p; chmod 751 t/d; tar cf a.tar --sort=name --mtime=@0 t; tar tvf a.tar --numeric-owner --utc | awk '{print $1,$3,$6,$7,$8}'; mkdir o; tar xf a.tar -C o; ls o/t; tar df a.tar --warning=no-timestamp | grep -v 'time differs'; tar xf nothing
#: tar and gzip through a pipe
seq 5000 >f; tar czf - f | tar xzOf - | cmp - f && echo same; gzip -9nk f; ls f.gz; gzip -t f.gz && echo good; zcat f.gz | tail -n 1; printf junk | gzip -d
#: bzip2, xz and their checks
seq 5000 >f; for z in bzip2 xz; do $z -k f; $z -dc f.${z/bzip2/bz2} | cmp - f && echo $z; done; head -c 100 f.xz | xz -dc >/dev/null
#: cpio
mkdir d; echo a >d/a; ln -s a d/l; find d | sort | cpio -o -H newc --quiet >c; mkdir o; cd o; cpio -i --quiet <../c; ls -l d | awk '{print $1,$5,$9,$10,$11}'
#: hard links, renames and what they say
touch a; ln a b; ln a b; mkdir d; mv d d/e; mv -T a d; ln d x; mv a nowhere/a; ln -s . here; ls here/here/here
#: a thousand names
mkdir d; cd d; touch $(seq 1000); ls | wc -l; ls -U | sort -n | tail -n 1; rm [0-9]*; ls | wc -l
#: locks: flock
exec 9>lock; flock 9; flock -n lock true; echo $?; (flock -n 9 && echo inherited); exec 9>&-; flock -n lock echo free
#: extended attributes and access lists of a tmpfs
mkdir m; mount -t tmpfs tmpfs m; touch m/f; setfattr -n trusted.a -v b m/f; getfattr -n trusted.a --only-values m/f; echo; setfattr -n trusted.a -v c m/f; getfattr -d -m - m/f; setfattr -x trusted.a m/f; getfattr -d -m - m/f; setfattr -n bad -v x m/f; umount m
#: /proc/self shows open files and the folder
exec 7</etc/hostname; readlink /proc/self/fd/7; readlink /proc/$$/cwd | sed "s,$PWD,here,"; readlink /proc/$$/exe; cat <&7; tr '\0' ' ' </proc/$$/cmdline | cut -d' ' -f1
#: long names and long paths
n=$(printf 'x%.0s' $(seq 255)); touch $n; ls | wc -c; touch ${n}y 2>&1 | cut -c280-; p=$(printf 'd/%.0s' $(seq 1000)); mkdir -p $p; find . -type d | wc -l; rm -rf d
