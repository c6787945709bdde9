"""The engine: compile, plan, seat and prove. The only place that imports ortools."""
