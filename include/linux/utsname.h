/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

/* The system's name, as uname(2) and the reports of a crash give it; kernel/utsname.c. */
#include <linux/ns_common.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <uapi/linux/utsname.h>

struct rw_semaphore;

enum uts_proc {
	UTS_PROC_HOSTNAME,
	UTS_PROC_DOMAINNAME,
};

struct uts_namespace {
	struct new_utsname name;
	struct ns_common ns;
};

extern struct uts_namespace init_uts_ns;
/* Guards nodename and domainname of all namespaces; racy readers don't mind. */
extern struct rw_semaphore uts_sem;

struct uts_namespace *copy_utsname(u64 flags, struct uts_namespace *old);
void put_uts_ns(struct uts_namespace *ns);
void uts_proc_notify(enum uts_proc proc);

/** init_utsname - the first namespace's names */
static inline struct new_utsname *init_utsname(void)
{
	return &init_uts_ns.name;
}

/** utsname - the names that current, which isn't about to end, sees. uname(2) */
static inline struct new_utsname *utsname(void)
{
	return &current->nsproxy->uts_ns->name;
}

extern const char linux_banner[];

#endif /* _LINUX_UTSNAME_H */
