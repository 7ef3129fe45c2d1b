// fifo
// Parameters: Depth = 4
`default_nettype none

module fifo (
  // clock, rising edge
  input  logic clk_i,
  // synchronous reset, active low
  input  logic rst_ni,
  // what comes in: valid
  input  logic in_valid_i,
  // what comes in: ready
  output logic in_ready_o,
  // what comes in
  input  logic [9:0] in_row_i,
  // what comes in
  input  logic [9:0] in_col_i,
  // what comes in
  input  logic signed [15:0] in_val_i,
  // what goes out, in order: valid
  output logic out_valid_o,
  // what goes out, in order: ready
  input  logic out_ready_i,
  // what goes out, in order
  output logic [9:0] out_row_o,
  // what goes out, in order
  output logic [9:0] out_col_o,
  // what goes out, in order
  output logic signed [15:0] out_val_o
);
  logic [2:0] wr_q;
  logic [2:0] rd_q;
  logic [35:0] mem_rdata;
  logic [35:0] mem [0:3];

  assign in_ready_o = !((wr_q[1:0] == rd_q[1:0]) && (wr_q[2] != rd_q[2]));
  assign out_valid_o = wr_q != rd_q;
  assign out_row_o = mem_rdata[9:0];
  assign out_col_o = mem_rdata[19:10];
  assign out_val_o = mem_rdata[35:20];
  wire in_fire = in_valid_i && in_ready_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      wr_q <= 3'd0;
    end else if (in_fire) begin
      wr_q <= wr_q + 3'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      rd_q <= 3'd0;
    end else if (out_valid_o && out_ready_i) begin
      rd_q <= rd_q + 3'd1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (in_fire) begin
      mem[wr_q[1:0]] <= {in_val_i, in_col_i, in_row_i};
    end
  end

  assign mem_rdata = mem[rd_q[1:0]];

`ifndef SYNTHESIS
  always @(posedge clk_i) begin : assert_never_overfull
    if (rst_ni) begin
      assert ((wr_q - rd_q) <= 3'd4);
    end
  end
`endif
endmodule

`default_nettype wire
