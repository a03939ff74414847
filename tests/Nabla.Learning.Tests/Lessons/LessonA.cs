namespace Nabla.Learning.Tests.Lessons;

/// <summary>Partial derivatives, gradient descent, the chain rule.</summary>
public class LessonA
{
    [Fact]
    public void A1_LinearRegression_OneStep()
    {
        Tensor x = Tensor.From(-2.0, 0, 1), y = Tensor.From(-1.0, 1, 2);   // [3]: a number a point
        Tensor a = 2, b = 1;                                              // []
        Tensor prediction = (a * x) + b;                                  // [3]
        Tensor residual = y - prediction;                                 // [3]
        Tensor square = residual.Square();                                // [3]
        Tensor loss = square.Sum();                                       // []
        Facts.Exactly([-3, 1, 3], prediction);
        Facts.Exactly([2, 0, -1], residual);
        Facts.Exactly([4, 0, 1], square);
        Facts.Exactly(5, loss);

        Gradients g = loss.Backward();
        Facts.Exactly(10, g[a]);
        Facts.Exactly(-2, g[b]);

        Tensor a1 = a - (0.1 * g[a]), b1 = b - (0.1 * g[b]);
        Tensor prediction1 = (a1 * x) + b1, residual1 = y - prediction1;   // [3], [3]
        Facts.Exactly(1.0, a1);
        Facts.Exactly(1.2, b1);
        Facts.Near([-0.8, 1.2, 2.2], prediction1);
        Facts.Near([-0.2, -0.2, -0.2], residual1);
        Facts.Near(0.12, residual1.Square().Sum());
    }

    [Fact]
    public void A1_LinearRegression_TheTermsOfEachGradient()
    {
        // A slope and an intercept for each point show what each point adds to the two gradients.
        Tensor x = Tensor.From(-2.0, 0, 1), y = Tensor.From(-1.0, 1, 2);   // [3]
        Tensor a = Tensor.From(2.0, 2, 2), b = Tensor.From(1.0, 1, 1);     // [3]
        Gradients g = (y - ((a * x) + b)).Square().Sum().Backward();
        Facts.Exactly([8, 0, 2], g[a]);
        Facts.Exactly([-4, 0, 2], g[b]);
    }

    [Fact]
    public void A1_LinearRegression_ConvergesToLeastSquares()
    {
        Tensor x = Tensor.From(-2.0, 0, 1), y = Tensor.From(-1.0, 1, 2);   // [3]
        Cell a = new(2), b = new(1);                                      // []
        List<double> losses = [];
        for (int step = 0; step < 60; step++)
        {
            using Scope scope = Scope.Begin();
            Tensor loss = (y - ((a.Value * x) + b.Value)).Square().Sum();   // []
            losses.Add(loss.Item());
            Gradients g = loss.Backward();
            a.Assign(a.Value - (0.1 * g[a]));
            b.Assign(b.Value - (0.1 * g[b]));
        }
        Assert.Equal(5, losses[0]);
        Assert.Equal(0.12, losses[1], 1e-12);
        // Down at every step, until the loss is nothing but rounding.
        for (int i = 1; losses[i] > 1e-28; i++) Assert.True(losses[i] < losses[i - 1], $"step {i}: {losses[i]} after {losses[i - 1]}");
        Facts.Near(1, a.Value);
        Facts.Near(1, b.Value);
        Assert.Equal(0, losses[^1], 1e-24);
    }

    [Fact]
    public void A2_ChainRule_OneVariable()
    {
        Tensor x = Tensor.From(4, 1, 0.25, 10.0);          // [4]
        Tensor y = (x / 3) + (2.0 / 3), z = y.Log();        // [4], [4]
        Tensor downstream = z.Sum().Backward()[x];          // [4]
        Facts.Near([.. y.ToDoubles().Select(value => 1.0 / 3 * (1 / value))], downstream);
        Facts.Near(1.0 / 6, Tensor.From(downstream.ToDoubles()[0]));   // x = 4: y = 2
    }

