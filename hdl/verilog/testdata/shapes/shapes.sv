// shapes
`default_nettype none

module shapes (
  input  logic [7:0] a_i,
  input  logic signed [7:0] s_i,
  input  logic [39:0] amt_i,
  input  logic [1:0] sel_i,
  output logic [7:0] x_o,
  output logic signed [7:0] y_o,
  output logic [7:0] z_o,
  output logic [299:0] w_o,
  output logic f_o
);
  wire signed [7:0] s_shr_1 = s_i >>> 1'b1;
  assign x_o = s_shr_1 + a_i;
  assign y_o = ((|amt_i[39:4]) ? {8{s_i[7]}} : $unsigned(s_i >>> amt_i[3:0])) + -8'sd3;
  wire [7:0] a_7_4_w8 = {{4{a_i[7]}}, a_i[7:4]};
  logic [7:0] pick_at_sel;
  always_comb begin
    case (sel_i)
      2'd0: pick_at_sel = a_i;
      2'd1: pick_at_sel = s_shr_1;
      default: pick_at_sel = ~a_i;
    endcase
  end

  always_comb begin
    z_o = 8'd0;
    case (sel_i)
      2'd0: z_o = a_7_4_w8;
      2'd3: z_o = pick_at_sel;
      default: ;
    endcase
  end

  wire [7:0] a_plus_1 = a_i + 8'd1;
  assign w_o = {a_i, a_plus_1, {276{a_i[3]}}, s_i};
  assign f_o = ((|a_plus_1) && (s_i < -8'sd5)) || 1'b0;
endmodule

`default_nettype wire
