// SPDX-License-Identifier: MIT
/*
 * What readers pay: SRCU's kinds, Tasks Trace, the per-CPU rwsem; rows of `make bench`, group rcu.
 */

#include <linux/bench.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcupdate_trace.h>
#include <linux/srcu.h>

DEFINE_STATIC_SRCU(bench_srcu);
DEFINE_STATIC_SRCU(bench_srcu_lite);
DEFINE_STATIC_SRCU(bench_srcu_nmisafe);
DEFINE_STATIC_PERCPU_RWSEM(bench_rwsem);

/* Sixteen in a row: the call of the row weighs little, and there is no loop to be counted too. */
#define FOUR(statement)		{ statement; } { statement; } { statement; } { statement; }
#define SIXTEEN(statement)	FOUR(FOUR(statement))

static void srcu_pair(void)
{
	SIXTEEN(srcu_read_unlock(&bench_srcu, srcu_read_lock(&bench_srcu)));
}

static void srcu_lite_pair(void)
{
	SIXTEEN(srcu_read_unlock_lite(&bench_srcu_lite, srcu_read_lock_lite(&bench_srcu_lite)));
}

static void srcu_nmisafe_pair(void)
{
	SIXTEEN(srcu_read_unlock_nmisafe(&bench_srcu_nmisafe,
					 srcu_read_lock_nmisafe(&bench_srcu_nmisafe)));
}

static void trace_pair(void)
{
	SIXTEEN(rcu_read_lock_trace(); rcu_read_unlock_trace());
}

static void rwsem_pair(void)
{
	SIXTEEN(percpu_down_read(&bench_rwsem); percpu_up_read(&bench_rwsem));
}

BENCH_ROW(rcu, srcu_pair, "srcu_read_lock + unlock", .run = srcu_pair, .operations = 16,
	  .note = "at most 15");
BENCH_ROW(rcu, srcu_lite, "srcu_read_lock_lite + unlock", .run = srcu_lite_pair, .operations = 16);
BENCH_ROW(rcu, srcu_nmisafe, "srcu_read_lock_nmisafe + unlock", .run = srcu_nmisafe_pair,
	  .operations = 16);
BENCH_ROW(rcu, trace_pair, "rcu_read_lock_trace + unlock", .run = trace_pair, .operations = 16);
BENCH_ROW(rcu, percpu_rwsem, "percpu_down_read + up_read", .run = rwsem_pair, .operations = 16,
	  .sleeps = true);
