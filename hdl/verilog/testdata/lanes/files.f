lanes_pkg.sv
fifo.sv
counter.sv
lanes.sv
