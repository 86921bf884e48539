// SPDX-License-Identifier: MIT
/*
 * Interrupt domains, one behind the other: a line that passes several controllers has a number and
 * a chip at each.
 *
 *	descriptor
 *	  irq_data	outermost domain, hwirq, chip	e.g. the I/O APIC
 *	    parent_data	the one behind it		e.g. the CPUs' vectors
 *	      ...
 *
 * Making one goes from outside in: each domain's ops->alloc() sets its own level and asks its
 * parent. Freeing goes the same way. Activating goes from inside out, so that no level passes on
 * what the next isn't ready for; deactivating from outside in.
 *
 * Flat domains, names and the reverse map are in irqdomain.c, with the lock order.
 */
#include <linux/irqdomain.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "internals.h"

/**
 * irq_domain_get_irq_data - a line as one level of the hierarchy sees it
 * @domain: the level
 * @virq: the line
 *
 * Return: NULL if the line has no such level.
 */
struct irq_data *irq_domain_get_irq_data(struct irq_domain *domain, unsigned int virq)
{
	struct irq_data *d;

	for (d = irq_get_irq_data(virq); d; d = d->parent_data)
		if (d->domain == domain)
			return d;
	return NULL;
}
EXPORT_SYMBOL_GPL(irq_domain_get_irq_data);

/**
 * irq_domain_set_hwirq_and_chip - what a level of the hierarchy has to say about a line
 * @domain: the level
 * @virq: the line
 * @hwirq: the level's own number for it
 * @chip: its callbacks; NULL for one that does nothing
 * @chip_data: for @chip
 *
 * Return: 0, or -ENOENT if the line has no such level.
 */
int irq_domain_set_hwirq_and_chip(struct irq_domain *domain, unsigned int virq,
				  irq_hw_number_t hwirq, const struct irq_chip *chip,
				  void *chip_data)
{
	struct irq_data *d = irq_domain_get_irq_data(domain, virq);

	if (!d)
		return -ENOENT;
	d->hwirq = hwirq;
	d->chip = (struct irq_chip *)(chip ?: &no_irq_chip);
	d->chip_data = chip_data;
	return 0;
}
EXPORT_SYMBOL_GPL(irq_domain_set_hwirq_and_chip);

/**
 * irq_domain_set_info - all that a level has to say about a line
 * @domain: the level
 * @virq: the line
 * @hwirq: the level's own number for it
 * @chip: its callbacks
 * @chip_data: for @chip
 * @handler: flow handler
 * @handler_data: for @handler
 * @handler_name: for /proc/interrupts, kept by pointer, or NULL
 *
 * Works for flat domains too, whose map() calls it.
 */
void irq_domain_set_info(struct irq_domain *domain, unsigned int virq, irq_hw_number_t hwirq,
			 const struct irq_chip *chip, void *chip_data,
			 irq_flow_handler_t handler, void *handler_data,
			 const char *handler_name)
{
	irq_domain_set_hwirq_and_chip(domain, virq, hwirq, chip, chip_data);
	__irq_set_handler(virq, handler, 0, handler_name);
	irq_set_handler_data(virq, handler_data);
}
EXPORT_SYMBOL(irq_domain_set_info);

/**
 * irq_domain_reset_irq_data - undo irq_domain_set_hwirq_and_chip()
 * @irq_data: one level of a line
 */
void irq_domain_reset_irq_data(struct irq_data *irq_data)
{
	irq_data->hwirq = 0;
	irq_data->chip = &no_irq_chip;
	irq_data->chip_data = NULL;
}
EXPORT_SYMBOL_GPL(irq_domain_reset_irq_data);

static void irq_domain_free_irq_data(unsigned int virq, unsigned int nr_irqs)
{
	struct irq_data *irq_data, *d, *next;
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		irq_data = irq_get_irq_data(virq + i);
		d = irq_data->parent_data;
		irq_data->parent_data = NULL;
		irq_data->domain = NULL;
		for (; d; d = next) {
			next = d->parent_data;
			kfree(d);
		}
	}
}

