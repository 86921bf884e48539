/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

/* The system's name, as uname(2) and the reports of a crash give it. There is one UTS namespace. */
#include <uapi/linux/utsname.h>

struct rw_semaphore;

enum uts_proc {
	UTS_PROC_HOSTNAME,
	UTS_PROC_DOMAINNAME,
};

struct uts_namespace {
	struct new_utsname name;
};

extern struct uts_namespace init_uts_ns;
extern struct rw_semaphore uts_sem;	/* guards nodename and domainname; racy readers don't mind */

void uts_proc_notify(enum uts_proc proc);

static inline struct new_utsname *init_utsname(void)
{
	return &init_uts_ns.name;
}

static inline struct new_utsname *utsname(void)
{
	return &init_uts_ns.name;
}

extern const char linux_banner[];

#endif /* _LINUX_UTSNAME_H */
