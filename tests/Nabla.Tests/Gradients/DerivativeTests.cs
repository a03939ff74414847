namespace Nabla.Tests;

/// <summary>Jacobian, Hessian and the two products against numbers worked out by hand and against differences.</summary>
public class DerivativeTests
{
    private static readonly Tensor Point = Tensor.From(0.5, -1.5, 2.0);

    // y = (x₀ x₁, x₁ + x₂², x₀, e^x₂)
    private static Tensor Four(Tensor x) => Tensor.Stack([x[0] * x[1], x[1] + x[2].Square(), x[0], x[2].Exp()]);

    [Fact]
    public void TheJacobianHasARowAnOutput()
    {
        Tensor jacobian = Jacobian.Of(Four, Point);
        Assert.Equal<Shape>([4, 3], jacobian.Shape);
        Distance.Near([-1.5, 0.5, 0, 0, 1, 4, 1, 0, 0, 0, 0, Math.Exp(2)], jacobian.ToDoubles(), 1e-15);
    }

    [Fact]
    public void TheJacobianKeepsAllAxes()
    {
        Tensor x = Tensor.From(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }), w = Tensor.From(new double[,] { { 1, -1 }, { 2, 0 }, { 0, 3 } });
        Tensor jacobian = Jacobian.Of(place => place.MatMul(w), x);
        Assert.Equal<Shape>([2, 2, 2, 3], jacobian.Shape);
        // ∂y[i, j] / ∂x[k, l] = w[l, j] where i = k.
        Grid expected = Grid.Make([2, 2, 2, 3], at => at[0] == at[2] ? w[at[3], at[1]].Item() : 0);
        Assert.Equal(expected.Elements, jacobian.ToDoubles());
    }

    [Fact]
    public void TheJacobianIsWhatDifferencesSay()
    {
        Tensor x = Tensor.From(0.3, -0.7, 1.1, 0.2);
        static Tensor F(Tensor x) => (x.Reshape([2, 2]).Softmax().MatMul(x.Reshape([2, 2]).Tanh()) * x.Sum()).Reshape([4]);
        double[] jacobian = Jacobian.Of(F, x).ToDoubles();
        const double Step = 1e-6;
        for (int n = 0; n < 4; n++)
        {
            double[] up = F(Moved(n, Step)).ToDoubles(), down = F(Moved(n, -Step)).ToDoubles();
            for (int m = 0; m < 4; m++) Assert.Equal((up[m] - down[m]) / (2 * Step), jacobian[(m * 4) + n], 1e-8);
        }

        Tensor Moved(int place, double by)
        {
            double[] values = x.ToDoubles();
            values[place] += by;
            return Tensor.From<double>(values);
        }
    }

    [Fact]
    public void WhatDoesNotDependIsZero()
    {
        Tensor constant = Tensor.From(1.0, 2.0).Detach();
        Assert.Equal(new double[6], Jacobian.Of(_ => constant, Point).ToDoubles());
        Assert.Equal(new double[9], Jacobian.Of(x => x.Floor(), Point).ToDoubles());
        Assert.Equal<Shape>([0, 3], Jacobian.Of(x => x.Slice(0, 0, 0), Point).Shape);
        Assert.Equal(new double[9], Hessian.Of(x => x.Sum(), Point).ToDoubles());
        Assert.Equal(new double[9], Hessian.Of(_ => constant.Sum(), Point).ToDoubles());
        Assert.Equal(new double[3], VectorJacobianProduct.Of(_ => constant, Point, constant).ToDoubles());
        Assert.Equal(new double[2], JacobianVectorProduct.Of(_ => constant, Point, Point).ToDoubles());
        Assert.Equal(new double[3], JacobianVectorProduct.Of(x => x.Sign(), Point, Point).ToDoubles());
    }

    // L = x₀² x₁ + x₁ x₂³: H = [2x₁, 2x₀, 0; 2x₀, 0, 3x₂²; 0, 3x₂², 6x₁x₂].
    [Fact]
    public void TheHessianByHand()
    {
        Tensor hessian = Hessian.Of(x => (x[0].Square() * x[1]) + (x[1] * x[2] * x[2] * x[2]), Point);
        Distance.Near([-3, 1, 0, 1, 0, 12, 0, 12, -18], hessian.ToDoubles(), 1e-14);
    }

    [Fact]
    public void TheHessianOfAQuadraticIsItsMatrix()
    {
        Tensor a = Tensor.From(new double[,] { { 2, 1, 0 }, { 1, 3, -1 }, { 0, -1, 4 } });
        Distance.Near(a.ToDoubles(), Hessian.Of(x => x.MatMul(a).Dot(x) / 2, Point).ToDoubles(), 1e-15);
    }

    [Fact]
    public void TheProductsAreThoseWithTheJacobian()
    {
        Tensor upstream = Tensor.From(0.3, -1, 2, 0.7), direction = Tensor.From(1.0, -2, 0.25);
        Tensor jacobian = Jacobian.Of(Four, Point);
        Distance.Near(upstream.MatMul(jacobian).ToDoubles(), VectorJacobianProduct.Of(Four, Point, upstream).ToDoubles(), 1e-14);
        Distance.Near(jacobian.MatMul(direction).ToDoubles(), JacobianVectorProduct.Of(Four, Point, direction).ToDoubles(), 1e-14);
        // ⟨u, J v⟩ = ⟨Jᵀ u, v⟩.
        Assert.Equal(
            upstream.Dot(JacobianVectorProduct.Of(Four, Point, direction)).Item(),
                VectorJacobianProduct.Of(Four, Point, upstream).Dot(direction).Item(), 1e-14);
    }

    [Fact]
    public void DerivativesOfDerivativesFlowOn()
    {
        // The third derivative of x⁴ is 24 x.
        static Tensor Fourth(Tensor x) => x.Square().Square().Sum();
        Tensor third = Jacobian.Of(place => Hessian.Of(Fourth, place, differentiable: true), Point);
        Grid expected = Grid.Make([3, 3, 3], at => at[0] == at[1] && at[1] == at[2] ? 24 * Point[at[0]].Item() : 0);
        Distance.Near(expected.Elements, third.ToDoubles(), 1e-12);
        Assert.True(GradientCheck.Of(i => Jacobian.Of(Four, i[0], differentiable: true), [Point]) < 1e-8);
        Assert.True(GradientCheck.Of(i =>
            JacobianVectorProduct.Of(Four, i[0], i[1], differentiable: true), [Point, Tensor.From(1.0, -2, 0.25)]) < 1e-8);
        Assert.True(GradientCheck.Of(i =>
            VectorJacobianProduct.Of(Four, i[0], i[1], differentiable: true), [Point, Tensor.From(1.0, -2, 0.25, 3)]) < 1e-8);
    }

    [Fact]
    public void ConstantsAndNoGradientDoNotStandInTheWay()
    {
        double[] expected = Jacobian.Of(Four, Point).ToDoubles();
        Assert.Equal(expected, Jacobian.Of(Four, Point.Detach()).ToDoubles());
        using (NoGradient.Begin()) Assert.Equal(expected, Jacobian.Of(Four, Point).ToDoubles());
        Compiled compiled = Compiled.Trace(i => [Jacobian.Of(Four, i[0]), JacobianVectorProduct.Of(Four, i[0], i[1])]);
        Assert.Equal(expected, compiled.Run(Point, Point)[0].ToDoubles());
        Assert.Equal(JacobianVectorProduct.Of(Four, Point, Point).ToDoubles(), compiled.Run(Point, Point)[1].ToDoubles());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Contains("Int32[2]", Assert.Throws<ArgumentException>(() => Jacobian.Of(x => x, Tensor.From(1, 2))).Message);
        Assert.Contains("one number", Assert.Throws<ShapeException>(() => Hessian.Of(x => x, Point)).Message);
        Assert.Contains("Float64[4], got Float64[3]", Assert.Throws<ShapeException>(() => VectorJacobianProduct.Of(Four, Point, Point)).Message);
        Assert.Contains("Float64[3], got Float64[1]",
            Assert.Throws<ShapeException>(() => JacobianVectorProduct.Of(Four, Point, Tensor.From(1.0))).Message);
    }

    [Fact]
    public void TheCheckFindsWrongGradients()
    {
        Assert.True(GradientCheck.Of(i => i[0].Exp() * i[1], [Point, Point]) < 1e-8);
        Assert.True(GradientCheck.Of(i => new Squared(2.1).Apply(i[0]), [Point]) > 0.01);
        // Right by itself, but cut off, so that the gradient of the gradient is lost.
        Assert.True(GradientCheck.Of(i => new Squared(2, Cut: true).Apply(i[0]), [Point]) < 1e-8);
        Assert.True(GradientCheck.Of(i => new Squared(2, Cut: true).Apply(i[0]), [Point], order: 2) > 0.01);
        Assert.Contains("Float64", Assert.Throws<ArgumentException>(() => GradientCheck.Of(i => i[0], [Tensor.From(1f)])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Of(i => i[0], [Point], order: 0));
    }

    private sealed record Squared(double Factor, bool Cut = false) : Operation
    {
        public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => inputs[0];

        public override void Forward(Buffers buffers)
        {
            for (int i = 0; i < buffers.Output<double>().Length; i++) buffers.Output<double>()[i] = buffers.Input<double>(
                0)[i] * buffers.Input<double>(0)[i];
        }

        public override System.Collections.Immutable.ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
            [upstream * (Cut ? application.Inputs[0].Detach() : application.Inputs[0]) * Factor];
    }
}
