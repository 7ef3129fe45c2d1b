// lanes_pkg: the parameters with which each module of lanes was generated.

package lanes_pkg;
  localparam int fifo_depth = 4;
  localparam int counter_width = 4;
  localparam int counter_limit = 10;
endpackage
