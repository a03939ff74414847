namespace Nabla.Lessons.Code;

internal static class B5
{
    public static void Run()
    {
        #region shown
        Cell x = new(2), y = new(3);
        Tensor sum = x.Value + y.Value;         // keeps nothing
        Tensor product = x.Value * y.Value;     // keeps its inputs

        x.Assign(7);                            // what the product kept is gone

        Console.WriteLine($"d(x + y)/dx = {sum.Backward()[x].Item()}");
        try
        {
            product.Backward();
        }
        catch (InvalidOperationException refused)
        {
            Console.WriteLine(refused.Message);
        }
        #endregion
    }
}
