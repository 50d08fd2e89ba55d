"""The policy desk, one noun a file."""

from policies.admin import designations, lookups, policies, targets

__all__ = ["designations", "lookups", "policies", "targets"]
