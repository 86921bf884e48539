/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_PROCESSES_H
#define SELFTESTS_PROCESSES_H

/* What a storm may leave behind. */

#include <dirent.h>
#include <fcntl.h>

#include "kselftest.h"

/*
 * Processes, by their directories in /proc; kernel threads (PF_KTHREAD in stat's flags) come and
 * go.
 */
static inline long count_processes(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *d;
	long n = 0;

	while (dir && (d = readdir(dir))) {
		char path[300], text[512], *p;
		unsigned int flags = 0;
		int fd, got;

		if (d->d_name[0] < '1' || d->d_name[0] > '9')
			continue;
		snprintf(path, sizeof(path), "/proc/%s/stat", d->d_name);
		fd = open(path, O_RDONLY);
		got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
		close(fd);
		if (got <= 0)
			continue;
		text[got] = 0;
		p = strrchr(text, ')');
		if (p && sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %u", &flags) == 1 &&
		    !(flags & 0x00200000))
			n++;
	}
	if (dir)
		closedir(dir);
	return n;
}

#endif /* SELFTESTS_PROCESSES_H */
