#: sort by number, key and reverse
printf '10 b\n9 a\n2 c\n' >f; sort -n f; sort -k2 f; sort -rn f; sort -c f
#: uniq, cut, tr, paste, join
printf 'a:1\na:1\nb:2\n' >f; uniq -c f | tr -s ' '; cut -d: -f2 f | paste -sd+; tr a-z A-Z <f; join -t: <(sort -u f) <(printf 'a:x\nb:y\n')
#: head, tail, tac, nl, wc
seq 100 >f; head -n 2 f; tail -n 2 f; tail -c 4 f; tac f | head -n 1; nl f | tail -n 1; wc f
#: checksums
printf lectern | md5sum; printf lectern | sha1sum; printf lectern | sha256sum; printf lectern | cksum; printf lectern | b2sum | cut -c1-32
#: base64, od, expr, factor, seq
printf 'some bytes\0' | base64; printf 'some bytes\0' | od -c; expr 6 \* 7; factor 1234567890; seq -s, 1 3 10
#: cp, mv, ln, rm and their messages
echo one >a; cp a b; ln a c; ln -s a d; mv b e; ls; stat -c '%n %h %F %s' a c d e; rm a; cat c; cat d; rm -r nothing; rmdir /proc
#: cp -a keeps times, modes and links
mkdir -p t/u; echo x >t/f; chmod 640 t/f; ln t/f t/g; ln -s f t/s; touch -d '2001-02-03 04:05:06' t/f; cp -a t v; stat -c '%n %a %h %F' v/*; stat -c %Y v/f v/g
#: ls -l of all kinds
mkdir d; mkfifo p; mknod n c 1 3; ln -s x l; touch f; chmod 4751 f; touch -d @0 d p n f; touch -hd @0 l; ls -ln --time-style=+%Y | cut -d' ' -f1-5
#: touch, stat and date
touch -d '2020-01-01 00:00:00.123456789' f; stat -c '%y %s %a %U %G' f; date -u -d @1000000000; date -u -r f +%s.%N
#: chmod, umask and test
umask 027; touch f; mkdir d; stat -c %a f d; chmod u+x,g=r,o= f; stat -c %a f; test -x f && echo x; test -w /proc/version || echo ro; chmod 9 f
#: dd counts, seeks and truncates
dd if=/dev/zero of=f bs=1k count=4 status=none; printf abc | dd of=f bs=1 seek=100 conv=notrunc status=none; stat -c %s f; dd if=f bs=1 skip=100 count=3 status=none; echo; truncate -s 10 f; stat -c %s f
#: a sparse file reads as zeros
truncate -s 1M f; printf x | dd of=f bs=1 seek=1000000 conv=notrunc status=none; tr -d '\0' <f | wc -c; cmp -n 1000000 f /dev/zero && echo same
#: tee, split, cat and comm
seq 10 | tee a >b; cmp a b && echo same; split -l 4 a part.; wc -l part.*; cat part.* | cmp - a; comm -12 <(sort a) <(printf '1\n99\n')
#: df and du of a tmpfs
mkdir m; mount -t tmpfs -o size=4M tmpfs m; dd if=/dev/zero of=m/f bs=1M count=3 status=none; df --output=size,used,avail m; du -k m/f | cut -f1; dd if=/dev/zero of=m/g bs=1M count=2 status=noxfer; umount m
#: readlink, realpath, basename, dirname, pwd
mkdir -p a/b; ln -s a/b l; ln -s loop loop; readlink l; (cd l && pwd && pwd -P) | sed "s,$PWD,.,"; realpath --relative-to=. l; cat loop; basename /x/y.c .c; dirname /x/y
#: env, printenv, nproc, uname
env -i A=1 B=2 printenv; uname -s; nproc; arch | sed 's/x86_64\|aarch64/machine/'; env false; echo $?; env ./nothing; env /
#: timeout, sleep, kill status
timeout 0.2 sleep 100; echo $?; sh -c 'timeout -s KILL 0.2 sleep 100; echo $?'; timeout 100 true; echo $?
#: mktemp, install, shred
f=$(mktemp); stat -c %a "$f"; rm "$f"; install -m 750 /etc/hostname h; stat -c '%a %s' h; shred -u h; ls
#: numfmt, fold, expand
numfmt --to=iec 1048576; echo abcdefgh | fold -w 3; printf 'a\tb\n' | expand -t 4
#: nohup, nice and stdbuf
nice -n 5 nice; nohup echo hi 2>/dev/null; stdbuf -oL echo buffered; nice -n -3 nice
#: who is nobody and what may they do
echo secret >f; chmod 600 f; setpriv --reuid=65534 --regid=65534 --clear-groups cat "$PWD/f"; setpriv --reuid=65534 --regid=65534 --clear-groups id; setpriv --reuid=65534 --regid=65534 --clear-groups kill -0 1
#: /dev/full, /dev/zero and broken pipes
echo x >/dev/full; head -c 3 /dev/zero | od -An -tx1; yes | head -n 1; (yes; echo $? >status) | head -n 1; cat status; head -c 0 /dev/random; cat /dev/null
