fifo_pkg.sv
fifo.sv
