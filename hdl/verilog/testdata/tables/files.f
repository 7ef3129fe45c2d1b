tables.sv