    [Fact]
    public void A3_ChainRule_SeveralVariables()
    {
        Tensor x = 1.5, y = -0.5;
        Tensor z = x * y.Square();           // z = x y²
        Tensor loss = z.Exp();               // L = e^z
        double upstream = loss.Backward([z])[z].Item();
        Gradients local = z.Backward();
        Gradients downstream = loss.Backward();
        Assert.Equal(Math.Exp(1.5 * 0.25), upstream, 1e-12);      // ∂L/∂z = e^z
        Facts.Near(0.25, local[x]);                               // ∂z/∂x = y²
        Facts.Near(-1.5, local[y]);                               // ∂z/∂y = 2 x y
        Facts.Near(local[x].Item() * upstream, downstream[x]);
        Facts.Near(local[y].Item() * upstream, downstream[y]);
    }

    [Fact]
    public void A4_Square()
    {
        Tensor x = Facts.Random([33], seed: 1), y = Facts.Random([33], seed: 2);   // [33]
        Tensor u = x + y, f = u.Square();                                         // [33], [33]
        Gradients g = f.Sum().Backward();
        double[] expected = [.. u.ToDoubles().Select(value => 2 * value)];
        Facts.Exactly(expected, g[x]);
        Facts.Exactly(expected, g[y]);

        // The same function written as a product: a value used twice receives both shares.
        Gradients product = ((x + y) * (x + y)).Sum().Backward();
        Facts.Exactly(expected, product[x]);
        Facts.Exactly(expected, product[y]);
    }

    [Fact]
    public void A5_Derivative_ScalarToScalar()
    {
        Tensor x = 3;
        Tensor derivative = (x * x * x).Backward()[x];   // d(x³)/dx = 3x²
        Assert.Equal(Shape.Scalar, derivative.Shape);
        Facts.Exactly(27, derivative);
    }

    [Fact]
    public void A5_Gradient_VectorToScalar()
    {
        Tensor x = Tensor.From(1.0, -2, 3);                  // [N], N = 3
        Tensor gradient = x.Square().Sum().Backward()[x];    // [N]
        Assert.Equal([3], gradient.Shape);
        Facts.Exactly([2, -4, 6], gradient);
    }

    [Fact]
    public void A5_Jacobian_VectorToVector()
    {
        // y = (x₀ x₁, x₁ + x₂): N = 3 inputs, M = 2 outputs.
        static Tensor F(Tensor x) => Tensor.Stack([x[0] * x[1], x[1] + x[2]]);
        Tensor x = Tensor.From(2.0, 3, 5);      // [N]
        Tensor y = F(x);                        // [M]
        Facts.Exactly([6, 8], y);

        // The engine has a row for each output: J[m, n] = ∂yₘ/∂xₙ, so that dy = J dx.
        Tensor jacobian = Jacobian.Of(F, x);    // [M, N]
        Assert.Equal([2, 3], jacobian.Shape);
        Facts.Exactly([3, 2, 0, 0, 1, 1], jacobian);

        // The lecture has a column for each: (∂y/∂x)ₙₘ = ∂yₘ/∂xₙ, N × M, so that downstream = ∂y/∂x · upstream.
        Tensor taught = jacobian.Transpose(0, 1);   // [N, M]
        Facts.Exactly([3, 0, 2, 1, 0, 1], taught);
        Tensor upstream = Tensor.From(10.0, 100);   // [M]
        Facts.Exactly([30, 120, 100], taught.MatMul(upstream));
        Facts.Exactly([30, 120, 100], y.Backward(upstream: upstream)[x]);

        // One backward pass an output, its upstream gradient 1 there and 0 elsewhere, is one row of J, one column of what is taught.
        Facts.Exactly([3, 2, 0], y.Backward(upstream: Tensor.From(1.0, 0))[x]);
        Facts.Exactly([0, 1, 1], y.Backward(upstream: Tensor.From(0.0, 1))[x]);
    }
}
