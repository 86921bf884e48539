/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_FS_DIR_H
#define SELFTESTS_FS_DIR_H

#include "../kselftest.h"

#include <fcntl.h>
#include <sys/stat.h>

/* Each test gets a fresh directory to stand in. */
static inline void enter_fresh_dir(void)
{
	char name[64];

	mkdir("/tmp", 01777);
	snprintf(name, sizeof(name), "/tmp/selftest-%d-%ld", getpid(), (long)random());
	CHECK_EQ(mkdir(name, 0755), 0);
	CHECK_EQ(chdir(name), 0);
}

static inline int make_file(const char *name, const char *text)
{
	int fd = open(name, O_CREAT | O_RDWR | O_TRUNC, 0644);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
	return fd;
}

#endif /* SELFTESTS_FS_DIR_H */
