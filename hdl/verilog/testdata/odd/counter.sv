// counter: counts up to a limit, then from zero
// Parameters: Width = 3, Limit = 7
`default_nettype none

module counter (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  // advance by one
  input  logic en_i,
  // current count
  output logic [2:0] q_o,
  // pulses on the last count
  output logic ovf_o
);
  logic [2:0] q_q;

  wire q_eq_6 = q_q == 3'd6;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      q_q <= 3'd0;
    end else if (en_i) begin
      q_q <= q_eq_6 ? 3'd0 : (q_q + 3'd1);
    end
  end

  assign q_o = q_q;
  assign ovf_o = en_i && q_eq_6;
endmodule

`default_nettype wire
