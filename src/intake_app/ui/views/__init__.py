"""The windows and pages, one for each screen: layout and wiring, no decisions."""
