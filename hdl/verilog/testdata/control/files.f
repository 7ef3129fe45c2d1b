control.sv
