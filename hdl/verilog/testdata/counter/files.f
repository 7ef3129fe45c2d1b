counter_pkg.sv
counter.sv
