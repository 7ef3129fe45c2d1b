// counter_pkg: the parameters with which each module of counter was generated.

package counter_pkg;
  localparam int counter_width = 4;
  localparam int counter_limit = 10;
endpackage
