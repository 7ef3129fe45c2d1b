masked.sv
