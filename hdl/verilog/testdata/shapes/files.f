shapes.sv
