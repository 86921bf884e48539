#: text work
printf 'b 2\na 1\n' | perl -lane '$h{$F[0]} = $F[1]; END {print "$_=$h{$_}" for sort keys %h}'; echo abc | perl -pe 's/b/B/; tr/a/A/'; perl -e 'printf "%s %.3f %b\n", join(",", map {$_ ** 2} 1..5), 22 / 7, 10'
#: fork, wait, pipes and signals
perl -e '$| = 1; pipe R, W; if (!($p = fork)) {close R; print W "from child\n"; exit 5} close W; print <R>; waitpid $p, 0; print $? >> 8, "\n"; $SIG{ALRM} = sub {die "alarm\n"}; eval {alarm 1; select undef, undef, undef, 50}; print $@; open F, "-|", "echo", "opened"; print <F>; kill 0, $$ and print "alive\n"; print `echo backtick`; exec "echo", "exec"'
#: files, stat, opendir, sysopen, flock
perl -e 'use Fcntl ":DEFAULT", ":flock"; sysopen F, "f", O_CREAT | O_RDWR | O_EXCL, 0640 or die; syswrite F, "text"; flock F, LOCK_EX; @s = stat F; printf "%o %d\n", $s[2], $s[7]; rename "f", "g"; opendir D, "."; print join(" ", sort grep !/^\./, readdir D), "\n"; sysopen F, "g", O_CREAT | O_EXCL or print "$!\n"; symlink "g", "l"; print readlink "l", "\n"; utime 1, 2, "g"; print((stat "g")[9], "\n"); unlink "g"; open F, "l" or print "$!\n"'
#: sockets
perl -MSocket -e 'socketpair A, B, AF_UNIX, SOCK_STREAM, 0 or die $!; if (!fork) {syswrite A, "ping"; exit} sysread B, $x, 10; print "$x\n"; wait; print $?, "\n"'
