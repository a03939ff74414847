namespace Nabla.Learning.Tests.Lessons;

/// <summary>Activation and affine layers.</summary>
public class LessonD
{
    [Fact]
    public void D1_Relu()
    {
        Tensor x = Tensor.From(-3.0, -0.5, 0, 0.5, 3);   // [5]
        Tensor y = x.Relu();                            // [5]
        Facts.Exactly([0, 0, 0, 0.5, 3], y);
        Facts.Exactly([0, 0, 0, 1, 1], y.Sum().Backward()[x]);

        Tensor random = Facts.Random([257], seed: 21), upstream = Facts.Random([257], seed: 22);   // [257]
        double[] expected = [.. random.ToDoubles().Zip(upstream.ToDoubles(), (value, above) => value > 0 ? above : 0)];
        Facts.Exactly(expected, random.Relu().Backward(upstream: upstream)[random]);
    }

    [Fact]
    public void D2_SigmoidAsAChainOfGates()
    {
        Tensor x = Facts.Random([257], seed: 23, range: 6), upstream = Facts.Random([257], seed: 24);   // [257]
        Tensor negative = x * -1;                  // [257]
        Tensor exponential = negative.Exp();       // [257]
        Tensor denominator = exponential + 1;      // [257]
        Tensor y = denominator.Reciprocal();       // [257]
        Tensor fused = x.Sigmoid();                // [257]
        Facts.Near(y.ToDoubles(), fused, 1e-15);

        // Back, a gate at a time: ÷ gives −L y², +1 passes it on, exp multiplies by e^-x, ×(−1) turns the sign: L y² e^-x = L y (1 − y).
        Gradients g = y.Backward([x, negative, exponential, denominator], upstream: upstream);
        for (int i = 0; i < x.Count; i++)
        {
            double output = y.ToDoubles()[i], above = upstream.ToDoubles()[i], power = exponential.ToDoubles()[i];
            Assert.Equal(-above * output * output, g[denominator].ToDoubles()[i], 1e-12);
            Assert.Equal(-above * output * output, g[exponential].ToDoubles()[i], 1e-12);
            Assert.Equal(-above * output * output * power, g[negative].ToDoubles()[i], 1e-12);
            Assert.Equal(above * output * (1 - output), g[x].ToDoubles()[i], 1e-12);
        }
        Facts.Near(g[x].ToDoubles(), fused.Backward(upstream: upstream)[x], 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void D3_Neuron(bool folded)
    {
        Tensor w0 = 2, x0 = -1, w1 = -3, x1 = -2, w2 = -3;
        Tensor sum = (w0 * x0) + (w1 * x1) + w2;
        Tensor f = folded ? sum.Sigmoid() : ((sum * -1).Exp() + 1).Reciprocal();
        Facts.Exactly(1, sum);
        Facts.Near(0.731059, f, 5e-7);
        Gradients g = f.Backward([sum, w0, x0, w1, x1, w2]);
        double slope = Math.E / ((1 + Math.E) * (1 + Math.E));   // σ′(1) = 0.19661193324148185
        Facts.Near(0.196612, g[sum], 5e-7);
        Facts.Near(-0.196612, g[w0], 5e-7);
        Facts.Near(0.393224, g[x0], 5e-7);
        Facts.Near(-0.393224, g[w1], 5e-7);
        Facts.Near(-0.589836, g[x1], 5e-7);
        Facts.Near(0.196612, g[w2], 5e-7);
        Facts.Near(slope, g[sum]);
        Facts.Near(-slope, g[w0]);
        Facts.Near(2 * slope, g[x0]);
        Facts.Near(-2 * slope, g[w1]);
        Facts.Near(-3 * slope, g[x1]);
        Facts.Near(slope, g[w2]);
    }

    [Fact]
    public void D4_Affine_Bias()
    {
        Tensor product = Tensor.From(new double[,] { { 0, 0, 0 }, { 10, 10, 10 } });   // [2, 3]
        Tensor bias = Tensor.From(1.0, 2, 3);                                          // [3]
        Tensor y = product + bias;                                                     // [2, 3]
        Assert.Equal([2, 3], y.Shape);
        Facts.Exactly([1, 2, 3, 11, 12, 13], y);
        Gradients g = y.Backward(upstream: Tensor.From(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }));
        Assert.Equal([3], g[bias].Shape);
        Facts.Exactly([5, 7, 9], g[bias]);
        Facts.Exactly([1, 2, 3, 4, 5, 6], g[product]);
    }

    [Fact]
    public void D4_Affine_Batch()
    {
        const int batch = 5, inputs = 4, outputs = 3;
        Tensor x = Facts.Random([batch, inputs], seed: 25), w = Facts.Random([inputs, outputs], seed: 26), b = Facts.Random([outputs], seed: 27);
        Tensor y = x.MatMul(w) + b;                                        // [batch, outputs]
        Tensor upstream = Facts.Random([batch, outputs], seed: 28);        // [batch, outputs]
        Gradients g = y.Backward(upstream: upstream);
        for (int n = 0; n < batch; n++)
        {
            for (int j = 0; j < outputs; j++)
                Assert.Equal(Total(inputs, i => x.At(n, i) * w.At(i, j)) + b.ToDoubles()[j], y.At(n, j), 1e-12);
            for (int i = 0; i < inputs; i++)
                Assert.Equal(Total(outputs, j => upstream.At(n, j) * w.At(i, j)), g[x].At(n, i), 1e-12);   // dY Wᵀ
        }
        for (int j = 0; j < outputs; j++)
        {
            for (int i = 0; i < inputs; i++)
                Assert.Equal(Total(batch, n => x.At(n, i) * upstream.At(n, j)), g[w].At(i, j), 1e-12);     // Xᵀ dY
            Assert.Equal(Total(batch, n => upstream.At(n, j)), g[b].ToDoubles()[j], 1e-12);                // column sums of dY
        }

        // The same three rules as tensor operations.
        Facts.Near(upstream.MatMul(w, transposeRight: true).ToDoubles(), g[x]);
        Facts.Near(x.MatMul(upstream, transposeLeft: true).ToDoubles(), g[w]);
        Facts.Near(upstream.Sum(0).ToDoubles(), g[b]);
    }

    [Fact]
    public void D6_AVectorizedExample()
    {
        Tensor w = Tensor.From(new double[,] { { 0.1, 0.5 }, { -0.3, 0.8 } });   // [2, 2]
        Tensor x = Tensor.From(0.2, 0.4);                                        // [2]
        Tensor q = w.MatMul(x);                                                  // [2]
        Tensor f = q.Square().Sum();                                             // []
        Facts.Near([0.22, 0.26], q);
        Facts.Near(0.116, f);
        Gradients g = f.Backward([q, w, x]);
        Facts.Near([0.44, 0.52], g[q]);
        Assert.Equal([2, 2], g[w].Shape);
        Facts.Near([0.088, 0.176, 0.104, 0.208], g[w]);   // 2 q xᵀ
        Assert.Equal([2], g[x].Shape);
        Facts.Near([-0.112, 0.636], g[x]);                // 2 Wᵀ q
    }

    [Fact]
    public void D7_ATwoLayerNetwork()
    {
        const int inputs = 2, hidden = 3;
        Tensor x = Facts.Random([1, inputs], seed: 31);
        Tensor w1 = Facts.Random([inputs, hidden], seed: 32), b1 = Facts.Random([hidden], seed: 33);
        Tensor w2 = Facts.Random([hidden, 1], seed: 34), b2 = Facts.Random([1], seed: 35);
        const double target = 0.3;
        Tensor h1 = x.MatMul(w1) + b1;             // [1, hidden]
        Tensor z1 = h1.Sigmoid();                  // [1, hidden]
        Tensor z2 = z1.MatMul(w2) + b2;            // [1, 1]
        Tensor loss = (z2 - target).Square();      // [1, 1]

        // Forward, in plain arithmetic.
        double[] h = new double[hidden], z = new double[hidden];
        double output = b2.Item();
        for (int j = 0; j < hidden; j++)
        {
            h[j] = Total(inputs, i => x.At(0, i) * w1.At(i, j)) + b1.ToDoubles()[j];
            z[j] = 1 / (1 + Math.Exp(-h[j]));
            output += z[j] * w2.At(j, 0);
        }
        Facts.Near(h, h1);
        Facts.Near(z, z1);
        Facts.Near(output, z2);
        Facts.Near((output - target) * (output - target), loss);

        // Backward: each intermediate's gradient is the one after it times the local gradient of the lesson.
        Gradients g = loss.Backward([x, w1, b1, w2, b2, h1, z1, z2]);
        double dz2 = 2 * (output - target);
        double[] dz1 = [.. Enumerable.Range(0, hidden).Select(j => dz2 * w2.At(j, 0))];
        double[] dh1 = [.. Enumerable.Range(0, hidden).Select(j => dz1[j] * z[j] * (1 - z[j]))];
        Facts.Near(dz2, g[z2]);
        Facts.Near(dz1, g[z1]);
        Facts.Near(dh1, g[h1]);
        Facts.Near([.. Enumerable.Range(0, inputs).Select(i => Total(hidden, j => dh1[j] * w1.At(i, j)))], g[x]);
        Facts.Near([.. Enumerable.Range(0, inputs).SelectMany(i => dh1.Select(d => x.At(0, i) * d))], g[w1]);
        Facts.Near(dh1, g[b1]);
        Facts.Near([.. z.Select(value => value * dz2)], g[w2]);
        Facts.Near(dz2, g[b2]);
    }

    [Fact]
    public void D7_TheLocalGradientsOfItsLayers()
    {
        const int inputs = 2, hidden = 3;
        Tensor x = Facts.Random([1, inputs], seed: 31), w1 = Facts.Random([inputs, hidden], seed: 32);
        Tensor h1 = x.MatMul(w1);                                             // [1, hidden]
        double[] z = h1.Sigmoid().ToDoubles();
        // ∂h₁/∂x = W₁ᵀ, a row for each hidden unit.
        Tensor affine = Jacobian.Of(input => input.MatMul(w1), x);            // [1, hidden, 1, inputs]
        Assert.Equal([1, hidden, 1, inputs], affine.Shape);
        Facts.Exactly(w1.Transpose(0, 1).ToDoubles(), affine);
        // ∂z₁/∂h₁ = z₁ ∘ (1 − z₁) on the diagonal, and nothing off it.
        Tensor sigmoid = Jacobian.Of(sum => sum.Sigmoid(), h1);               // [1, hidden, 1, hidden]
        double[] expected = new double[hidden * hidden];
        for (int j = 0; j < hidden; j++) expected[(j * hidden) + j] = z[j] * (1 - z[j]);
        Facts.Near(expected, sigmoid);
    }

    private static double Total(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);
}
