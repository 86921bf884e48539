// SPDX-License-Identifier: MIT
/*
 * Interrupt domains: from a controller's own numbers to ours.
 *
 * The firmware names an interrupt by its controller and some cells. Mapping it: find the domain of
 * that controller, let it translate the cells to a number of its own (hwirq) and a trigger type,
 * and, the first time, make a descriptor for it:
 *
 *	flat		ops->map() sets chip and flow handler
 *	hierarchical	ops->alloc() does that for this level and has the parent do its own; see
 *			irqdomain_hierarchy.c
 *
 * Looking a number up in hard irq takes no lock for numbers below revmap_size, and a short raw
 * lock for others.
 *
 * Lock order: irq_domain_mutex, domain->root->mutex, sparse_irq_lock, revmap_lock.
 */
#include <linux/irqdomain.h>

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "internals.h"

/* Guards the list and the default. */
static DEFINE_MUTEX(irq_domain_mutex);
static LIST_HEAD(irq_domain_list);
static struct irq_domain *irq_default_domain;

/* ---- domains ---- */

/**
 * irq_domain_alloc_named_fwnode - a name for a controller that no firmware node stands for
 * @name: must stay valid
 *
 * Return: the handle, NULL without memory.
 */
struct fwnode_handle *irq_domain_alloc_named_fwnode(const char *name)
{
	struct fwnode_handle *fwnode = kzalloc(sizeof(*fwnode), GFP_KERNEL);

	if (fwnode)
		fwnode->name = name;
	return fwnode;
}
EXPORT_SYMBOL_GPL(irq_domain_alloc_named_fwnode);

/**
 * irq_domain_free_fwnode - free a firmware node that was made for a domain
 * @fwnode: no domain has it any more
 */
void irq_domain_free_fwnode(struct fwnode_handle *fwnode)
{
	kfree(fwnode);
}
EXPORT_SYMBOL_GPL(irq_domain_free_fwnode);

static struct irq_domain *domain_create(struct fwnode_handle *fwnode, unsigned int size,
					irq_hw_number_t hwirq_max,
					const struct irq_domain_ops *ops, void *host_data,
					struct irq_domain *parent, unsigned int flags)
{
	struct irq_domain *domain = kzalloc(struct_size(domain, revmap, size), GFP_KERNEL);
	int i;

	if (WARN_ON(!domain))
		return NULL;
	INIT_LIST_HEAD(&domain->link);
	mutex_init(&domain->mutex);
	raw_spin_lock_init(&domain->revmap_lock);
	for (i = 0; i < IRQ_DOMAIN_REVMAP_HASH; i++)
		INIT_HLIST_HEAD(&domain->revmap_hash[i]);
	domain->name = fwnode && fwnode->name ? fwnode->name : "unnamed";
	domain->fwnode = fwnode;
	domain->ops = ops;
	domain->host_data = host_data;
	domain->hwirq_max = hwirq_max;
	domain->revmap_size = size;
	domain->parent = parent;
	domain->root = parent ? parent->root : domain;
	domain->flags = flags | (ops->alloc ? IRQ_DOMAIN_FLAG_HIERARCHY : 0);

	mutex_lock(&irq_domain_mutex);
	list_add(&domain->link, &irq_domain_list);
	mutex_unlock(&irq_domain_mutex);
	return domain;
}

/**
 * __irq_domain_add - make a domain
 * @fwnode: its controller, or NULL
 * @size: numbers to keep in the array
 * @hwirq_max: numbers are below this
 * @ops: the controller's functions
 * @host_data: the controller's own
 *
 * Context: may sleep (but boots early).
 * Return: the domain, NULL without memory.
 */
struct irq_domain *__irq_domain_add(struct fwnode_handle *fwnode, unsigned int size,
				    irq_hw_number_t hwirq_max, const struct irq_domain_ops *ops,
				    void *host_data)
{
	return domain_create(fwnode, size, hwirq_max, ops, host_data, NULL, 0);
}
EXPORT_SYMBOL_GPL(__irq_domain_add);

