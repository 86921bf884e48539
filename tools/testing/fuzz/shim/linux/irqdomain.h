/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_IRQDOMAIN_H
#define _FUZZ_IRQDOMAIN_H
#define IRQ_DOMAIN_IRQ_SPEC_PARAMS 16
struct irq_fwspec {
	struct fwnode_handle *fwnode;
	int param_count;
	u32 param[IRQ_DOMAIN_IRQ_SPEC_PARAMS];
};
#define of_node_to_fwnode(np) (&(np)->fwnode)
static inline unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec)
{
	return fwspec->param_count;
}
#endif
