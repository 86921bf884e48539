// SPDX-License-Identifier: MIT
/*
 * Says what it was called with; linked statically, dynamically, and as a position-independent one.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int at_exit;

static void bye(void)
{
	printf("bye %d\n", at_exit);
}

__attribute__((constructor)) static void before_main(void)
{
	at_exit = 7;
}

int main(int argc, char **argv)
{
	volatile double two = 2;
	int i;

	atexit(bye);
	printf("hello from C, %.6f", sqrt(two));
	for (i = 1; i < argc; i++)
		printf(" %s", argv[i]);
	printf("\n%d\n", isatty(1) || strlen(getenv("PATH")) > 0);
	return 0;
}
