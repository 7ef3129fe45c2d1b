// odd_pkg: the parameters with which each module of odd was generated.

package odd_pkg;
  localparam int counter_width = 3;
  localparam int counter_limit = 7;
endpackage
