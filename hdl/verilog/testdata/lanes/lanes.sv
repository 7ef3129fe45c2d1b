// lanes
`default_nettype none

module lanes (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  // valid
  input  logic in_valid_i,
  // ready
  output logic in_ready_o,
  input  logic [9:0] in_row_i,
  input  logic [9:0] in_col_i,
  input  logic signed [15:0] in_val_i,
  // valid
  output logic out_valid_o,
  // ready
  input  logic out_ready_i,
  output logic [9:0] out_row_o,
  output logic [9:0] out_col_o,
  output logic signed [15:0] out_val_o,
  input  logic en_i,
  output logic [4:0] sum_o
);
  logic u_first_out_valid;
  logic [9:0] u_first_out_row;
  logic [9:0] u_first_out_col;
  logic signed [15:0] u_first_out_val;
  logic u_second_in_ready;
  logic [3:0] u_count0_q;
  logic u_count0_ovf;
  logic [3:0] u_count1_q;
  logic unused_u_count1_ovf;

  fifo u_first (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .in_valid_i(in_valid_i),
    .in_ready_o(in_ready_o),
    .in_row_i(in_row_i),
    .in_col_i(in_col_i),
    .in_val_i(in_val_i),
    .out_valid_o(u_first_out_valid),
    .out_ready_i(u_second_in_ready),
    .out_row_o(u_first_out_row),
    .out_col_o(u_first_out_col),
    .out_val_o(u_first_out_val)
  );

  fifo u_second (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .in_valid_i(u_first_out_valid),
    .in_ready_o(u_second_in_ready),
    .in_row_i(u_first_out_row),
    .in_col_i(u_first_out_col),
    .in_val_i(u_first_out_val),
    .out_valid_o(out_valid_o),
    .out_ready_i(out_ready_i),
    .out_row_o(out_row_o),
    .out_col_o(out_col_o),
    .out_val_o(out_val_o)
  );

  counter u_count0 (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .en_i(en_i),
    .q_o(u_count0_q),
    .ovf_o(u_count0_ovf)
  );

  counter u_count1 (
    .clk_i(clk_i),
    .rst_ni(rst_ni),
    .en_i(u_count0_ovf),
    .q_o(u_count1_q),
    .ovf_o(unused_u_count1_ovf)
  );

  assign sum_o = {1'b0, u_count0_q} + {1'b0, u_count1_q};
endmodule

`default_nettype wire
