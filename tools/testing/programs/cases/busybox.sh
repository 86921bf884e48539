#: applets of every kind
b=busybox; $b seq 3 | $b tac; echo abc | $b sed s/b/X/ | $b awk '{print length($1)}'; $b printf '%d\n' 0x10; printf 'b\na\n' | $b sort | $b head -n 1; $b expr 2 + 3; $b dc -e '2 3 + p'; echo x | $b md5sum; $b date -u -d @0 +%Y; $b stat -c %F /dev/null; $b echo -e 'a\tb' | $b cut -f2
#: archives
mkdir d; seq 1000 >d/f; busybox tar czf a.tgz d; busybox tar tzf a.tgz; busybox gunzip -c a.tgz | busybox tar xOf - d/f | busybox wc -l; busybox gzip d/f; busybox zcat d/f.gz | busybox tail -n 1; find d | busybox cpio -o -H newc 2>/dev/null | busybox cpio -t 2>/dev/null
#: its shell
busybox sh -c 'f() { local x=$1; echo $((x * 2)); }; f 21; for i in $(seq 3); do echo $i; done | while read x; do echo -n "$x,"; done; echo; trap "echo bye" EXIT; (kill -9 $(sh -c "echo \$PPID")); echo $?; cat <<E
here $((1 + 1))
E'
#: ps, free, mount, df and kill
busybox ps -o pid,comm | head -n 1; busybox free | head -n 1 | tr -s ' '; busybox mount | grep -c ' /proc '; sleep 50 & busybox kill $!; wait $!; echo $?; busybox pidof nothing; echo $?; busybox nproc
