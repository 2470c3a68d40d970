"""The benchmark: what pages cost on much data, beside a bare page of the same framework."""
