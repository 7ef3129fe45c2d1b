mac.sv
