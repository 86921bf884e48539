// SPDX-License-Identifier: MIT
/*
 * /proc/sys/kernel: the limits of System V objects. A limit that is lowered takes nothing away from
 * who has more.
 */

#include <linux/init.h>
#include <linux/ipc_namespace.h>
#include <linux/sysctl.h>

#include "util.h"

static int most_objects = IPC_MAX_OBJECTS;

#define ROW(NAME, FIELD, LO, HI, HANDLER) \
	{ .procname = NAME, .data = &init_ipc_ns.FIELD, .maxlen = sizeof(init_ipc_ns.FIELD), \
	  .mode = 0644, .proc_handler = HANDLER, .extra1 = LO, .extra2 = HI }

static const struct ctl_table ipc_table[] = {
	ROW("shmmax", shm_ctlmax, NULL, NULL, proc_doulongvec_minmax),
	ROW("shmall", shm_ctlall, NULL, NULL, proc_doulongvec_minmax),
	ROW("shmmni", shm_ctlmni, SYSCTL_ZERO, &most_objects, proc_dointvec_minmax),
	ROW("msgmax", msg_ctlmax, SYSCTL_ZERO, SYSCTL_INT_MAX, proc_dointvec_minmax),
	ROW("msgmni", msg_ctlmni, SYSCTL_ZERO, &most_objects, proc_dointvec_minmax),
	ROW("msgmnb", msg_ctlmnb, SYSCTL_ZERO, SYSCTL_INT_MAX, proc_dointvec_minmax),
	ROW("sem", sem_ctls, SYSCTL_ZERO, SYSCTL_INT_MAX, proc_dointvec_minmax),
};

static int __init ipc_sysctl_init(void)
{
	register_sysctl_init("kernel", ipc_table);
	return 0;
}
device_initcall(ipc_sysctl_init);
