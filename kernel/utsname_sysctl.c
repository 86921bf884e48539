// SPDX-License-Identifier: MIT
/*
 * /proc/sys/kernel: the names that uname(2) tells. Those of host and domain can be set and waited
 * for.
 */

#include <linux/utsname.h>

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/rwsem.h>
#include <linux/string.h>
#include <linux/sysctl.h>

static DEFINE_CTL_TABLE_POLL(hostname_poll);
static DEFINE_CTL_TABLE_POLL(domainname_poll);

/* A name is changed as a whole, under uts_sem; a copy of it stands between it and the text. */
static int proc_do_uts_string(const struct ctl_table *table, int write, void *buffer,
			      size_t *lenp, loff_t *ppos)
{
	/* The table points into the first namespace; meant is the same name in current's. */
	char *own = (char *)utsname() + ((char *)table->data - (char *)init_utsname());
	char name[__NEW_UTS_LEN + 1];
	struct ctl_table copy = *table;
	int ret;

	copy.data = name;
	down_read(&uts_sem);
	memcpy(name, own, sizeof(name));
	up_read(&uts_sem);
	ret = proc_dostring(&copy, write, buffer, lenp, ppos);
	if (!write || ret)
		return ret;
	down_write(&uts_sem);
	/* Nothing that stood behind the zero is left for uname(2) to copy. */
	strscpy_pad(own, name, sizeof(name));
	up_write(&uts_sem);
	proc_sys_poll_notify(table->poll);
	return 0;
}

/**
 * uts_proc_notify - sethostname(2), setdomainname(2): wake who polls the file
 * @proc: UTS_PROC_HOSTNAME or UTS_PROC_DOMAINNAME
 */
void uts_proc_notify(enum uts_proc proc)
{
	proc_sys_poll_notify(proc == UTS_PROC_HOSTNAME ? &hostname_poll : &domainname_poll);
}

#define UTS_ROW(NAME, FIELD, MODE, POLL) \
	{ .procname = NAME, .data = init_uts_ns.name.FIELD, .maxlen = __NEW_UTS_LEN + 1, \
	  .mode = MODE, .proc_handler = proc_do_uts_string, .poll = POLL }

static const struct ctl_table uts_kern_table[] = {
	UTS_ROW("arch", machine, 0444, NULL),
	UTS_ROW("ostype", sysname, 0444, NULL),
	UTS_ROW("osrelease", release, 0444, NULL),
	UTS_ROW("version", version, 0444, NULL),
	UTS_ROW("hostname", nodename, 0644, &hostname_poll),
	UTS_ROW("domainname", domainname, 0644, &domainname_poll),
};

static int __init utsname_sysctl_init(void)
{
	register_sysctl_init("kernel", uts_kern_table);
	return 0;
}
device_initcall(utsname_sysctl_init);
