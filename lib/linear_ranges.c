// SPDX-License-Identifier: MIT
/* Values in even steps, and the selectors that stand for them. See <linux/linear_range.h>. */

#include <linux/linear_range.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math.h>

/** linear_range_values_in_range() - how many selectors a range has; 0 for NULL */
unsigned int linear_range_values_in_range(const struct linear_range *r)
{
	return r ? r->max_sel - r->min_sel + 1 : 0;
}
EXPORT_SYMBOL_GPL(linear_range_values_in_range);

/** linear_range_values_in_range_array() - how many selectors an array of ranges has */
unsigned int linear_range_values_in_range_array(const struct linear_range *r, int ranges)
{
	unsigned int sum = 0;
	int i;

	for (i = 0; i < ranges; i++)
		sum += linear_range_values_in_range(&r[i]);
	return sum;
}
EXPORT_SYMBOL_GPL(linear_range_values_in_range_array);

/** linear_range_get_max_value() - the largest value of a range */
unsigned int linear_range_get_max_value(const struct linear_range *r)
{
	return r->min + (r->max_sel - r->min_sel) * r->step;
}
EXPORT_SYMBOL_GPL(linear_range_get_max_value);

/** linear_range_get_value() - the value of a selector; -EINVAL if it isn't of this range */
int linear_range_get_value(const struct linear_range *r, unsigned int selector, unsigned int *val)
{
	if (selector < r->min_sel || selector > r->max_sel)
		return -EINVAL;
	*val = r->min + (selector - r->min_sel) * r->step;
	return 0;
}
EXPORT_SYMBOL_GPL(linear_range_get_value);

/** linear_range_get_value_array() - the value of a selector; -EINVAL if no range has it */
int linear_range_get_value_array(const struct linear_range *r, int ranges, unsigned int selector,
				 unsigned int *val)
{
	int i;

	for (i = 0; i < ranges; i++)
		if (!linear_range_get_value(&r[i], selector, val))
			return 0;
	return -EINVAL;
}
EXPORT_SYMBOL_GPL(linear_range_get_value_array);

/* The selector of the largest value up to @val, which the range holds. */
static unsigned int selector_below(const struct linear_range *r, unsigned int val)
{
	return r->step ? r->min_sel + (val - r->min) / r->step : r->min_sel;
}

/**
 * linear_range_get_selector_low() - the selector of a value, or of the next smaller one
 * @r: the range
 * @val: value
 * @selector: gets it
 * @found: gets whether @val lies between the range's least and largest
 *
 * Return: 0; -EINVAL if all values are larger.
 */
int linear_range_get_selector_low(const struct linear_range *r, unsigned int val,
				  unsigned int *selector, bool *found)
{
	*found = false;
	if (r->min > val)
		return -EINVAL;
	if (linear_range_get_max_value(r) < val) {
		*selector = r->max_sel;
		return 0;
	}
	*found = true;
	*selector = selector_below(r, val);
	return 0;
}
EXPORT_SYMBOL_GPL(linear_range_get_selector_low);

/**
 * linear_range_get_selector_low_array() - the same over an array
 *
 * Return: 0; -EINVAL if all values of all ranges are larger. If @val lies in no range, *@selector
 * is that of the last range whose values are all smaller.
 */
int linear_range_get_selector_low_array(const struct linear_range *r, int ranges,
					unsigned int val, unsigned int *selector, bool *found)
{
	int i, ret = -EINVAL;

	*found = false;
	for (i = 0; i < ranges && !*found; i++)
		if (!linear_range_get_selector_low(&r[i], val, selector, found))
			ret = 0;
	return ret;
}
EXPORT_SYMBOL_GPL(linear_range_get_selector_low_array);

/**
 * linear_range_get_selector_high() - the selector of a value, or of the next larger one
 * @r: the range
 * @val: value
 * @selector: gets it
 * @found: gets whether @val lies between the range's least and largest
 *
 * Return: 0; -EINVAL if all values are smaller.
 */
int linear_range_get_selector_high(const struct linear_range *r, unsigned int val,
				   unsigned int *selector, bool *found)
{
	*found = false;
	if (linear_range_get_max_value(r) < val)
		return -EINVAL;
	if (r->min > val) {
		*selector = r->min_sel;
		return 0;
	}
	*found = true;
	if (!r->step)
		*selector = r->max_sel;
	else
		*selector = r->min_sel + (val - r->min) / r->step + !!((val - r->min) % r->step);
	return 0;
}
EXPORT_SYMBOL_GPL(linear_range_get_selector_high);

/** linear_range_get_selector_within() - the selector of a value cut to the range, rounded down */
void linear_range_get_selector_within(const struct linear_range *r, unsigned int val,
				      unsigned int *selector)
{
	if (r->min > val)
		*selector = r->min_sel;
	else if (linear_range_get_max_value(r) < val)
		*selector = r->max_sel;
	else
		*selector = selector_below(r, val);
}
EXPORT_SYMBOL_GPL(linear_range_get_selector_within);
