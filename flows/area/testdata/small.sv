module mac(input logic clk_i, input logic rst_ni, en_i, clr_i, input logic signed [7:0] a_i, b_i, output logic signed [31:0] acc_o);
  logic signed [15:0] p;
  assign p = a_i * b_i;
  always_ff @(posedge clk_i)
    if (!rst_ni) acc_o <= 0;
    else if (en_i) acc_o <= clr_i ? 32'(p) : acc_o + 32'(p);
endmodule
module ram(input logic clk_i, input logic we_i, input logic [3:0] be, input logic [7:0] wa, ra, input logic [31:0] d, output logic [31:0] q);
  logic [31:0] mem [0:255];
  always_ff @(posedge clk_i) begin
    if (we_i) begin for (int i=0;i<4;i++) if (be[i]) mem[wa][8*i+:8] <= d[8*i+:8]; end
    q <= mem[ra];
  end
endmodule
module fifo8(input logic clk_i, input logic we_i, input logic [2:0] wa, ra, input logic [31:0] d, output logic [31:0] q);
  logic [31:0] mem [0:7];
  always_ff @(posedge clk_i) if (we_i) mem[wa] <= d;
  assign q = mem[ra];
endmodule
module top(input logic clk_i, rst_ni, input logic [31:0] x, output logic [31:0] y0, y1, y2);
  mac u0(.clk_i, .rst_ni, .en_i(x[0]), .clr_i(x[1]), .a_i(x[15:8]), .b_i(x[23:16]), .acc_o(y0));
  mac u1(.clk_i, .rst_ni, .en_i(x[2]), .clr_i(x[3]), .a_i(x[17:10]), .b_i(x[27:20]), .acc_o(y1));
  logic [31:0] q;
  ram r0(.clk_i, .we_i(x[4]), .be(x[8:5]), .wa(x[7:0]), .ra(x[15:8]), .d(x), .q);
  fifo8 f(.clk_i, .we_i(x[4]), .wa(x[2:0]), .ra(x[5:3]), .d(q), .q(y2));
endmodule
