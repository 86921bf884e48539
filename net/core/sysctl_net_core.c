// SPDX-License-Identifier: MIT
/* /proc/sys/net: how much sockets may buffer, and how long their queues may be. */

#include <linux/init.h>
#include <linux/sysctl.h>
#include <net/af_unix.h>
#include <net/sock.h>

static int min_sndbuf = SOCK_MIN_SNDBUF;
static int min_rcvbuf = SOCK_MIN_RCVBUF;

#define ROW(NAME, VAR, LO) \
	{ .procname = NAME, .data = &(VAR), .maxlen = sizeof(VAR), .mode = 0644, \
	  .proc_handler = proc_dointvec_minmax, .extra1 = LO }

static const struct ctl_table net_core_table[] = {
	ROW("wmem_max", sysctl_wmem_max, &min_sndbuf),
	ROW("rmem_max", sysctl_rmem_max, &min_rcvbuf),
	ROW("wmem_default", sysctl_wmem_default, &min_sndbuf),
	ROW("rmem_default", sysctl_rmem_default, &min_rcvbuf),
	ROW("somaxconn", sysctl_somaxconn, SYSCTL_ZERO),
};

static const struct ctl_table unix_table[] = {
	{ .procname = "max_dgram_qlen", .data = &sysctl_unix_max_dgram_qlen, .maxlen = sizeof(int),
	  .mode = 0644, .proc_handler = proc_dointvec },
};

static int __init net_sysctl_init(void)
{
	register_sysctl_init("net/core", net_core_table);
	register_sysctl_init("net/unix", unix_table);
	return 0;
}
fs_initcall(net_sysctl_init);