/**
 * irq_domain_create_hierarchy - make a domain on top of another
 * @parent: the next controller inwards
 * @flags: IRQ_DOMAIN_FLAG_*
 * @size: numbers 0 to @size - 1; 0: any number
 * @fwnode: the controller's
 * @ops: what it does; alloc() and free() at least
 * @host_data: for @ops
 *
 * Context: may sleep.
 * Return: the domain, for irq_domain_remove(); NULL.
 */
struct irq_domain *irq_domain_create_hierarchy(struct irq_domain *parent, unsigned int flags,
					       unsigned int size, struct fwnode_handle *fwnode,
					       const struct irq_domain_ops *ops,
					       void *host_data)
{
	return domain_create(fwnode, size, size ?: ~0UL, ops, host_data, parent, flags);
}
EXPORT_SYMBOL_GPL(irq_domain_create_hierarchy);

/**
 * irq_domain_create_legacy - make a domain whose first numbers have fixed lines
 * @fwnode: the controller's
 * @size: how many numbers
 * @first_irq: the first one's line; the descriptors exist
 * @first_hwirq: the first number
 * @ops: what the controller does
 * @host_data: for @ops
 *
 * Context: may sleep.
 * Return: the domain, for irq_domain_remove(); NULL.
 */
struct irq_domain *irq_domain_create_legacy(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq, irq_hw_number_t first_hwirq,
					    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain = __irq_domain_add(fwnode, first_hwirq + size,
						     first_hwirq + size, ops, host_data);

	if (domain)
		irq_domain_associate_many(domain, first_irq, first_hwirq, size);
	return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_legacy);

/**
 * irq_domain_create_simple - make a domain of 0 to @size - 1, with fixed lines if they are given
 * @fwnode: the controller's
 * @size: how many numbers
 * @first_irq: line of number 0, made if need be; 0: lines come as they are mapped
 * @ops: what the controller does
 * @host_data: for @ops
 *
 * Context: may sleep.
 * Return: the domain, for irq_domain_remove(); NULL.
 */
struct irq_domain *irq_domain_create_simple(struct fwnode_handle *fwnode, unsigned int size,
					    unsigned int first_irq,
					    const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain = __irq_domain_add(fwnode, size, size, ops, host_data);

	if (domain && first_irq > 0) {
		if (irq_alloc_descs(first_irq, first_irq, size, NUMA_NO_NODE) < 0)
			pr_info("Cannot allocate irq_descs @ IRQ%u, assuming pre-allocated\n",
				first_irq);
		irq_domain_associate_many(domain, first_irq, 0, size);
	}
	return domain;
}
EXPORT_SYMBOL_GPL(irq_domain_create_simple);

/**
 * irq_domain_remove - undo the making of a domain
 * @domain: nothing is mapped any more
 *
 * Context: may sleep; takes irq_domain_mutex.
 */
void irq_domain_remove(struct irq_domain *domain)
{
	mutex_lock(&irq_domain_mutex);
	WARN_ON(domain->mapcount);
	list_del(&domain->link);
	if (irq_default_domain == domain)
		irq_default_domain = NULL;
	mutex_unlock(&irq_domain_mutex);
	kfree(domain);
}
EXPORT_SYMBOL_GPL(irq_domain_remove);

/**
 * irq_domain_update_bus_token - say which of several domains of one firmware node this is
 * @domain: the domain
 * @bus_token: DOMAIN_BUS_*, compared when a domain is looked up
 */
void irq_domain_update_bus_token(struct irq_domain *domain, enum irq_domain_bus_token bus_token)
{
	domain->bus_token = bus_token;
}
EXPORT_SYMBOL_GPL(irq_domain_update_bus_token);

static bool domain_matches(struct irq_domain *d, struct irq_fwspec *fwspec,
			   enum irq_domain_bus_token bus_token)
{
	if (d->ops->select && bus_token != DOMAIN_BUS_ANY)
		return d->ops->select(d, fwspec, bus_token);
	if (!fwspec->fwnode || d->fwnode != fwspec->fwnode)
		return false;
	return bus_token == DOMAIN_BUS_ANY || d->bus_token == bus_token;
}

/**
 * irq_find_matching_fwspec - the domain for a firmware node
 * @fwspec: the node, and the cells for who selects by them
 * @bus_token: which of several; DOMAIN_BUS_ANY
 *
 * Context: may sleep; takes irq_domain_mutex.
 * Return: NULL if there is none.
 */