/* One irq_data for each parent of @domain. */
static int irq_domain_alloc_irq_data(struct irq_domain *domain, unsigned int virq,
				     unsigned int nr_irqs)
{
	struct irq_domain *parent;
	struct irq_data *d;
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		d = irq_get_irq_data(virq + i);
		d->domain = domain;
		for (parent = domain->parent; parent; parent = parent->parent) {
			struct irq_data *up = kzalloc(sizeof(*up), GFP_KERNEL);

			if (!up) {
				irq_domain_free_irq_data(virq, i + 1);
				return -ENOMEM;
			}
			up->irq = virq + i;
			up->common = d->common;
			up->chip = &no_irq_chip;
			up->domain = parent;
			d->parent_data = up;
			d = up;
		}
	}
	return 0;
}

static void irq_domain_insert_irq(unsigned int virq)
{
	struct irq_data *d;

	for (d = irq_get_irq_data(virq); d; d = d->parent_data) {
		d->domain->mapcount++;
		irq_domain_set_mapping(d->domain, d->hwirq, d);
	}
	irq_clear_status_flags(virq, IRQ_NOREQUEST);
}

static void irq_domain_remove_irq(unsigned int virq)
{
	struct irq_data *d;

	irq_set_status_flags(virq, IRQ_NOREQUEST);
	irq_set_chip_and_handler(virq, &no_irq_chip, NULL);
	synchronize_irq(virq);
	for (d = irq_get_irq_data(virq); d; d = d->parent_data) {
		d->domain->mapcount--;
		irq_domain_clear_mapping(d->domain, d->hwirq, d);
	}
}

/**
 * __irq_domain_alloc_irqs - make lines in a hierarchical domain
 * @domain: NULL for the default one
 * @irq_base: the first number, or -1
 * @nr_irqs: how many
 * @node: for memory; ignored
 * @arg: for ops->alloc()
 * @realloc: the descriptors exist
 * @affinity: as __irq_alloc_descs()
 *
 * Context: may sleep.
 * Return: the first number, -EINVAL, -ENOMEM, or what alloc returned.
 */
int __irq_domain_alloc_irqs(struct irq_domain *domain, int irq_base, unsigned int nr_irqs,
			    int node, void *arg, bool realloc, const void *affinity)
{
	int virq, ret;
	unsigned int i;

	domain = domain ?: irq_get_default_host();
	if (WARN(!domain || !domain->ops->alloc, "domain has no alloc\n"))
		return -EINVAL;

	mutex_lock(&domain->root->mutex);
	if (realloc && irq_base >= 0)
		virq = irq_base;
	else
		virq = __irq_alloc_descs(irq_base, irq_base >= 0 ? irq_base : 1, nr_irqs, node,
					 NULL, affinity);
	ret = virq;
	if (virq < 0)
		goto out_unlock;
	ret = irq_domain_alloc_irq_data(domain, virq, nr_irqs);
	if (ret)
		goto err_desc;
	ret = domain->ops->alloc(domain, virq, nr_irqs, arg);
	if (ret < 0)
		goto err_data;
	for (i = 0; i < nr_irqs; i++)
		irq_domain_insert_irq(virq + i);
	ret = virq;
	goto out_unlock;

err_data:
	irq_domain_free_irq_data(virq, nr_irqs);
err_desc:
	if (!realloc)
		irq_free_descs(virq, nr_irqs);
out_unlock:
	mutex_unlock(&domain->root->mutex);
	return ret;
}
EXPORT_SYMBOL_GPL(__irq_domain_alloc_irqs);

/**
 * irq_domain_free_irqs - undo irq_domain_alloc_irqs()
 * @virq: first line
 * @nr_irqs: how many
 *
 * Context: may sleep; takes the domain's mutex.
 */
void irq_domain_free_irqs(unsigned int virq, unsigned int nr_irqs)
{
	struct irq_data *data = irq_get_irq_data(virq);
	struct irq_domain *domain;
	unsigned int i;

	if (WARN(!data || !data->domain || !data->domain->ops->free, "no such irq\n"))
		return;
	domain = data->domain;
	mutex_lock(&domain->root->mutex);
	for (i = 0; i < nr_irqs; i++)
		irq_domain_remove_irq(virq + i);
	domain->ops->free(domain, virq, nr_irqs);
	irq_domain_free_irq_data(virq, nr_irqs);
	irq_free_descs(virq, nr_irqs);
	mutex_unlock(&domain->root->mutex);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs);

