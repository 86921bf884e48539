#: grep: options, exit status, binary files
printf 'one\ntwo\nthree\n' >f; grep -n t f; grep -c o f; grep -vE 'o|x' f; grep -q zzz f; echo $?; printf 'a\0b\n' | grep b; grep x nothing; grep -o 'e*' f; grep -r two .
#: sed: scripts, in place, hold space
printf 'one\ntwo\nthree\n' >f; sed -n '2p;$=' f; sed '1!G;h;$!d' f; sed -i 's/\(.\)o/[\1]/g' f; cat f; sed -E 's/(.)(.)/\2\1/;y/abc/xyz/' f; sed 'bad{' f
#: awk: fields, arrays, functions, printf
printf 'a 1\nb 2\na 3\n' >f; awk '{s[$1]+=$2} END {for (k in s) print k, s[k] | "sort"; close("sort"); printf "%05.2f\n", 10/3}' f; awk 'function f(n) {return n<2?n:f(n-1)+f(n-2)} BEGIN {print f(15)}'
#: awk: getline, system, pipes and exit
awk 'BEGIN {while (("echo a; echo b" | getline l) > 0) print "got", l; r = system("exit 3"); print r; print "x" | "cat"; exit 4}'
#: mawk and gawk agree
for a in mawk gawk; do seq 20 | $a '$1 % 3 == 0 {n++; t = t $1 ","} END {print n, t, substr(t, 2, 4), toupper("x"), length(t)}'; done
#: diff, patch, cmp and diff3
printf 'a\nb\nc\n' >x; printf 'a\nB\nc\nd\n' >y; diff -u --label x --label y x y >p; cat p; patch -s x p; cmp x y && echo patched; cmp x /etc/hostname; diff x nothing
#: xargs
seq 10 | xargs -n 4 echo; seq 3 | xargs -P 3 -I{} sh -c 'exit 0' && echo done; echo a b | xargs false; echo $?; printf 'a b\0c\0' | xargs -0 -n1 echo
#: bc
echo 'scale=10; 4*a(1); 2^64; sqrt(2)' | bc -l
#: file knows what it sees
printf '#!/bin/sh\n' >s; file -b s /dev/null /bin; file -bL /etc/hostname
#: vi in ex mode edits a file
printf 'one\ntwo\nthree\n' >f; vim.tiny -es -u NONE -c '%s/o/0/g' -c '2d' -c 'normal Gofour' -c wq f; cat f
