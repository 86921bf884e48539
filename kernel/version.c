// SPDX-License-Identifier: MIT
/*
 * What the system calls itself.
 *
 * Programs ask uname(2) which kernel they run on and choose by the answer, so
 * sysname and release are those of the interface that we keep, Linux 6.12; the
 * suffix of the release says who we are.
 */

#include <linux/utsname.h>

#include <generated/utsrelease.h>

#define UTS_VERSION "#1 SMP PREEMPT Lectern"

struct uts_namespace init_uts_ns = {
	.name = {
		.sysname = "Linux",
		.nodename = "(none)",
		.release = UTS_RELEASE,
		.version = UTS_VERSION,
		.machine = UTS_MACHINE,
		.domainname = "(none)",
	},
};

const char linux_banner[] =
	"Lectern version " UTS_RELEASE " (" UTS_MACHINE ", " __VERSION__ ") " UTS_VERSION "\n";
