// SPDX-License-Identifier: MIT
/* Priority boosting of preempted readers: not yet. */
#include "tree.h"

void rcu_initiate_boost(struct rcu_node *rnp)
{
	(void)rnp;
}

void rcu_unboost(struct rcu_node *rnp, struct task_struct *t)
{
	(void)rnp;
	(void)t;
}

void rcu_boost_spawn(void)
{
}
