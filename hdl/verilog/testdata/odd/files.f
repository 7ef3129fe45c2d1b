odd_pkg.sv
table_mod.sv
counter.sv
odd.sv