struct irq_domain *irq_find_matching_fwspec(struct irq_fwspec *fwspec,
					    enum irq_domain_bus_token bus_token)
{
	struct irq_domain *d, *found = NULL;

	mutex_lock(&irq_domain_mutex);
	list_for_each_entry(d, &irq_domain_list, link) {
		if (domain_matches(d, fwspec, bus_token)) {
			found = d;
			break;
		}
	}
	mutex_unlock(&irq_domain_mutex);
	return found;
}
EXPORT_SYMBOL_GPL(irq_find_matching_fwspec);

/**
 * irq_set_default_host - say which is the domain for those who name none
 * @domain: the domain
 */
void irq_set_default_host(struct irq_domain *domain)
{
	irq_default_domain = domain;
}
EXPORT_SYMBOL_GPL(irq_set_default_host);

/**
 * irq_get_default_host - the domain for those who name none
 *
 * Return: NULL if there is none yet.
 */
struct irq_domain *irq_get_default_host(void)
{
	return irq_default_domain;
}
EXPORT_SYMBOL_GPL(irq_get_default_host);

/* ---- the reverse map ---- */

static struct hlist_head *revmap_bucket(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	return &domain->revmap_hash[hash_long(hwirq, ilog2(IRQ_DOMAIN_REVMAP_HASH))];
}

/* A number of the controller leads to its irq_data from now on. domain->root->mutex is held. */
void irq_domain_set_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			    struct irq_data *irq_data)
{
	unsigned long flags;

	if (hwirq < domain->revmap_size) {
		/* The reader is an interrupt: it must find the data complete. */
		smp_store_release(&domain->revmap[hwirq], irq_data);
		return;
	}
	raw_spin_lock_irqsave(&domain->revmap_lock, flags);
	hlist_add_head(&irq_data->revmap_node, revmap_bucket(domain, hwirq));
	raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
}

/* It leads nowhere any more. domain->root->mutex is held. */
void irq_domain_clear_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
			      struct irq_data *irq_data)
{
	unsigned long flags;

	if (hwirq < domain->revmap_size) {
		WRITE_ONCE(domain->revmap[hwirq], NULL);
		return;
	}
	raw_spin_lock_irqsave(&domain->revmap_lock, flags);
	hlist_del_init(&irq_data->revmap_node);
	raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
}

static struct irq_data *revmap_find(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	struct irq_data *data, *found = NULL;
	unsigned long flags;

	if (hwirq < domain->revmap_size)
		return smp_load_acquire(&domain->revmap[hwirq]);
	raw_spin_lock_irqsave(&domain->revmap_lock, flags);
	hlist_for_each_entry(data, revmap_bucket(domain, hwirq), revmap_node) {
		if (data->hwirq == hwirq) {
			found = data;
			break;
		}
	}
	raw_spin_unlock_irqrestore(&domain->revmap_lock, flags);
	return found;
}

/**
 * __irq_resolve_mapping - the line of a controller's number
 * @domain: NULL for the default one
 * @hwirq: the number
 * @irq: result, may be NULL
 *
 * Context: any.
 * Return: the descriptor, or NULL.
 */
struct irq_desc *__irq_resolve_mapping(struct irq_domain *domain, irq_hw_number_t hwirq,
				       unsigned int *irq)
{
	struct irq_data *data;

	domain = domain ?: irq_default_domain;
	if (!domain)
		return NULL;
	data = revmap_find(domain, hwirq);
	if (!data)
		return NULL;
	if (irq)
		*irq = data->irq;
	return irq_data_to_desc(data);
}
EXPORT_SYMBOL_GPL(__irq_resolve_mapping);

/* ---- flat mapping: domain->root->mutex held inside ---- */

