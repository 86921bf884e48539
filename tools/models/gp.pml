/* SPDX-License-Identifier: MIT */
/*
 * RCU's grace periods: who is waited for, and until when.
 *
 * Three CPUs under two leaves (0 and 1 under leaf 0, 2 under leaf 1) under a root. On each CPU
 * one task, in and out of readers for ever; in a reader it may be preempted, and is then its
 * leaf's to remember. With -DHOTPLUG, CPUs 1 and 2 come and go, or stay away. A thread runs
 * normal grace periods one after the other (other callers exist; not with -DALONE); one updater
 * replaces an element, waits for a normal or an expedited grace period (-DONLY_NORMAL,
 * -DONLY_EXP: always that kind), and frees.
 *
 * Safety: when an element is freed no reader holds it (the assertion in Updater).
 * Progress: if everybody goes on (weak fairness), periods end again and again. -DLIVE_NORM
 * watches the normal ones, of which an updater waits for one or two ends; the other kind runs all
 * the while, unless ONLY_NORMAL. -DLIVE_EXP watches the expedited ones, beside the normal ones
 * unless ALONE.
 *
 * Why the searches end:
 *
 *   - A reader's element is the one in place, or was replaced since: which of many it is makes no
 *     difference. So there are no elements, but what each reader `holds`.
 *   - Nobody's next step depends on the element. The searches for progress are without it.
 *   - What has lost its meaning is reset in the step in which it does (`note` when the reader is
 *     preempted, each counter of a loop).
 *   - One step is what the C does under one lock, or on one CPU with interrupts off. A leaf's
 *     last report and its bit in the root are one step, too: while the bit is there the period
 *     can't end, and only who saw the leaf become empty takes it away ("one bit, one witness" in
 *     tree.c).
 *   - What a CPU does for each kind is a process of its own (Cpu, Ipi) only because weak fairness
 *     is a matter of processes.
 *
 * The comments "model: x" name steps that the C code marks with the same words. Memory ordering
 * is not modelled: the locks order; tools/memory-model has the litmus tests.
 *
 * Mutants, each of which has to fail. By freeing too early: -DM_SKIP_WAIT, -DM_LAST_CPU,
 * -DM_BLOCKED, -DM_EARLY, -DM_IDLE, -DM_EXP_READER, -DM_EXP_BLOCKED. By never ending: -DM_OFFLINE
 * (a CPU leaves without a report), -DM_UNLOCK and -DM_EXP_UNLOCK (a preempted reader ends without
 * one), -DM_NOTE (nobody interrupts a reader).
 */

#define CPUS	3
#define LEAVES	2
#define LEAF(c)	((c) / 2)

#if defined(LIVE_NORM) || defined(LIVE_EXP)
#define LIVE
#endif

/* Of each task, on its own CPU or, when preempted, on its leaf's list. */
bool in_reader[CPUS];
bool blocked[CPUS];		/* on its leaf's list */
bool gp_waits[CPUS];		/* and in the part that the normal grace period waits for */
bool exp_waits[CPUS];		/* ... the expedited one */
bool note[CPUS];		/* it was interrupted in a reader: its end reports */
bool online[CPUS] = true;

#ifndef LIVE
#define NEW	1		/* the element that is in its place */
#define OLD	2		/* one that was replaced since */
byte holds[CPUS];
#endif

/* The tree: bits still to be cleared. */
bool qs_wanted[CPUS];		/* on the leaves, a bit for each CPU */
bool leaf_wanted[LEAVES];	/* on the root, a bit for each leaf */
bool exp_wanted[CPUS];

bool gp_running;
byte updater_needs;		/* ends of normal grace periods that the updater still waits for */

#define RUNS_READER(c)	(in_reader[c] && !blocked[c])

#define LEAF_CLEAR(l)						\
	((l) == 0 ->						\
	 !(qs_wanted[0] || qs_wanted[1] || gp_waits[0] || gp_waits[1]) :	\
	 !(qs_wanted[2] || gp_waits[2]))

/* model: gp_report */
inline report_leaf(l)
{
	if
	:: LEAF_CLEAR(l) -> leaf_wanted[l] = false
	:: else
	fi
}

/* A CPU's quiescent state, by a context switch, by its idle loop, or in its name. */
/* model: gp_qs */
inline report_cpu(c)
{
	if
	:: qs_wanted[c] -> qs_wanted[c] = false; report_leaf(LEAF(c))
	:: else
	fi
}

/* ---- a CPU and its task ---- */

/* The reader is switched away from: that is a quiescent state of the CPU, but not of the task. */
inline preempt(me)
{
	/* model: gp_preempt */
	blocked[me] = true;
#ifndef M_BLOCKED
	gp_waits[me] = qs_wanted[me];
#endif
	/* model: gp_exp_preempt */
#ifndef M_EXP_BLOCKED
	exp_waits[me] = exp_wanted[me];
#endif
	note[me] = false;
	exp_wanted[me] = false;
	report_cpu(me)
}

inline unlock_blocked(me)
{
	blocked[me] = false;
#ifndef M_EXP_UNLOCK
	exp_waits[me] = false;
#endif
#ifndef M_UNLOCK
	if
	:: gp_waits[me] -> gp_waits[me] = false; report_leaf(LEAF(me))
	:: else
	fi
#endif
}

inline unlock(me)
{
	/* model: gp_unlock */
	in_reader[me] = false;
	if
	:: blocked[me] -> unlock_blocked(me)
	:: note[me] ->
		note[me] = false;
		exp_wanted[me] = false;
		report_cpu(me)
	:: else
	fi
}

