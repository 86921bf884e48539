# SPDX-License-Identifier: MIT
"""What the runner makes of what a guest says: each judgement that can say no, shown to do so."""
from checks import check

import userspace


@check("the runner finds a stressor that failed or never ran, and what was left behind")
def stress_verdicts(ctx):
    def verdict(*lines):
        return userspace.judge_stress("\n".join(lines))[0]

    assert verdict("| stress-ng: info:  [42] successful run completed in 1.01s", "= 0") == "passed"
    assert verdict("| stress-ng: fail:  [43] pipe: read error", "= 0") == "failed"
    assert verdict("| stress-ng: info:  [42] successful run completed in 1.01s", "= 2") == "failed"
    assert verdict("| stress-ng: warn:  [42] rseq: skipping stressor, not implemented", "= 0") == "failed"

    before = (500_000, 20_000, 2)
    assert not userspace.leaks({"before": before, "after": (499_000, 21_000, 2)})
    assert userspace.leaks({"before": before, "after": (500_000 - userspace.MISSING - 1, 20_000, 2)})
    assert userspace.leaks({"before": before, "after": (500_000, 20_001 + userspace.SLAB_GROWTH, 2)})
    assert userspace.leaks({"before": before, "after": (500_000, 20_000, 3)})
    assert userspace.leaks({"before": before})
