namespace Nabla.Lessons.Code;

internal static class A5
{
    public static void Run()
    {
        #region shown
        // Three inputs, two outputs.
        Func<Tensor, Tensor> f = v => Tensor.Stack([v[0] * v[1], v[1] + v[2]]);
        Tensor x = Tensor.From(2.0, 3, 5);

        Tensor jacobian = Jacobian.Of(f, x);         // [2, 3]: an output a row
        Tensor taught = jacobian.Transpose(0, 1);    // [3, 2]: an input a row

        Tensor upstream = Tensor.From(10.0, 100);
        Tensor downstream = taught.MatMul(upstream);
        Console.WriteLine(string.Join(", ", downstream.ToDoubles()));

        // The backward pass gives the same without ever forming the table.
        Tensor direct = f(x).Backward([x], upstream)[x];
        Console.WriteLine(string.Join(", ", direct.ToDoubles()));
        #endregion
    }
}
