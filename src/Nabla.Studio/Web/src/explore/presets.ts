import type { Saying } from "../common/language";

/** Programs to begin with. */
export const presets: { name: Saying; program: string; detail?: string }[] = [
  { name: ["(x + y) · z", "(x + y) · z"], program: "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z" },
  { name: ["Buying apples", "사과 사기"], program: "price = 100\ncount = 2\ntax = 1.1\napples = price * count\nf = apples * tax" },
  {
    name: ["Apples and oranges", "사과와 귤"],
    program: "apple = 100\napples = 2\norange = 150\noranges = 3\ntax = 1.1\na = apple * apples\no = orange * oranges\nsum_ = a + o\nf = sum_ * tax",
  },
  { name: ["Sigmoid from gates", "게이트로 만든 시그모이드"], program: "x = 1\nf = sigmoid(x)", detail: "gates" },
  { name: ["A neuron", "뉴런 하나"], program: "w0 = 2\nx0 = -1\nw1 = -3\nx1 = -2\nw2 = -3\ns = w0*x0 + w1*x1 + w2\nf = sigmoid(s)" },
  { name: ["‖W·x‖²", "‖W·x‖²"], program: "W = [[0.1, 0.5], [-0.3, 0.8]]\nx = [0.2, 0.4]\nq = W @ x\nf = sum(q^2)" },
  {
    name: ["A two-layer network", "두 층 신경망"],
    program: "x = [[1, 2]]\ny = [[0.5]]\nW1 = [[0.1, -0.2, 0.4], [0.3, 0.2, -0.5]]\nb1 = [0.1, 0, -0.1]\nW2 = [[0.6], [-0.4], [0.2]]\nb2 = [0.05]\n"
      + "h1 = x @ W1 + b1\nz1 = sigmoid(h1)\nz2 = z1 @ W2 + b2\nloss = sum((z2 - y)^2)",
  },
  { name: ["Nested max", "겹친 max"], program: "x = 2\ny = -1\nz = 4\nf = max(x * y, max(z, x + 1)) * 3" },
  { name: ["A value used twice", "두 번 쓰는 값"], program: "x = 2\nf = x^2 * exp(x)" },
];
