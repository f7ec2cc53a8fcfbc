"""The worksheet as data: model, loader, checker, conditions, answers, scoring, catalog."""
