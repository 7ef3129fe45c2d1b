// fifo_pkg: the parameters with which each module of fifo was generated.

package fifo_pkg;
  localparam int fifo_depth = 16;
endpackage
