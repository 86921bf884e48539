/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TRACE_H
#define _KERNEL_RCU_TRACE_H

/*
 * Tracepoints: rcu_trace(event, number of the grace period, detail) records one step in a ring of
 * this CPU (<linux/event_ring.h>). Off, it costs a nop. The monitor's `rcu trace on`, `rcu trace`
 * show it.
 */

#include <linux/event_ring.h>

#define RCU_TRACE_EVENTS(X)				\
	X(GP_REQUEST,	"gp requested")			\
	X(GP_START,	"gp starts")			\
	X(GP_INIT,	"gp node init, mask")		\
	X(GP_FQS,	"gp looks at CPUs, round")	\
	X(GP_END,	"gp ends")			\
	X(CPU_START,	"cpu hears of gp")		\
	X(CPU_QS,	"cpu quiescent")		\
	X(CPU_EQS,	"cpu found idle, cpu")		\
	X(CPU_KICK,	"cpu kicked, cpu")		\
	X(CPU_UP,	"cpu up, cpu")			\
	X(CPU_DOWN,	"cpu down, cpu")		\
	X(NODE_QS,	"node quiescent, left")		\
	X(TASK_BLOCK,	"reader preempted, pid")	\
	X(TASK_UNBLOCK,	"preempted reader done, pid")	\
	X(BOOST,	"reader boosted, pid")		\
	X(EXP_START,	"expedited starts")		\
	X(EXP_QS,	"expedited cpu quiescent")	\
	X(EXP_END,	"expedited ends")		\
	X(CB_QUEUE,	"callback queued, length")	\
	X(CB_BATCH,	"callbacks begin, length")	\
	X(CB_INVOKE,	"callback invoked, function")	\
	X(CB_DONE,	"callbacks end, count")		\
	X(BARRIER,	"barrier, pending")		\
	X(STALL,	"stall, jiffies")

enum rcu_trace_event {
#define X(name, text)	RCU_TRACE_##name,
	RCU_TRACE_EVENTS(X)
#undef X
	RCU_TRACE_NR
};

#define RCU_TRACE_TEXT(name, text)	[RCU_TRACE_##name] = text,

extern struct event_ring_set rcu_ring;

#define rcu_trace(event, gp_seq, detail)					\
	event_ring_record(&rcu_ring, RCU_TRACE_##event, gp_seq, detail)
#define rcu_trace_enable(on)	event_ring_enable(&rcu_ring, on)
#define rcu_trace_free()	event_ring_free(&rcu_ring)
#define rcu_trace_count(event)	event_ring_count(&rcu_ring, event)

#endif /* _KERNEL_RCU_TRACE_H */
