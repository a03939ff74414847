namespace Nabla.Lessons.Code;

internal static class A5
{
    public static void Run()
    {
        #region shown
        Tensor x = Tensor.From(2.0, 3, 5);                                            // N = 3 inputs
        Func<Tensor, Tensor> function = v => Tensor.Stack([v[0] * v[1], v[1] + v[2]]);   // M = 2 outputs

        Tensor jacobian = Jacobian.Of(function, x);       // [M, N]: an output a row
        Tensor taught = jacobian.Transpose(0, 1);         // [N, M]: an input a row

        Tensor upstream = Tensor.From(10.0, 100);
        Tensor downstream = taught.MatMul(upstream);      // what the backward pass computes without the table
        Tensor direct = function(x).Backward([x], upstream)[x];
        Console.WriteLine(string.Join(", ", downstream.ToDoubles()) + " = " + string.Join(", ", direct.ToDoubles()));
        #endregion
    }
}
