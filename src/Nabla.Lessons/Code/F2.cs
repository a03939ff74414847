namespace Nabla.Lessons.Code;

internal static class F2
{
    public static void Run()
    {
        #region shown
        DatasetPair data = Digits.Create(seed: 3, trainCount: 100, testCount: 1);
        DataLoader loader = new(data.Train, batchSize: 16);

        Console.WriteLine($"{loader.StepsPerEpoch} steps an epoch");
        foreach (Batch batch in loader.Epoch(0)) Console.Write($"{batch.Count} ");
        Console.WriteLine();
        #endregion
    }
}