static int irq_domain_associate_locked(struct irq_domain *domain, unsigned int virq,
				       irq_hw_number_t hwirq)
{
	struct irq_data *irq_data = irq_get_irq_data(virq);
	int ret;

	if (WARN(hwirq >= domain->hwirq_max, "error: hwirq 0x%lx is too large for %s\n", hwirq,
		 domain->name))
		return -EINVAL;
	if (WARN(!irq_data, "error: irq_desc not allocated for %u\n", virq))
		return -EINVAL;
	if (WARN(irq_data->domain, "error: irq_desc %u already associated\n", virq))
		return -EINVAL;

	irq_data->hwirq = hwirq;
	irq_data->domain = domain;
	if (domain->ops->map) {
		ret = domain->ops->map(domain, virq, hwirq);
		if (ret) {
			irq_data->domain = NULL;
			irq_data->hwirq = 0;
			return ret;
		}
	}
	domain->mapcount++;
	irq_domain_set_mapping(domain, hwirq, irq_data);
	irq_clear_status_flags(virq, IRQ_NOREQUEST);
	return 0;
}

/**
 * irq_domain_associate - map a controller's number to a descriptor that exists
 * @domain: the controller's
 * @virq: the line
 * @hwirq: the number
 *
 * Context: may sleep; takes the domain's mutex.
 * Return: 0; -EINVAL for a number too large, or a line that isn't there or is mapped; or what
 * ops->map() said.
 */
