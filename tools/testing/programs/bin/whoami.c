// SPDX-License-Identifier: MIT
/*
 * Its real, effective and saved users, then again after giving them up. Installed set-uid and not.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

static void tell(void)
{
	uid_t real, effective, saved;

	getresuid(&real, &effective, &saved);
	printf("%d %d %d secure %lu\n", real, effective, saved, getauxval(AT_SECURE));
}

int main(void)
{
	tell();
	if (setresuid(getuid(), getuid(), getuid()))
		perror("setresuid");
	tell();
	return 0;
}
