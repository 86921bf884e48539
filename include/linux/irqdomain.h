/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQDOMAIN_H
#define _LINUX_IRQDOMAIN_H

/*
 * A domain translates one controller's numbers (hwirq) into ours (irq, "virq").
 *
 * Two styles. Flat: ops->map(d, virq, hwirq) sets chip and handler of a fresh descriptor.
 * Hierarchical: ops->alloc() does it for a range, and asks the parent domain for its share by
 * irq_domain_alloc_irqs_parent(); the descriptor then has one irq_data per level.
 *
 * Numbers below revmap_size are looked up in an array, others in a hash; both lock-free enough
 * for hard irq context.
 */

#include <linux/fwnode.h>
#include <linux/irqdomain_defs.h>
#include <linux/irqhandler.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct irq_chip;
struct irq_data;
struct irq_desc;
struct irq_domain;
struct cpumask;

#define IRQ_DOMAIN_IRQ_SPEC_PARAMS	16
#define IRQ_DOMAIN_REVMAP_HASH		64

/* An interrupt as the firmware names it: a controller and cells that it understands. */
struct irq_fwspec {
	struct fwnode_handle *fwnode;
	int param_count;
	u32 param[IRQ_DOMAIN_IRQ_SPEC_PARAMS];
};

/**
 * struct irq_domain_ops - what a controller does about its numbers
 * @match: is this domain for @node? (default: same fwnode)
 * @select: the same with the whole spec
 * @map: flat style: set up a new irq for @hw
 * @unmap: the reverse
 * @xlate: flat style: cells of the device tree to hwirq and type
 * @alloc: hierarchical style: set up @nr_irqs from @virq, @arg is a struct irq_fwspec
 * @free: the reverse
 * @activate: about to be used
 * @deactivate: no longer used
 * @translate: cells to hwirq and type
 */
struct irq_domain_ops {
	int (*match)(struct irq_domain *d, struct device_node *node,
		     enum irq_domain_bus_token bus_token);
	int (*select)(struct irq_domain *d, struct irq_fwspec *fwspec,
		      enum irq_domain_bus_token bus_token);
	int (*map)(struct irq_domain *d, unsigned int virq, irq_hw_number_t hw);
	void (*unmap)(struct irq_domain *d, unsigned int virq);
	int (*xlate)(struct irq_domain *d, struct device_node *node, const u32 *intspec,
		     unsigned int intsize, unsigned long *out_hwirq, unsigned int *out_type);
	int (*alloc)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs, void *arg);
	void (*free)(struct irq_domain *d, unsigned int virq, unsigned int nr_irqs);
	int (*activate)(struct irq_domain *d, struct irq_data *irqd, bool reserve);
	void (*deactivate)(struct irq_domain *d, struct irq_data *irq_data);
	int (*translate)(struct irq_domain *d, struct irq_fwspec *fwspec,
			 unsigned long *out_hwirq, unsigned int *out_type);
};

enum {
	IRQ_DOMAIN_FLAG_HIERARCHY	= 1 << 0,
	IRQ_DOMAIN_NAME_ALLOCATED	= 1 << 1,
	IRQ_DOMAIN_FLAG_IPI_PER_CPU	= 1 << 2,
	IRQ_DOMAIN_FLAG_NO_MAP		= 1 << 6,
};

/**
 * struct irq_domain - one controller's numbering
 * @link: in the list of all domains; irq_domain_mutex
 * @name: for show
 * @ops: the controller's functions
 * @host_data: the controller's own
 * @flags: IRQ_DOMAIN_*
 * @mapcount: lines mapped; @mutex
 * @mutex: serialises mapping; of the root domain for a hierarchy
 * @root: the outermost parent
 * @fwnode: what the firmware calls it
 * @bus_token: which of several for that node
 * @parent: the next domain towards the CPU
 * @hwirq_max: numbers are below this
 * @revmap_lock: guards @revmap_hash
 * @revmap_hash: numbers from @revmap_size on
 * @revmap_size: length of @revmap
 * @revmap: irq_data by hwirq, RCU-like: a line is unmapped only when it can't fire any more
 */
