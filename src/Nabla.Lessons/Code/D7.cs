namespace Nabla.Lessons.Code;

internal static class D7
{
    public static void Run()
    {
        #region shown
        // x: [1, inputs]   w1: [inputs, hidden]   w2: [hidden, 1]
        Tensor x = Tensor.From(new double[,] { { 1, 2 } });
        Tensor w1 = Tensor.From(new double[,] { { 0.5, -0.5 }, { 0.25, 0.25 } });
        Tensor w2 = Tensor.From(new double[,] { { 1 }, { -2 } });
        Tensor b1 = Tensor.From(0, 0.5), b2 = Tensor.From(0.5);

        Tensor h1 = x.MatMul(w1) + b1;
        Tensor z1 = h1.Sigmoid();
        Tensor z2 = z1.MatMul(w2) + b2;
        Tensor loss = (z2 - 1).Square().Sum();

        Gradients gradients = loss.Backward([w1, b1, w2, b2, h1, z1, z2]);
        Console.WriteLine($"loss {loss.Item():F4}");
        foreach (double g in gradients[h1].ToDoubles()) Console.Write($"{g:F4} ");
        #endregion
    }
}
