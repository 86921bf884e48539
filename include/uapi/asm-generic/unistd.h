/* SPDX-License-Identifier: MIT */
/* The numbers of the system calls, from kernel/syscalls/syscalls.tbl. */
#include <generated/unistd.h>