struct irq_domain {
	struct list_head link;
	const char *name;
	const struct irq_domain_ops *ops;
	void *host_data;
	unsigned int flags;
	unsigned int mapcount;
	struct mutex mutex;
	struct irq_domain *root;
	struct fwnode_handle *fwnode;
	enum irq_domain_bus_token bus_token;
	struct irq_domain *parent;
	irq_hw_number_t hwirq_max;
	raw_spinlock_t revmap_lock;
	struct hlist_head revmap_hash[IRQ_DOMAIN_REVMAP_HASH];
	unsigned int revmap_size;
	struct irq_data *revmap[];
};

/** of_node_to_fwnode - the firmware node in a device-tree node; NULL stays NULL */
static inline struct fwnode_handle *of_node_to_fwnode(struct device_node *node)
{
	return node ? &node->fwnode : NULL;
}

struct irq_domain *__irq_domain_add(struct fwnode_handle *fwnode, unsigned int size,
				    irq_hw_number_t hwirq_max, const struct irq_domain_ops *ops,
				    void *host_data);
struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name);
void irq_domain_free_fwnode(struct fwnode_handle *fwnode);

/**
 * irq_domain_create_linear - a domain of the numbers 0 to @size - 1, looked up in an array
 * @fwnode: the controller's
 * @size: how many
 * @ops: what the controller does
 * @host_data: for @ops
 *
 * Context: may sleep.
 * Return: the domain, for irq_domain_remove(); NULL.
 */
static inline struct irq_domain *irq_domain_create_linear(struct fwnode_handle *fwnode,
							  unsigned int size,
							  const struct irq_domain_ops *ops,
							  void *host_data)
{
	return __irq_domain_add(fwnode, size, size, ops, host_data);
}

/**
 * irq_domain_create_tree - a domain of any numbers, looked up in a tree
 * @fwnode: the controller's
 * @ops: what the controller does
 * @host_data: for @ops
 *
 * Context: may sleep.
 * Return: the domain, for irq_domain_remove(); NULL.
 */
static inline struct irq_domain *irq_domain_create_tree(struct fwnode_handle *fwnode,
							const struct irq_domain_ops *ops,
							void *host_data)
{
	return __irq_domain_add(fwnode, 0, ~0UL, ops, host_data);
}

/** irq_domain_add_linear - irq_domain_create_linear() by device-tree node */
static inline struct irq_domain *irq_domain_add_linear(struct device_node *of_node,
						       unsigned int size,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_linear(of_node_to_fwnode(of_node), size, ops, host_data);
}

/** irq_domain_add_tree - irq_domain_create_tree() by device-tree node */
static inline struct irq_domain *irq_domain_add_tree(struct device_node *of_node,
						     const struct irq_domain_ops *ops,
						     void *host_data)
{
	return irq_domain_create_tree(of_node_to_fwnode(of_node), ops, host_data);
}

struct irq_domain *irq_domain_create_legacy(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, irq_hw_number_t first_hwirq,
					    const struct irq_domain_ops *ops, void *host_data);
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq,
					    const struct irq_domain_ops *ops, void *host_data);

static inline struct irq_domain *irq_domain_add_legacy(struct device_node *of_node,
						       unsigned int size,
						       unsigned int first_irq,
						       irq_hw_number_t first_hwirq,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_legacy(of_node_to_fwnode(of_node), size, first_irq, first_hwirq,
					ops, host_data);
}

static inline struct irq_domain *irq_domain_add_simple(struct device_node *of_node,
						       unsigned int size,
						       unsigned int first_irq,
						       const struct irq_domain_ops *ops,
						       void *host_data)
{
	return irq_domain_create_simple(of_node_to_fwnode(of_node), size, first_irq, ops,
					host_data);
}

struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops,
					       void *host_data);
void irq_domain_remove(struct irq_domain *domain);
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token);

struct irq_domain *irq_find_matching_fwspec(struct irq_fwspec *fwspec,
					    enum irq_domain_bus_token bus_token);