int irq_domain_associate(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq)
{
	int ret;

	mutex_lock(&domain->root->mutex);
	ret = irq_domain_associate_locked(domain, virq, hwirq);
	mutex_unlock(&domain->root->mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(irq_domain_associate);

/**
 * irq_domain_associate_many - map a run of numbers to descriptors that exist
 * @domain: the controller's
 * @irq_base: first line
 * @hwirq_base: the controller's number for it
 * @count: how many
 *
 * A pair that fails is skipped; irq_domain_associate() has the errors.
 *
 * Context: may sleep; takes the domain's mutex for each.
 */
void irq_domain_associate_many(struct irq_domain *domain, unsigned int irq_base,
			       irq_hw_number_t hwirq_base, int count)
{
	int i;

	for (i = 0; i < count; i++)
		irq_domain_associate(domain, irq_base + i, hwirq_base + i);
}
EXPORT_SYMBOL_GPL(irq_domain_associate_many);

static void irq_domain_disassociate(struct irq_domain *domain, unsigned int virq)
{
	struct irq_data *irq_data = irq_get_irq_data(virq);

	if (WARN_ON(!irq_data || irq_data->domain != domain))
		return;
	mutex_lock(&domain->root->mutex);
	irq_set_status_flags(virq, IRQ_NOREQUEST);
	irq_set_chip_and_handler(virq, NULL, NULL);
	synchronize_irq(virq);
	if (domain->ops->unmap)
		domain->ops->unmap(domain, virq);
	irq_domain_clear_mapping(domain, irq_data->hwirq, irq_data);
	irq_data->domain = NULL;
	irq_data->hwirq = 0;
	domain->mapcount--;
	mutex_unlock(&domain->root->mutex);
}

static unsigned int irq_create_mapping_locked(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	int virq = irq_alloc_desc_from(1, NUMA_NO_NODE);

	if (virq <= 0)
		return 0;
	if (irq_domain_associate_locked(domain, virq, hwirq)) {
		irq_free_desc(virq);
		return 0;
	}
	return virq;
}

/**
 * irq_create_mapping - our number for @hwirq, made if need be
 * @domain: flat; NULL for the default one
 * @hwirq: the controller's number
 *
 * Context: may sleep.
 * Return: the number, 0 if that fails.
 */
unsigned int irq_create_mapping(struct irq_domain *domain, irq_hw_number_t hwirq)
{
	unsigned int virq;

	domain = domain ?: irq_default_domain;
	if (WARN(!domain, "irq_create_mapping(, %lx) called with NULL domain\n", hwirq))
		return 0;
	mutex_lock(&domain->root->mutex);
	virq = irq_find_mapping(domain, hwirq);
	if (!virq)
		virq = irq_create_mapping_locked(domain, hwirq);
	mutex_unlock(&domain->root->mutex);
	return virq;
}
EXPORT_SYMBOL_GPL(irq_create_mapping);

/* ---- from what the firmware says ---- */

static int irq_domain_translate(struct irq_domain *d, struct irq_fwspec *fwspec,
				irq_hw_number_t *hwirq, unsigned int *type)
{
	if (d->ops->translate)
		return d->ops->translate(d, fwspec, hwirq, type);
	if (d->ops->xlate)
		return d->ops->xlate(d, container_of(fwspec->fwnode, struct device_node, fwnode),
				     fwspec->param, fwspec->param_count, hwirq, type);
	/* No translation: the first cell is the number. */
	if (fwspec->param_count < 1)
		return -EINVAL;
	*hwirq = fwspec->param[0];
	*type = IRQ_TYPE_NONE;
	return 0;
}

/* A line that is mapped already is asked for once more: with the same type? */
static bool irq_type_agrees(unsigned int virq, unsigned int type, struct irq_domain *domain)
{
	struct irq_data *irq_data = irq_get_irq_data(virq);
	unsigned int have = irqd_get_trigger_type(irq_data);

	if (type == IRQ_TYPE_NONE || type == have)
		return true;
	if (have == IRQ_TYPE_NONE) {
		irqd_set_trigger_type(irq_data, type);
		return true;
	}
	pr_warn("type mismatch, failed to map hwirq-%lu for %s!\n", irq_data->hwirq,
		domain->name);
	return false;
}

/**
 * irq_create_fwspec_mapping - our number for an interrupt of the firmware's
 * @fwspec: its controller and cells
 *
 * Context: may sleep.
 * Return: the number, 0 if that fails.
 */
unsigned int irq_create_fwspec_mapping(struct irq_fwspec *fwspec)
{
	unsigned int virq, type = IRQ_TYPE_NONE;
	irq_hw_number_t hwirq;
	struct irq_domain *domain;

	domain = fwspec->fwnode ? irq_find_matching_fwspec(fwspec, DOMAIN_BUS_ANY) :
				  irq_default_domain;
	if (!domain) {
		pr_warn("no irq domain found for %s\n",
			fwspec->fwnode && fwspec->fwnode->name ? fwspec->fwnode->name : "?");
		return 0;
	}
	if (irq_domain_translate(domain, fwspec, &hwirq, &type))
		return 0;
	if (WARN_ON(type & ~IRQ_TYPE_SENSE_MASK))
		type &= IRQ_TYPE_SENSE_MASK;

	mutex_lock(&domain->root->mutex);
	virq = irq_find_mapping(domain, hwirq);
	if (virq) {
		if (!irq_type_agrees(virq, type, domain))
			virq = 0;
		mutex_unlock(&domain->root->mutex);
		return virq;
	}
	if (irq_domain_is_hierarchy(domain)) {
		mutex_unlock(&domain->root->mutex);
		virq = max(irq_domain_alloc_irqs(domain, 1, NUMA_NO_NODE, fwspec), 0);
	} else {
		virq = irq_create_mapping_locked(domain, hwirq);
		mutex_unlock(&domain->root->mutex);
	}
	if (virq)
		irqd_set_trigger_type(irq_get_irq_data(virq), type);
	return virq;
}
EXPORT_SYMBOL_GPL(irq_create_fwspec_mapping);

/**
 * irq_create_of_mapping - irq_create_fwspec_mapping() from device-tree cells
 * @irq_data: the controller's node and the cells
 *
 * Context: may sleep.
 * Return: the line, 0 if that failed.
 */
unsigned int irq_create_of_mapping(struct of_phandle_args *irq_data)
{
	struct irq_fwspec fwspec = {
		.fwnode = of_node_to_fwnode(irq_data->np),
		.param_count = irq_data->args_count,
	};
	int i;

	for (i = 0; i < irq_data->args_count; i++)
		fwspec.param[i] = irq_data->args[i];
	return irq_create_fwspec_mapping(&fwspec);
}
EXPORT_SYMBOL_GPL(irq_create_of_mapping);

/**
 * irq_dispose_mapping - undo a mapping; the line is free
 * @virq: the line, not requested; 0 is fine
 *
 * Context: may sleep.
 */
void irq_dispose_mapping(unsigned int virq)
{
	struct irq_data *irq_data = virq ? irq_get_irq_data(virq) : NULL;
	struct irq_domain *domain;

	if (!irq_data)
		return;
	domain = irq_data->domain;
	if (WARN_ON(!domain))
		return;
	if (irq_domain_is_hierarchy(domain)) {
		irq_domain_free_irqs(virq, 1);
	} else {
		irq_domain_disassociate(domain, virq);
		irq_free_desc(virq);
	}
}
EXPORT_SYMBOL_GPL(irq_dispose_mapping);

/**
 * irq_domain_xlate_onecell - for ops->xlate(): one cell, the number
 * @d: the domain
 * @ctrlr: its firmware node
 * @intspec: the cells
 * @intsize: how many there are; more than needed are ignored
 * @out_hwirq: the controller's number
 * @out_type: IRQ_TYPE_NONE: left to the one who requests the line
 *
 * Return: 0, or -EINVAL for no cell.
 */
int irq_domain_xlate_onecell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, unsigned long *out_hwirq,
			     unsigned int *out_type)
{
	if (WARN_ON(intsize < 1))
		return -EINVAL;
	*out_hwirq = intspec[0];
	*out_type = IRQ_TYPE_NONE;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onecell);

/**
 * irq_domain_xlate_twocell - for ops->xlate(): two cells, the number and the type
 * @d: the domain
 * @ctrlr: its firmware node
 * @intspec: the cells
 * @intsize: how many there are
 * @out_hwirq: the controller's number
 * @out_type: IRQ_TYPE_*
 *
 * Return: 0, or -EINVAL for fewer than two cells.
 */
int irq_domain_xlate_twocell(struct irq_domain *d, struct device_node *ctrlr, const u32 *intspec,
			     unsigned int intsize, irq_hw_number_t *out_hwirq,
			     unsigned int *out_type)
{
	if (WARN_ON(intsize < 2))
		return -EINVAL;
	*out_hwirq = intspec[0];
	*out_type = intspec[1] & IRQ_TYPE_SENSE_MASK;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_twocell);

/**
 * irq_domain_xlate_onetwocell - for ops->xlate(): the number, and the type if there is a second
 * cell
 * @d: the domain
 * @ctrlr: its firmware node
 * @intspec: the cells
 * @intsize: how many there are
 * @out_hwirq: the controller's number
 * @out_type: IRQ_TYPE_*, IRQ_TYPE_NONE if no cell says
 *
 * Return: 0, or -EINVAL for no cell.
 */
int irq_domain_xlate_onetwocell(struct irq_domain *d, struct device_node *ctrlr,
				const u32 *intspec, unsigned int intsize,
				unsigned long *out_hwirq, unsigned int *out_type)
{
	if (WARN_ON(intsize < 1))
		return -EINVAL;
	*out_hwirq = intspec[0];
	*out_type = intsize > 1 ? intspec[1] & IRQ_TYPE_SENSE_MASK : IRQ_TYPE_NONE;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_xlate_onetwocell);

/**
 * irq_domain_translate_onecell - for ops->translate(): as irq_domain_xlate_onecell()
 * @d: the domain
 * @fwspec: firmware node and cells
 * @out_hwirq: the controller's number
 * @out_type: IRQ_TYPE_NONE
 *
 * Return: 0, or -EINVAL for no cell.
 */
int irq_domain_translate_onecell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type)
{
	return irq_domain_xlate_onecell(d, NULL, fwspec->param, fwspec->param_count, out_hwirq,
					out_type);
}
EXPORT_SYMBOL_GPL(irq_domain_translate_onecell);

/**
 * irq_domain_translate_twocell - for ops->translate(): as irq_domain_xlate_twocell()
 * @d: the domain
 * @fwspec: firmware node and cells
 * @out_hwirq: the controller's number
 * @out_type: IRQ_TYPE_*
 *
 * Return: 0, or -EINVAL for fewer than two cells.
 */
int irq_domain_translate_twocell(struct irq_domain *d, struct irq_fwspec *fwspec,
				 unsigned long *out_hwirq, unsigned int *out_type)
{
	return irq_domain_xlate_twocell(d, NULL, fwspec->param, fwspec->param_count, out_hwirq,
					out_type);
}
EXPORT_SYMBOL_GPL(irq_domain_translate_twocell);

const struct irq_domain_ops irq_domain_simple_ops = {
	.xlate = irq_domain_xlate_onetwocell,
};
EXPORT_SYMBOL_GPL(irq_domain_simple_ops);
