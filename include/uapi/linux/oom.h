/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_OOM_H
#define _UAPI_LINUX_OOM_H

/* /proc/PID/oom_score_adj: from never to always first. */
#define OOM_SCORE_ADJ_MIN	(-1000)
#define OOM_SCORE_ADJ_MAX	1000

/* /proc/PID/oom_adj, the elder scale; OOM_DISABLE is never. */
#define OOM_DISABLE		(-17)
#define OOM_ADJUST_MIN		(-16)
#define OOM_ADJUST_MAX		15

#endif /* _UAPI_LINUX_OOM_H */
