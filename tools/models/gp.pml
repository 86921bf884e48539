/* SPDX-License-Identifier: MIT */
/*
 * RCU's grace periods: who is waited for, and until when.
 *
 * Three CPUs under two leaves (0 and 1 under leaf 0, 2 under leaf 1) under a root. On each CPU one
 * task, in and out of readers; in a reader it may be preempted, and is then its leaf's to remember.
 * CPUs 1 and 2 come and go. One grace-period thread runs normal grace periods whenever it likes (other callers
 * exist); one updater replaces an element, waits for a normal or an expedited grace period, and frees.
 *
 * What is checked: no reader holds a freed element (the assertion in Task); and the updater gets
 * done again and again if everybody goes on (progress label, weak fairness).
 *
 * A step in atomic{} is done under a node's lock in C, or with interrupts off on one CPU. The comments
 * "model: x" name steps that the C code marks with the same words. Memory ordering is not modelled:
 * the locks order; tools/memory-model has the litmus tests.
 *
 * Mutants, each of which has to fail: -DM_SKIP_WAIT, -DM_LAST_CPU, -DM_BLOCKED, -DM_EARLY,
 * -DM_IDLE, -DM_EXP_READER, -DM_EXP_BLOCKED, -DM_OFFLINE (no report: never ends), -DM_UNLOCK (likewise).
 */

#define CPUS	3
#define LEAVES	2
#define LEAF(c)	((c) / 2)

/* The elements take turns: one is published, the other is being freed or free. */
bit current;
bool freed[2];

/* Of each task, on its own CPU or, when preempted, on its leaf's list. */
bool in_reader[CPUS];
bool blocked[CPUS];		/* on its leaf's list */
bool gp_waits[CPUS];		/* and in the part that the normal grace period waits for */
bool exp_waits[CPUS];		/* ... the expedited one */
bool urgent[CPUS];		/* the tick found it in a reader: its end reports */
bool exp_defer[CPUS];		/* asked by the expedited one inside a reader: report at its end */
bool online[CPUS] = true;

/* The tree: bits still to be cleared. */
bool qs_wanted[CPUS];		/* on the leaves, a bit for each CPU */
bool leaf_wanted[LEAVES];	/* on the root, a bit for each leaf */
bool exp_wanted[CPUS];

bool gp_running;
byte updater_needs;		/* ends of normal grace periods that the updater still waits for */

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

proctype Task(byte me)
{
	bit held;

	do
	:: atomic { online[me] && !in_reader[me] -> in_reader[me] = true }
	   held = current;
	   if
	   :: atomic { !blocked[me] ->
		/* model: gp_preempt */
		blocked[me] = true;
#ifdef M_BLOCKED
		gp_waits[me] = false;
#else
		gp_waits[me] = qs_wanted[me];
#endif
		/* The switch is a quiescent state of the CPU, but not of the task. */
		if
		:: exp_defer[me] || exp_wanted[me] ->
			/* model: gp_exp_preempt */
#ifndef M_EXP_BLOCKED
			exp_waits[me] = true;
#endif
			exp_defer[me] = false;
			exp_wanted[me] = false
		:: else
		fi;
		report_cpu(me)
	      }
	   :: true
	   fi;
	   assert(!freed[held]);
	   atomic {
		/* model: gp_unlock */
		in_reader[me] = false;
		if
		:: blocked[me] ->
			blocked[me] = false;
			exp_waits[me] = false;
#ifndef M_UNLOCK
			if
			:: gp_waits[me] -> gp_waits[me] = false; report_leaf(LEAF(me))
			:: else
			fi
#endif
		:: else ->
			if
			:: exp_defer[me] -> exp_defer[me] = false; exp_wanted[me] = false
			:: else
			fi;
			if
			:: urgent[me] -> report_cpu(me)
			:: else
			fi
		fi;
		urgent[me] = false;
		held = 0
	   }
	od
}

/* What a CPU does by itself whatever its task is: it switches, idles, takes the tick. */
proctype Cpu(byte me)
{
	do
	/* Not in a reader that runs here: the next switch, or the sight of it idle, reports. */
	:: atomic { online[me] && qs_wanted[me] &&
#ifdef M_IDLE
		    true
#else
		    (!in_reader[me] || blocked[me])
#endif
		    -> report_cpu(me) }
	/* model: gp_tick */
	:: atomic { qs_wanted[me] && in_reader[me] && !blocked[me] && !urgent[me] ->
		urgent[me] = true }
	od
}

/* It answers the expedited grace period's interrupt. */
proctype Ipi(byte me)
{
	do
	/* model: gp_exp_ipi */
	:: atomic { exp_wanted[me] && !exp_defer[me] ->
		if
#ifndef M_EXP_READER
		:: in_reader[me] && !blocked[me] -> exp_defer[me] = true
		:: else -> exp_wanted[me] = false
#else
		:: true -> exp_wanted[me] = false
#endif
		fi
	   }
	od
}

/* It goes and comes, as often as it likes; it may stay away. */
proctype Hotplug(byte me)
{
	do
	/* model: gp_offline */
	:: atomic { !in_reader[me] || blocked[me] ->
		online[me] = false;
		exp_wanted[me] = false;
#ifndef M_OFFLINE
		report_cpu(me)
#endif
	   }
	   if
	   :: break
	   :: true
	   fi;
	/* model: gp_online: a grace period that has been at its leaf knows nothing of it and need not */
	   atomic { true -> online[me] = true }
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

inline expedited()
{
	c = 0;
	do
	:: c < CPUS ->
		atomic {
			/* model: gp_exp_select */
			exp_wanted[c] = online[c];
#ifndef M_EXP_BLOCKED
			exp_waits[c] = blocked[c];
#endif
			if
			:: blocked[c] -> exp_wanted[c] = false
			:: else
			fi;
			c++
		}
	:: else -> break
	od;
	c = 0;
	/* model: gp_exp_wait */
	!(exp_wanted[0] || exp_wanted[1] || exp_wanted[2] || exp_waits[0] || exp_waits[1] || exp_waits[2])
}

proctype Updater()
{
	bit old;
	byte c;

	do
	:: atomic { old = current; freed[1 - current] = false; current = 1 - current }
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
progress:
	   freed[old] = true;
	od
}

init {
	byte i;

	freed[1] = true;
	atomic {
		i = 0;
		do
		:: i < CPUS -> run Task(i); run Cpu(i); run Ipi(i); i++
		:: else -> break
		od;
#ifdef HOTPLUG
		run Hotplug(1);
		run Hotplug(2);
#endif
		run GpThread();
		run Updater()
	}
}