/**
 * irq_domain_alloc_irqs_parent - for ops->alloc(): have the parent do its share
 * @domain: this level
 * @irq_base: first line
 * @nr_irqs: how many
 * @arg: for the parent's ops->alloc()
 *
 * Return: 0; -ENOSYS without such a parent; or what it said.
 */
int irq_domain_alloc_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs, void *arg)
{
	if (!domain->parent || !domain->parent->ops->alloc)
		return -ENOSYS;
	return domain->parent->ops->alloc(domain->parent, irq_base, nr_irqs, arg);
}
EXPORT_SYMBOL_GPL(irq_domain_alloc_irqs_parent);

/**
 * irq_domain_free_irqs_parent - for ops->free(): have the parent do its share
 * @domain: this level
 * @irq_base: first line
 * @nr_irqs: how many
 */
void irq_domain_free_irqs_parent(struct irq_domain *domain, unsigned int irq_base,
				 unsigned int nr_irqs)
{
	if (domain->parent && domain->parent->ops->free)
		domain->parent->ops->free(domain->parent, irq_base, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_parent);

/**
 * irq_domain_free_irqs_common - an ops->free() that resets this level and asks the parent
 * @domain: this level
 * @virq: first line
 * @nr_irqs: how many
 */
void irq_domain_free_irqs_common(struct irq_domain *domain, unsigned int virq,
				 unsigned int nr_irqs)
{
	struct irq_data *d;
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		d = irq_domain_get_irq_data(domain, virq + i);
		if (d)
			irq_domain_reset_irq_data(d);
	}
	irq_domain_free_irqs_parent(domain, virq, nr_irqs);
}
EXPORT_SYMBOL_GPL(irq_domain_free_irqs_common);

/**
 * irq_domain_free_irqs_top - irq_domain_free_irqs_common() for the outermost level
 * @domain: this level
 * @virq: first line
 * @nr_irqs: how many
 */
void irq_domain_free_irqs_top(struct irq_domain *domain, unsigned int virq, unsigned int nr_irqs)
{
	unsigned int i;

	for (i = 0; i < nr_irqs; i++) {
		irq_set_handler_data(virq + i, NULL);
		irq_set_handler(virq + i, NULL);
	}
	irq_domain_free_irqs_common(domain, virq, nr_irqs);
}

/* ---- activation: what a line needs while in use; desc->lock held ---- */

static void __irq_domain_deactivate_irq(struct irq_data *d)
{
	if (!d || !d->domain)
		return;
	if (d->domain->ops->deactivate)
		d->domain->ops->deactivate(d->domain, d);
	__irq_domain_deactivate_irq(d->parent_data);
}

static int __irq_domain_activate_irq(struct irq_data *d, bool reserve)
{
	int ret;

	if (!d || !d->domain)
		return 0;
	ret = __irq_domain_activate_irq(d->parent_data, reserve);
	if (ret || !d->domain->ops->activate)
		return ret;
	ret = d->domain->ops->activate(d->domain, d, reserve);
	if (ret)
		__irq_domain_deactivate_irq(d->parent_data);
	return ret;
}

/**
 * irq_domain_activate_irq - set a line up, level by level from the CPU outwards
 * @irq_data: its outermost level
 * @reserve: what can wait until it is requested does
 *
 * Return: 0, or what a level returned.
 */
int irq_domain_activate_irq(struct irq_data *irq_data, bool reserve)
{
	int ret = 0;

	if (!irqd_is_activated(irq_data))
		ret = __irq_domain_activate_irq(irq_data, reserve);
	if (!ret)
		irqd_set_activated(irq_data);
	return ret;
}

/**
 * irq_domain_deactivate_irq - undo irq_domain_activate_irq()
 * @irq_data: its outermost level
 */
void irq_domain_deactivate_irq(struct irq_data *irq_data)
{
	if (!irqd_is_activated(irq_data))
		return;
	__irq_domain_deactivate_irq(irq_data);
	irqd_clr_activated(irq_data);
}
