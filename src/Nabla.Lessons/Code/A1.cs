namespace Nabla.Lessons.Code;

internal static class A1
{
    public static void Run()
    {
        #region shown
        Tensor x = Tensor.From(-2.0, 0, 1), y = Tensor.From(-1.0, 1, 2);
        Cell a = new(2), b = new(1);

        for (int step = 0; step <= 3; step++)
        {
            Tensor prediction = (a.Value * x) + b.Value;
            Tensor loss = (y - prediction).Square().Sum();
            Gradients gradients = loss.Backward();
            Console.WriteLine($"a = {a.Value.Item():0.##}, L = {loss.Item():0.##}");

            a.Assign(a.Value - (0.1 * gradients[a]));
            b.Assign(b.Value - (0.1 * gradients[b]));
        }
        #endregion
    }
}
