// mac
`default_nettype none

module mac (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  input  logic signed [7:0] a_i,
  input  logic signed [7:0] b_i,
  input  logic en_i,
  input  logic clr_i,
  input  logic [4:0] sh_i,
  output logic signed [23:0] acc_o,
  // the accumulator, shifted and saturated
  output logic signed [7:0] out_o
);
  logic signed [23:0] acc_q;

  wire signed [15:0] a_times_b = a_i * b_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      acc_q <= 24'sd0;
    end else if (clr_i) begin
      acc_q <= 24'sd0;
    end else if (en_i) begin
      acc_q <= acc_q + {{8{a_times_b[15]}}, a_times_b};
    end
  end

  assign acc_o = acc_q;
  wire signed [23:0] scaled = acc_q >>> sh_i;
  wire signed [7:0] m128_else_scaled_7_0 = (scaled < -24'sd128) ? 8'sh80 : scaled[7:0];
  assign out_o = (scaled > 24'sd127) ? 8'sd127 : m128_else_scaled_7_0;
endmodule

`default_nettype wire
