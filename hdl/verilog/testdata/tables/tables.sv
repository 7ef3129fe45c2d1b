// tables
`default_nettype none

module tables (
  input  logic [4:0] i_i,
  input  logic [1:0] j_i,
  output logic [7:0] big_o,
  output logic [7:0] tiny_o,
  output logic [7:0] sine_o
);
  logic [7:0] squares [0:31];
  logic [7:0] primes [0:2];

  always_comb begin
    case (j_i)
      2'd0: sine_o = 8'd0;
      2'd1: sine_o = 8'd90;
      default: sine_o = 8'd127;
    endcase
  end

  initial begin
    $readmemh("tables_squares.mem", squares);
  end

  assign big_o = squares[i_i];

  initial begin
    primes[2'd0] = 8'd2;
    primes[2'd1] = 8'd3;
    primes[2'd2] = 8'd5;
  end

  assign tiny_o = (j_i < 2'd3) ? primes[j_i] : 8'd0;
endmodule

`default_nettype wire
