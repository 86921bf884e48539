/* SPDX-License-Identifier: MIT */
#ifndef _ACPI_SAMPLE_H
#define _ACPI_SAMPLE_H

#include <linux/types.h>

#define ACPI_SAMPLE_BASE	0xe0000ULL
#define ACPI_SAMPLE_SIZE	2048
#define ACPI_SAMPLE_FIRST_TABLE	64	/* before it: the root pointer */
#define ACPI_SAMPLE_CPUS	4	/* and one more with an x2APIC entry */

size_t acpi_sample_build(u8 *data, bool xsdt);
void acpi_sample_fix_sum(u8 *p, size_t len, size_t at);

#endif /* _ACPI_SAMPLE_H */
