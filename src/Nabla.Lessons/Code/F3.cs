namespace Nabla.Lessons.Code;

internal static class F3
{
    public static void Run()
    {
        #region shown
        Tensor x = -2, y = 5, z = -4;
        Tensor f = ((x + y) * z).Tanh() + (x * z).Sin();

        NumericCheck check = f.CheckGradients();
        Console.WriteLine(check);
        Console.WriteLine(check.WorstError < 1e-7 ? "right" : "wrong");
        #endregion
    }
}
