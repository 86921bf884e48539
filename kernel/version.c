// SPDX-License-Identifier: MIT
/*
 * What the system calls itself.
 *
 * Programs ask uname(2) which kernel they run on and choose by the answer, so
 * sysname and release are those of the interface that we keep, Linux 6.12; the
 * suffix of the release says who we are.
 */

#include <linux/utsname.h>

#include <linux/nsfs.h>

#include <generated/utsrelease.h>

#define UTS_VERSION "#1 SMP PREEMPT Lectern"

/* As on Linux: programs know the first namespace by it. */
#define UTS_INIT_INUM	0xeffffffeU

struct uts_namespace init_uts_ns = {
	.name = {
		.sysname = "Linux",
		.nodename = "(none)",
		.release = UTS_RELEASE,
		.version = UTS_VERSION,
		.machine = UTS_MACHINE,
		.domainname = "(none)",
	},
	.ns = { .ops = &utsns_operations, .inum = UTS_INIT_INUM, .count = REFCOUNT_INIT(1) },
};

const char linux_banner[] =
	"Lectern version " UTS_RELEASE " (" UTS_MACHINE ", " __VERSION__ ") " UTS_VERSION "\n";