proctype Task(byte me)
{
	do
	:: atomic { online[me] -> in_reader[me] = true }
#ifndef LIVE
	   holds[me] = NEW;
#endif
	   do
	   :: atomic { !blocked[me] -> preempt(me) }
	   :: break
	   od;
	   atomic {
#ifndef LIVE
		holds[me] = 0;
#endif
		unlock(me)
	   }
	od
}

/*
 * What a CPU does for the normal grace period, whatever its task is. Not in a reader that runs
 * here, the next switch reports, or the thread that sees it idle; in one, the tick leaves a note.
 */
proctype Cpu(byte me)
{
	do
	:: atomic { online[me] && qs_wanted[me] &&
#ifdef M_IDLE
		    true
#else
		    !RUNS_READER(me)
#endif
		    -> report_cpu(me) }
#ifndef M_NOTE
	/* model: gp_tick */
	:: atomic { qs_wanted[me] && RUNS_READER(me) && !note[me] -> note[me] = true }
#endif
	od
}

/* It answers the expedited grace period's interrupt. */
proctype Ipi(byte me)
{
	do
	/* model: gp_exp_ipi */
	:: atomic { exp_wanted[me] && !note[me] ->
		if
#ifndef M_EXP_READER
		:: RUNS_READER(me) -> note[me] = true
		:: else -> exp_wanted[me] = false
#else
		:: true -> exp_wanted[me] = false
#endif
		fi
	   }
	od
}

/* It goes and comes, as often as it likes; in the end it may stay away. */
proctype Hotplug(byte me)
{
	do
	/* model: gp_offline */
	:: atomic { online[me] && !RUNS_READER(me) ->
		online[me] = false;
		exp_wanted[me] = false;
#ifndef M_OFFLINE
		report_cpu(me)
#endif
	   }
	/* model: gp_online: a grace period that has been at its leaf knows nothing of it and need not */
	:: atomic { !online[me] -> online[me] = true }
#ifdef LIVE
	:: break
#endif
	od
}

/* ---- the normal grace period ---- */

inline set_up_leaf(l, from, to)
{
	atomic {
		/* model: gp_init */
		c = from;
		do
		:: c <= to ->
#ifdef M_LAST_CPU
			qs_wanted[c] = online[c] && c != CPUS - 1;
#else
			qs_wanted[c] = online[c];
#endif
#ifndef M_BLOCKED
			gp_waits[c] = blocked[c];
#endif
			c++
		:: else -> break
		od;
		/* Neither CPUs nor tasks: it is clear as it stands. */
		report_leaf(l);
		c = 0
	}
}

proctype GpThread()
{
	byte c;

	do
	/* model: gp_start: the root first, so that no leaf's report is too early */
	:: atomic { true -> gp_running = true; leaf_wanted[0] = true; leaf_wanted[1] = true }
	   set_up_leaf(0, 0, 1);
	   set_up_leaf(1, 2, 2);
#ifndef M_SKIP_WAIT
	   /* model: gp_wait */
	   !leaf_wanted[0] && !leaf_wanted[1];
#endif
#ifdef LIVE_NORM
progress:
#endif
	   atomic {
		/* model: gp_end */
		gp_running = false;
		if
		:: updater_needs > 0 -> updater_needs--
		:: else
		fi
	   }
	od
}

/* ---- the expedited one, done by who wants it ---- */

inline exp_set_up_leaf(from, to)
{
	atomic {
		/* model: gp_exp_select */
		c = from;
		do
		:: c <= to ->
			exp_wanted[c] = online[c];
#ifndef M_EXP_BLOCKED
			exp_waits[c] = blocked[c];
#endif
			c++
		:: else -> break
		od;
		c = 0
	}
}

inline expedited()
{
	exp_set_up_leaf(0, 1);
	exp_set_up_leaf(2, 2);
	/* model: gp_exp_wait */
	!(exp_wanted[0] || exp_wanted[1] || exp_wanted[2] || exp_waits[0] || exp_waits[1] || exp_waits[2])
}

#ifndef LIVE

/* Another element is put in the place of the one that readers may hold. */
inline replace()
{
	atomic {
		c = 0;
		do
		:: c < CPUS -> holds[c] = (holds[c] -> OLD : 0); c++
		:: else -> break
		od;
		c = 0
	}
}

proctype Updater()
{
	byte c;

	do
	:: replace();
	   if
#ifndef ONLY_EXP
	   :: atomic {
		/* model: gp_snap: one that runs may have missed us, so it is the one after it */
#ifdef M_EARLY
		updater_needs = 1
#else
		updater_needs = (gp_running -> 2 : 1)
#endif
	      }
	      updater_needs == 0
#endif
#ifndef ONLY_NORMAL
	   :: expedited()
#endif
	   fi;
	   /* It is freed. */
	   assert(holds[0] != OLD && holds[1] != OLD && holds[2] != OLD)
	od
}

#else

proctype Updater()
{
	byte c;

	do
	:: expedited();
#ifdef LIVE_EXP
progress:
#endif
	   skip
	od
}

#endif

init {
	byte i;

	atomic {
		i = 0;
		do
		:: i < CPUS -> run Task(i);
#ifndef ALONE
			run Cpu(i);
#endif
#ifndef ONLY_NORMAL
			run Ipi(i);
#endif
			i++
		:: else -> break
		od;
#ifdef HOTPLUG
		run Hotplug(1);
		run Hotplug(2);
#endif
#ifndef ALONE
		run GpThread();
#endif
#if !defined(LIVE) || !defined(ONLY_NORMAL)
		run Updater()
#endif
	}
}
