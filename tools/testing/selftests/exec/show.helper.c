// SPDX-License-Identifier: MIT
/* Executed by the tests: exits with what it finds, or prints its arguments. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

int main(int argc, char **argv, char **envp)
{
	int n = 0;

	if (argc > 1 && !strcmp(argv[1], "args")) {
		for (int i = 0; i < argc; i++)
			printf("[%s]", argv[i]);
		printf("\n");
		return argc;
	}
	if (argc > 1 && !strcmp(argv[1], "envc")) {
		while (envp[n])
			n++;
		return n;
	}
	if (argc > 1 && !strcmp(argv[1], "auxv"))
		return getauxval(AT_PAGESZ) == 4096 && getauxval(AT_RANDOM) &&
		       getauxval(AT_PHDR) && getauxval(AT_ENTRY) && getauxval(AT_EXECFN) &&
		       getauxval(AT_PLATFORM) && getauxval(AT_UID) == getuid() &&
		       !getauxval(AT_SECURE) && getauxval(AT_CLKTCK) == 100 ? 0 : 1;
	if (argc > 1 && !strcmp(argv[1], "euid"))
		return geteuid() == 0 && getuid() == 65534 && getauxval(AT_SECURE) ? 0 : 1;
	return argc;
}