/** irq_find_matching_fwnode - the domain of a firmware node and kind; NULL */
static inline struct irq_domain *irq_find_matching_fwnode(struct fwnode_handle *fwnode,
							  enum irq_domain_bus_token bus_token)
{
	struct irq_fwspec fwspec = { .fwnode = fwnode };

	return irq_find_matching_fwspec(&fwspec, bus_token);
}

/** irq_find_host - the domain of a device-tree node; NULL */
static inline struct irq_domain *irq_find_host(struct device_node *node)
{
	return irq_find_matching_fwnode(of_node_to_fwnode(node), DOMAIN_BUS_ANY);
}

void irq_set_default_host(struct irq_domain *host);
struct irq_domain *irq_get_default_host(void);

/* ---- mapping ---- */

unsigned int irq_create_mapping(struct irq_domain *domain, irq_hw_number_t hwirq);
unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec);
unsigned int irq_create_of_mapping(struct of_phandle_args *irq_data);
void irq_dispose_mapping(unsigned int virq);
int irq_domain_associate(struct irq_domain *domain, unsigned int irq, irq_hw_number_t hwirq);
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count);

struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
				       unsigned int *irq);

/**
 * irq_resolve_mapping - the descriptor of a controller's number; NULL
 *
 * Context: any, hard irq above all.
 */
static inline struct irq_desc *irq_resolve_mapping(struct irq_domain *domain,
						   irq_hw_number_t hwirq)
{
	return __irq_resolve_mapping(domain, hwirq, NULL);
}

/** irq_find_mapping - our number for @hwirq, 0 if it has none. Any context. */
static inline unsigned int irq_find_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned int irq;

	return __irq_resolve_mapping(domain, hwirq, &irq) ? irq : 0;
}

/** irq_linear_revmap - irq_find_mapping() under its older name */
static inline unsigned int irq_linear_revmap(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return irq_find_mapping(domain, hwirq);
}

extern const struct irq_domain_ops irq_domain_simple_ops;

int irq_domain_xlate_onecell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, irq_hw_number_t *out_hwirq,
			     unsigned int *out_type);
int irq_domain_xlate_twocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, irq_hw_number_t *out_hwirq,
			     unsigned int *out_type);
int irq_domain_xlate_onetwocell(struct irq_domain *d, struct device_node *ctrlr,
				const u32 *intspec, unsigned int intsize,
				irq_hw_number_t *out_hwirq, unsigned int *out_type);
int irq_domain_translate_onecell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type);
int irq_domain_translate_twocell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type);

/* ---- hierarchy ---- */

struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq);
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data,
			 irq_flow_handler_t handler, void *handler_data,
			 const char *handler_name);
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq,
				  irq_hw_number_t hwirq, const struct irq_chip *chip,
				  void *chip_data);
void irq_domain_reset_irq_data(struct irq_data *irq_data);
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs,
			    int node, void *arg, bool realloc, const void *affinity);
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs);
int irq_domain_activate_irq(struct irq_data *irq_data, bool early);
void irq_domain_deactivate_irq(struct irq_data *irq_data);

/**
 * irq_domain_alloc_irqs - lines of a hierarchical domain, with any free numbers
 * @domain: the outermost level
 * @nr_irqs: how many, side by side
 * @node: where their memory had better be
 * @arg: for ops->alloc()
 *
 * Context: may sleep.
 * Return: the first number, or a negative errno.
 */
static inline int irq_domain_alloc_irqs(struct irq_domain *domain, unsigned int nr_irqs, int node,
					void *arg)
{
	return __irq_domain_alloc_irqs(domain, -1, nr_irqs, node, arg, false, NULL);
}

int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs, void *arg);
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs);
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq,
				 unsigned int nr_irqs);
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs);

/** irq_domain_is_hierarchy - does it have ops->alloc()? */
static inline bool irq_domain_is_hierarchy(struct irq_domain *domain)
{
	return domain->flags & IRQ_DOMAIN_FLAG_HIERARCHY;
}

#endif /* _LINUX_IRQDOMAIN_H */
