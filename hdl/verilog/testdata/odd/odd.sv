// odd
`default_nettype none

module odd (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  input  logic [3:0] wire_i,
  input  logic reg_i,
  output logic small_o
);
  logic [3:0] dead_q;
  logic [1:0] never_q;
  logic buf_net;
  logic [2:0] unused_u_lonely_q;
  logic u_lonely_ovf;
  logic [3:0] sink [0:3];

  table_mod bool_inst ();

  counter u_lonely (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .en_i(wire_i[2]),
    .q_o(unused_u_lonely_q),
    .ovf_o(u_lonely_ovf)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      never_q <= 2'd0;
    end
  end

  always_ff @(posedge clk_i) begin
    dead_q <= wire_i;
  end

  assign buf_net = reg_i;
  wire signed_net = buf_net ^ u_lonely_ovf;
  assign small_o = signed_net;

  always_ff @(posedge clk_i) begin
    if (reg_i) begin
      sink[wire_i[1:0]] <= wire_i;
    end
  end

  // Nothing reads these.
  logic unused_ok;
  assign unused_ok = &{1'b0, dead_q, never_q, sink[2'd0]};
endmodule

`default_nettype wire
